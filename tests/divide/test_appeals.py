"""Lines in which a page speaks to its reader or of itself, what only looks like them, and what stands inside a paragraph."""

from __future__ import annotations

import pytest

from retold.base.records import Article
from retold.divide.stage import label_lines

BRIDGE = {
    "en": ("Footbridge at Sandwell lifted into place", "A crane set the new footbridge at Sandwell on its piers early on Sunday, two weeks later than planned.",
           "Some eighty people watched from the bank. The old bridge had been washed away in the floods of last autumn."),
    "de": ("Fußgängerbrücke in Sandau eingehoben", "Ein Kran hat die neue Fußgängerbrücke in Sandau am frühen Sonntag auf ihre Pfeiler gesetzt, zwei Wochen später als geplant.",
           "Etwa achtzig Menschen sahen vom Ufer aus zu. Die alte Brücke war beim Hochwasser im vergangenen Herbst fortgerissen worden."),
    "fr": ("La passerelle de Sablon mise en place", "Une grue a posé la nouvelle passerelle de Sablon sur ses piles tôt dimanche, deux semaines plus tard que prévu.",
           "Quelque quatre-vingts personnes regardaient depuis la berge. L'ancienne passerelle avait été emportée par les crues de l'automne."),
    "es": ("Colocan la pasarela de Arenal", "Una grúa colocó a primera hora del domingo la nueva pasarela de Arenal sobre sus pilares, dos semanas después de lo previsto.",
           "Unas ochenta personas miraban desde la orilla. La antigua pasarela se la llevaron las riadas del otoño pasado."),
    "it": ("Posata la passerella di Sabbiano", "Una gru ha posato domenica mattina presto la nuova passerella di Sabbiano sui piloni, due settimane più tardi del previsto.",
           "Un'ottantina di persone guardava dalla riva. La vecchia passerella era stata portata via dalle piene dell'autunno."),
    "pt": ("Passadiço de Areal colocado", "Uma grua colocou no domingo de manhã cedo o novo passadiço de Areal sobre os pilares, duas semanas depois do previsto.",
           "Umas oitenta pessoas viam da margem. O passadiço antigo fora levado pelas cheias do outono passado."),
    "nl": ("Voetbrug bij Zandwel op zijn plaats", "Een kraan heeft de nieuwe voetbrug bij Zandwel zondagochtend vroeg op de pijlers gezet, twee weken later dan gepland.",
           "Zo'n tachtig mensen stonden op de oever. De oude brug was bij het hoogwater van vorig najaar weggespoeld."),
    "pl": ("Kładka w Piaskach stanęła na filarach", "Dźwig ustawił nową kładkę w Piaskach na filarach wczesnym rankiem w niedzielę, dwa tygodnie później niż planowano.",
           "Z brzegu patrzyło około osiemdziesięciu osób. Starą kładkę porwała jesienna powódź w ubiegłym roku."),
    "cs": ("Lávka v Písečné je na pilířích", "Jeřáb usadil novou lávku v Písečné na pilíře v neděli brzy ráno, o dva týdny později, než se plánovalo.",
           "Z břehu přihlíželo asi osmdesát lidí. Starou lávku odnesly loni na podzim povodně, které zasáhly celý kraj."),
    "ru": ("Пешеходный мост в Песчаном встал на опоры", "Кран поставил новый пешеходный мост в Песчаном на опоры рано утром в воскресенье, на две недели позже срока.",
           "С берега смотрели около восьмидесяти человек. Старый мост прошлой осенью унесло паводком, затопившим весь район."),
    "uk": ("Пішохідний міст у Піщаному став на опори", "Кран поставив новий пішохідний міст у Піщаному на опори рано вранці в неділю, на два тижні пізніше строку.",
           "З берега дивилися близько вісімдесяти людей. Старий міст торік восени знесла повінь, що затопила весь район."),
    "tr": ("Kumlu'daki yaya köprüsü yerine kondu", "Bir vinç, Kumlu'daki yeni yaya köprüsünü pazar sabahı erkenden ayaklarına oturttu, iş iki hafta gecikti.",
           "Kıyıdan seksen kadar kişi izledi. Eski köprüyü geçen sonbahardaki sel alıp götürmüş, iki mahalle kopmuştu."),
    "ar": ("جسر المشاة في الرملية يوضع في مكانه", "وضعت رافعة جسر المشاة الجديد في الرملية على دعاماته في ساعة مبكرة من صباح الأحد متأخرا أسبوعين عن موعده.",
           "وتابع نحو ثمانين شخصا العمل من الضفة. وكانت السيول قد جرفت الجسر القديم في الخريف الماضي مع أشجار كثيرة."),
    "zh": ("沙湾人行桥吊装到位", "周日清晨，一台吊车把沙湾的新人行桥安放在桥墩上，比原计划晚了两个星期。", "约八十人在岸边观看。旧桥在去年秋天的洪水中被冲走，两岸居民只得绕行。"),
    "ja": ("砂井の歩道橋が架かる", "日曜日の早朝、クレーンが砂井の新しい歩道橋を橋脚に据えた。予定より二週間遅れた。", "岸では約八十人が見守った。古い橋は昨年秋の洪水で流され、住民は遠回りを強いられていた。"),
}
SAID_TO_READERS = {
    "en": ("Please read our guidelines before you post a comment.", "Your subscription pays for this podcast.", "Today: drizzle, 9 degrees. Tomorrow: fog."),
    "de": ("Bitte lesen Sie unsere Hinweise, bevor Sie kommentieren.", "Dieser Podcast wird durch Ihr Abo möglich. Danke.", "Heute: Nieselregen, 9 Grad. Morgen: Nebel."),
    "fr": ("Merci de lire notre charte avant de poster un commentaire.", "Votre abonnement finance ce podcast.", "Aujourd'hui : bruine, 9 degrés. Demain : brouillard."),
    "es": ("Por favor, lea nuestras normas antes de enviar un comentario.", "Tu suscripción financia este pódcast.", "Hoy: llovizna, 9 grados. Mañana: niebla."),
    "it": ("Si prega di leggere la netiquette prima di inviare un commento.", "Il tuo abbonamento finanzia questo podcast.", "Oggi: pioviggine, 9 gradi. Domani: nebbia."),
    "pt": ("Por favor, leia as nossas regras antes de enviar um comentário.", "A sua assinatura financia este podcast. Obrigado.", "Hoje: chuvisco, 9 graus. Amanhã: nevoeiro."),
    "nl": ("Lees onze huisregels voordat u een reactie plaatst.", "Uw abonnement maakt deze podcast mogelijk.", "Vandaag: motregen, 9 graden. Morgen: mist."),
    "pl": ("Prosimy przeczytać regulamin przed dodaniem komentarza.", "Państwa prenumerata pozwala nam nagrywać ten podcast.", "Dziś: mżawka, 9 stopni. Jutro: mgła."),
    "cs": ("Přečtěte si prosím pravidla, než napíšete komentář.", "Vaše předplatné platí tento podcast.", "Dnes: mrholení, 9 stupňů. Zítra: mlha."),
    "ru": ("Пожалуйста, прочитайте правила, прежде чем оставить комментарий.", "Ваша подписка оплачивает этот подкаст.", "Сегодня: морось, 9 градусов. Завтра: туман."),
    "uk": ("Будь ласка, прочитайте правила, перш ніж залишити коментар.", "Ваша передплата оплачує цей подкаст.", "Сьогодні: мряка, 9 градусів. Завтра: туман."),
    "tr": ("Yorum yazmadan önce lütfen kurallarımızı okuyun.", "Aboneliğiniz bu podcast'i yaşatıyor, teşekkürler.", "Bugün: çisenti, 9 derece. Yarın: sisli."),
    "ar": ("يرجى قراءة القواعد قبل كتابة تعليق.", "اشتراكك يمول هذا البودكاست، شكرا لك.", "اليوم: ضباب، 9 درجات. غدا: غائم."),
    "zh": ("发表评论前请阅读社区规范。", "您的订阅支持这档播客。", "今天：小雨，9度。明天：雾。"),
    "ja": ("コメントの前にガイドラインをご覧ください。", "ポッドキャストは会員の皆さまに支えられています。", "きょう：霧雨、9度。あす：霧。"),
}


def cut_lines(lines: tuple[str, ...], language: str = "en", **fields: str) -> list[str]:
    article = Article(id="a", text="\n\n".join(lines), **fields)
    return [line.text for line, label in label_lines(article, language) if label.kind == "boilerplate"]


@pytest.mark.parametrize("language", BRIDGE)
def test_a_line_to_the_reader_behind_the_article_goes_alone(language: str) -> None:
    for line in SAID_TO_READERS[language]:
        assert cut_lines((*BRIDGE[language], line), language) == [line]


@pytest.mark.parametrize("line", [
    "The company declined to comment.",
    "We do not know who will pay, the mayor said.",
    "Pictures of the old bridge hang in the town hall.",
    "A letter of thanks was read out in church.",
    "“Send us your pictures of the bridge,” the mayor told the crowd, “and the story of it.”",
])
def test_an_articles_last_sentence_stays(line: str) -> None:
    assert cut_lines((*BRIDGE["en"], line)) == []


def test_a_desk_that_signs_is_no_appeal() -> None:
    head, *rest = BRIDGE["nl"]
    assert cut_lines((head, "Van onze redactie binnenland", *rest), "nl") == []


def test_an_outlet_says_what_it_is_at_the_head() -> None:
    for line in ("Sandwell Lamp | News of the lower valley", "SANDWELL LAMP, the blog of the lower valley", "Sandwell Lamp > North"):
        assert cut_lines((line, *BRIDGE["en"]), outlet="Sandwell Lamp") == [line]
    for line in ("Sandwell Lamp, with files from AP", "Sandwell Lamp"):
        assert cut_lines((line, *BRIDGE["en"]), outlet="Sandwell Lamp") == []


@pytest.mark.parametrize(("language", "before", "aside", "after"), [
    ("en", "The crane left at nine.", "Read more about the floods", "The ferry runs until the end of May, the county said."),
    ("de", "Der Kran fuhr um neun Uhr ab.", "Anzeige", "Die Fähre verkehrt bis Ende Mai, teilte der Kreis mit."),
    ("es", "La grúa se fue a las nueve.", "PUBLICIDAD", "El transbordador funciona hasta finales de mayo, según la comarca."),
    ("pl", "Dźwig odjechał o dziewiątej.", "Zobacz zdjęcia", "Na promie do końca maja nie trzeba płacić, podał powiat."),
])
def test_a_link_between_two_sentences_goes_alone(language: str, before: str, aside: str, after: str) -> None:
    head, first, second = BRIDGE[language]
    assert cut_lines((head, first, f"{before} {aside} {after}", second), language) == [aside]


def test_a_word_for_advertisements_that_opens_a_sentence_stays() -> None:
    head, first, second = BRIDGE["de"]
    line = "Der Fahrer floh zu Fuß. Anzeige erstattete Die Linke im Kreistag noch am selben Abend bei der Polizei."
    assert cut_lines((head, first, line, second), "de") == []


def test_who_signs_the_article_is_told_of_behind_it() -> None:
    head, *rest = BRIDGE["en"]
    box = "Ottilie Marsh covers bridges and floods for the Lamp."
    assert cut_lines((head, "By Ottilie Marsh", *rest, box)) == [box]


def test_an_agencys_last_word() -> None:
    assert cut_lines((*BRIDGE["pt"], "APN/Fim"), "pt") == ["APN/Fim"]


def test_a_last_paragraph_of_three_that_shares_no_word_stays() -> None:
    line = "Громада дала на ремонт 400 тисяч гривень. Від червня мололимуть двічі на місяць, повідомило товариство, яке утримує млин."
    assert cut_lines((*BRIDGE["uk"][:2], line), "uk") == []


def test_a_page_s_own_line_at_the_foot_is_no_byline() -> None:
    for line, language in (("من نحن | اتصل بنا | سياسة الخصوصية", "ar"), ("Bezorgklacht? Bel ons voor 11.30 uur", "nl")):
        assert cut_lines((*BRIDGE[language], line), language) == [line]
    for line in ("By Ottilie Marsh", "With material from Reuters", "By Ottilie Marsh o.marsh@lamp.example"):
        assert cut_lines((*BRIDGE["en"], line)) == []


def test_a_word_for_pictures_inside_a_name_is_no_credit() -> None:
    line = "وقال صاحب المقهى سالم المنصوري، الذي يسكن قرب النهر: «الجسر القديم كان أجمل»، وأضاف المنصور: «نريد ظلا على الجسر»."
    assert cut_lines((*BRIDGE["ar"], line), "ar") == []
