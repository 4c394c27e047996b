"""Who is said to have said a quote, where something stands between the quote and its speaker."""

import pytest

from factories import article
from retold.base.models import Models
from retold.base.records import Quote
from retold.base.tables import Batch
from retold.pipeline import Settings, read


def last_speaker(text: str, language: str) -> str:
    """The speaker of the last quote in marks of a text, names found as they are."""
    found = read(Batch([article(text, language=language)]), models=Models(tagger=""), settings=Settings(workers=1)).get(Quote)
    return max((q for q in found if q.kind in ("direct", "mixed")), key=lambda q: q.start).speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("cs", "V nemocnici leží tři muži. „Dva už jsme propustili,“ řekla po 15. hodině našemu deníku mluvčí nemocnice Jana Pokorná.", "Jana Pokorná"),
    ("pl", "„To nieprawda” – powiedziała w rozmowie z „Gońcem” po posiedzeniu rady rzeczniczka spółki Maria Lis.", "Maria Lis"),
    ("pl", "Starosta Anna Wilk chce, by zbudowano most. „Prosiliśmy o to już w maju” – mówi „Kurierowi”.", "Anna Wilk"),
    ("pt", "“A lista é esta e não outra”, disse a O Correio o diretor da prova, Duarte Pinho. Depois saiu.", "Duarte Pinho"),
    ("it", "«Non sapevamo nulla», ha detto ieri sera al Corriere della Valle la sindaca di Montalto, Anna Bruni.", "Anna Bruni"),
    ("de", "„Wir wussten nichts“, sagte am Montagabend der Agentur mdp die Sprecherin des Werks, Anna Kern.", "Anna Kern"),
    ("tr", 'Belediye başkanı Sevgi Turan toplantıya katıldı. Sorulara, "Her şey ortada duruyor" diye yanıt verdi.', "Sevgi Turan"),
    ("ar", "أكد رئيس المجموعة سعود الراوي أنه يجري محادثات. وامتنع عن ذكر السعر، وقال إن «الأرقام المنشورة ليست بعيدة».", "سعود الراوي"),
])
def test_who_was_told_and_when_stands_before_who_says_it(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("en", 'The company denied the report. "There is no agreement at all," it said in a statement.', "The company"),
    ("de", "Das Werk liegt still. Die Nationalbank widersprach am selben Tag. „Solche Beschlüsse gibt es nicht“, teilte sie mit.", "Die Nationalbank"),
    ("fr", "Le ministère de l'Énergie a réagi mardi. « Aucun accord n'a été signé », assure-t-il dans un communiqué.", "Le ministère"),
    ("es", "La empresa lo niega. «No hay ningún acuerdo firmado», asegura en un comunicado.", "La empresa"),
    ("it", "La società nega tutto. «Non c'è nessun accordo», assicura in una nota.", "La società"),
    ("pt", "A empresa nega. «Não há acordo nenhum», garante em comunicado.", "A empresa"),
    ("nl", "Het bedrijf ontkent. 'Er is helemaal geen akkoord', zegt het in een verklaring.", "Het bedrijf"),
    ("pl", "Spółka zaprzecza. „Nie ma żadnej umowy” – zapewnia w komunikacie.", "Spółka"),
    ("cs", "Podnik to popírá. „Žádná dohoda není,“ uvedl v prohlášení.", "Podnik"),
    ("ru", "Министерство это отрицает. «Никакого соглашения нет», – говорится в сообщении.", "Министерство"),
    ("uk", "Компанія це заперечує. «Жодної угоди немає», – ідеться в заяві.", "Компанія"),
    ("fr", "L'Unité internationale du contrôle (UIC) n'a ni confirmé ni démenti : « Nous ne commentons pas les procédures en cours ».", "Unité internationale du contrôle"),
])
def test_the_body_that_opens_the_sentence_speaks(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("en", '"They forgot us all," fumed Lucy Marsh. Tom Reed watched.', "Lucy Marsh"),
    ("en", '"They forgot us all," Lucy Marsh fumed.', "Lucy Marsh"),
    ("fr", "« On loue cher, et on brûle du fioul lourd », s'agace l'économiste Hatem Roussel, joint par La Dépêche.", "Hatem Roussel"),
    ("cs", "Trenér mlčel. „Ať si to vyřídí sami,“ uzavírá Radim Kubát. Pak odešel.", "Radim Kubát"),
    ("es", "«Nos han dejado solos», resopla la panadera Lucía Marín.", "Lucía Marín"),
    ("nl", "'Ze zijn ons vergeten', zucht bakker Jan Kuiper.", "Jan Kuiper"),
    ("ru", "«Берём втридорога и жжём мазут», – возмущается Хатем Бузгенда.", "Хатем Бузгенда"),
])
def test_a_verb_that_no_list_has_leads_to_who_is_named_behind_it(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


def test_a_sentence_that_only_follows_a_quote_tells_nothing_of_who_said_it() -> None:
    assert last_speaker('The sign said "They forgot us all". Lucy Marsh is a baker.', "en") != "Lucy Marsh"
    assert last_speaker("„Man hat uns vergessen“ steht auf dem Plakat von Lucia Marten.", "de") != "Lucia Marten"


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("es", "El diario cita al oficial Carlos Melo: «Estamos empezando».", "Carlos Melo"),
    ("es", "«Estamos empezando», cita el diario al oficial Carlos Melo.", "Carlos Melo"),
    ("fr", "Le journal cite l'officier Charles Morel : « Nous en sommes au début ».", "Charles Morel"),
    ("en", 'The paper quoted officer Karl Weber as saying: "We are at the beginning."', "Karl Weber"),
    ("en", "One source cited by the newspaper said Kozak believed he was “working in the service of the state”.", "One source"),
])
def test_an_outlet_that_is_only_called_the_paper_passes_on(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("zh", "“我去年就提过这个问题。他说先别写。”坐在江边一家茶馆里，禾山电器前工程师周明这样对南方财经说。", "周明"),
    ("zh", "总部位于江城的盛海生物昨晚发来声明，称公司“没有一分钱流出公司，也没有人签过字”。", "盛海生物"),
    ("ja", "大学の認定と件数が異なることについて、早川委員長は「未公開の資料も見ている」と説明した。", "早川委員長"),
    ("ja", "学生からは驚きの声が聞かれた。大学院2年の男子学生「先生は厳しいけれど信じられない」", "大学院2年の男子学生"),
])
def test_scenes_and_clauses_before_the_speaker_where_words_are_not_spaced(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("it", "PADOVA. «Abbiamo letto la notizia come l'ha letta lei». Ludovica Marangon, direttrice finanziaria, sceglie l'ironia.", "Ludovica Marangon"),
    ("de", "„Wir haben das nicht gewusst.“ Anna Kern, Chefin des Werks, lacht dabei.", "Anna Kern"),
])
def test_a_quote_that_opens_its_paragraph_is_of_whom_the_next_sentence_opens_with(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


def test_the_person_is_who_was_described_before() -> None:
    text = 'A person familiar with the matter said there was no draft. "People are looking at it, that is all," the person said.'
    assert last_speaker(text, "en") == "A person familiar with the matter"


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("pl", "Rzecznik powiatu, Adam Wilk, w rozmowie z PAP stwierdził, że zarzuty są „zmyślone od początku”.", "Adam Wilk"),
    ("en", "Helen Marsh, the minister, in an interview with the Guardian said that the tunnel was “safe for everybody”.", "Helen Marsh"),
    ("ar", "وقالت الطبيبة سلوى نعيم، رئيسة القسم في مستشفى النور، لـ«المنبر»: «استقبلنا عشرين حالة في ساعة».", "سلوى نعيم"),
])
def test_whom_somebody_told_is_not_who_says_it_before_the_verb_either(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("fr", "Le reste attendra. « Il restait du monde dans la salle », affirme M. Garnier.", "Garnier"),
    ("ja", "同課の森下恵課長は取材に「回収は考えていない」と述べた。検査の結果については「来週には公表できる」とした。", "同課の森下恵課長"),
    ("ja", "一方、住民の会の堀江澄代表は取材に「謝罪になっていない」と憤る。", "住民の会の堀江澄代表"),
    ("zh", "客队队长、巴西外援马科斯则笑着说：“足球就是这样。”", "巴西外援马科斯"),
    ("ru", "Судья Громов объявил перерыв. По данным следствия, директор получил «благодарность от фирмы».", "следствия"),
    ("tr", "Avukat Zehra Sirel ise müvekkilinin “günah keçisi” ilan edildiğini savundu.", "Zehra Sirel"),
    ("tr", "Bakan Orhan Yetkin, “Suyu idareli kullanalım” çağrısında bulundu.", "Orhan Yetkin"),
    ("tr", "Doğu Postası gazetesine konuşan ve adının gizli kalmasını isteyen bir memur, raporun “rafa kaldırıldığını” ileri sürdü.", "bir memur"),
    ("zh", "王局长苦笑道：“我们也没有办法。”", "王局长"),
    ("pt", "O concurso será repetido. “Nada temos a esconder nesta matéria”, lê-se na nota do Ministério do Mar, que não fala em prazos.", "Ministério do Mar"),
])
def test_titles_themes_and_moods_beside_a_speaker(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


def test_a_clause_in_marks_behind_a_noun_for_bodies_is_no_name() -> None:
    assert last_speaker("أكد المدير مأمون سالم أن الشركة «لن تغلق المصنع».", "ar") == "مأمون سالم"


@pytest.mark.parametrize(("language", "text", "speaker"), [
    ("ja", "水産検査庁は12日、貝の出荷を止めた。業者は反発している。同庁は「安全が確認できるまで出荷を認めない」と説明した。", "水産検査庁"),
    ("ja", "堀江電機は社員30人を減らすと発表した。同社は「判断は正しかった」とコメントした。", "堀江電機"),
    ("zh", "蓝湖乳业公司周二宣布召回奶粉。市场监管局正在调查。该公司表示：“产品是安全的。”", "蓝湖乳业公司"),
])
def test_the_same_body_is_the_one_named_last_that_is_called_so(language: str, text: str, speaker: str) -> None:
    assert last_speaker(text, language) == speaker


def test_she_is_not_who_signs_the_article() -> None:
    text = "旅馆爆炸\n\n记者方淑慧/综合报导\n\n蓝湖一家旅馆爆炸。\n\n同行共5人的林佳慧（41岁）在电话中告诉本报，当时大家正准备吃饭。“先是一声巨响，我以为是地震。”她说，外面都是人。"
    assert last_speaker(text, "zh") == "林佳慧"
