import pytest

from retold.base.models import Models
from retold.base.records import Article, Metadata
from retold.base.tables import Batch
from retold.divide.heads import told_alone, with_heads
from retold.divide.imprints import trimmed
from retold.divide.stage import run

BODY = {
    "en": "The bridge at Oldham Ford was closed on Monday after a lorry hit a pillar, police said. Nobody was hurt in the accident.",
    "de": "Die Brücke bei Altfurt ist am Montag gesperrt worden, nachdem ein Lastwagen einen Pfeiler gerammt hatte. Verletzt wurde niemand.",
    "fr": "Le pont de Vieux-Gué a été fermé lundi après qu'un camion a heurté un pilier, a indiqué la police. Personne n'a été blessé.",
    "es": "El puente de Vado Viejo fue cerrado el lunes después de que un camión chocara con un pilar, dijo la policía. No hay heridos.",
    "it": "Il ponte di Vadovecchio è stato chiuso lunedì dopo che un camion aveva urtato un pilone, ha detto la polizia. Nessun ferito.",
    "pt": "A ponte de Vau Velho foi encerrada na segunda-feira depois de um camião ter batido num pilar, disse a polícia. Não há feridos.",
    "nl": "De brug bij Oudvoorde is maandag afgesloten nadat een vrachtwagen een pijler had geraakt, zegt de politie. Niemand raakte gewond.",
    "pl": "Most w Starym Brodzie zamknięto w poniedziałek po tym, jak ciężarówka uderzyła w filar, podała policja. Nikt nie ucierpiał.",
    "cs": "Most ve Starém Brodě byl v pondělí uzavřen poté, co nákladní auto narazilo do pilíře, uvedla policie. Nikdo nebyl zraněn.",
    "ru": "Мост у Старого Брода закрыли в понедельник после того, как грузовик врезался в опору, сообщила полиция. Никто не пострадал.",
    "uk": "Міст біля Старого Броду закрили в понеділок після того, як вантажівка врізалася в опору, повідомила поліція. Ніхто не постраждав.",
    "tr": "Eskigeçit köprüsü, bir kamyonun ayağa çarpmasının ardından pazartesi günü trafiğe kapatıldı, polis açıkladı. Yaralanan olmadı.",
    "ar": "أغلق جسر المخاضة القديمة يوم الاثنين بعد أن اصطدمت شاحنة بإحدى دعائمه، وفق ما ذكرت الشرطة. ولم يصب أحد في الحادث.",
    "zh": "警方表示，周一一辆卡车撞上桥墩后，旧渡口大桥被关闭。事故中没有人受伤，大桥将在检查结束后重新开放，当地居民需要绕行。",
    "ja": "警察によると、月曜日にトラックが橋脚に衝突したため、古渡橋は通行止めになった。けが人はいなかった。橋は点検が終わり次第、再開される。",
}
HEADS = [  # language, what stands above the text, what stands below it, the outlet, the day
    ("en", "The Fell Gazette\nHome | News | Sport | Weather\n\nBridge closed after lorry hits pillar\n\nBy Jo Ward, 3 May 2025 2.20 pm\n", "",
     "The Fell Gazette", "2025-05-03T14:20:00"),
    ("de", "Altfurter Anzeiger\nStartseite | Lokales | Sport | Kultur\n\nBrücke nach Unfall gesperrt\n\nStand: 03.05.2025, 14:20 Uhr\n", "",
     "Altfurter Anzeiger", "2025-05-03T14:20:00"),
    ("fr", "Pont fermé après un accident\n\nPar Jean Roux – Publié le 3 mai 2025 à 14 h 20\n", "\nAbonnez-vous à « La Voix du Gué »\n",
     "La Voix du Gué", "2025-05-03T14:20:00"),
    ("es", "Cierran el puente tras un choque\n\n03/05/2025 14:20\n", "\nSíguenos en Facebook\n© 2025 El Faro del Vado\n", "El Faro del Vado",
     "2025-05-03T14:20:00"),
    ("it", "Ponte chiuso dopo l'urto\n\ndi Anna Riva\n3 maggio 2025\n", "\nSegnalazioni: redazione@lecodelvado.example\n", "lecodelvado", "2025-05-03"),
    ("pt", "GAZETA DO VAU\nInício | Local | Desporto | Cultura\n\nPonte encerrada após choque\n\n3 de maio de 2025, 14h20\n",
     "\nA Gazeta do Vau no seu WhatsApp\n", "Gazeta do Vau", "2025-05-03T14:20:00"),
    ("nl", "De Voordebode\nVoorpagina | Binnenland | Sport\n\nBrug dicht na aanrijding\n\n3 mei 2025, 14.20 uur\n", "", "De Voordebode",
     "2025-05-03T14:20:00"),
    ("pl", "Głos Brodu\nWiadomości | Sport | Kultura\n\nMost zamknięty po wypadku\n\n3 maja 2025, godz. 14:20\n", "", "Głos Brodu",
     "2025-05-03T14:20:00"),
    ("cs", "Brodské listy\nDomů | Zprávy | Sport | Kultura\n\nMost je po nehodě uzavřen\n\n3. května 2025 v 14:20\n", "", "Brodské listy",
     "2025-05-03T14:20:00"),
    ("ru", "Мост закрыли после аварии\n\n03.05.2025, 14:20\n", "\nПодписывайтесь на «Бродский вестник» в Telegram\n", "Бродский вестник",
     "2025-05-03T14:20:00"),
    ("uk", "Бродівський вісник\nНовини | Спорт | Культура | Погода\n\nМіст закрили після аварії\n\n3 травня 2025, 14:20\n", "",
     "Бродівський вісник", "2025-05-03T14:20:00"),
    ("tr", "Köprü kazadan sonra kapatıldı\n\n3 Mayıs 2025, 14:20\n", "\nGeçit Postası'nı sosyal medyada takip edin\n", "Geçit Postası",
     "2025-05-03T14:20:00"),
    ("ar", "صحيفة المخاضة\nالرئيسية | أخبار | رياضة | ثقافة\n\nإغلاق الجسر بعد حادث\n\n3 أيار 2025 - 14:20\n", "", "صحيفة المخاضة",
     "2025-05-03T14:20:00"),
    ("zh", "卡车撞上桥墩 大桥关闭\n\n2025年5月3日 14:20\n", "\n扫码关注旧渡晚报微信公众号\n", "旧渡晚报", "2025-05-03T14:20:00"),
    ("ja", "古渡新報\nトップ　社会　政治　経済　スポーツ\n\nトラック衝突で橋が通行止め\n\n2025年5月3日 14時20分\n", "", "古渡新報", "2025-05-03T14:20:00"),
]


def told(text: str, language: str) -> dict[str, str]:
    """What a text alone gives, field by field."""
    return {said.field: said.value for said in told_alone(Article(id="a", text=text, language=language), Models())}


@pytest.mark.parametrize(("language", "above", "below", "outlet", "day"), HEADS, ids=[row[0] for row in HEADS])
def test_text_gives_its_outlet_and_its_day(language, above, below, outlet, day):
    said = told(f"{above}\n{BODY[language]}\n{below}", language)

    assert said["outlet"] == outlet
    assert said["published"] == day


@pytest.mark.parametrize(("head", "foot", "outlet"), [
    ("Bridge closed after crash\n\nLagepunkt24 – 3 May 2025, 14:20\n", "", "Lagepunkt24"),
    ("Bridge closed after crash\n\nBy Ada Lund\nThe Fell Ledger | Saturday, May 3, 2025\n", "\nSign up for Ledger Dawn, our free newsletter\n", "The Fell Ledger"),
    ("Fell & Dale – a blog of the valley\nBridge closed after crash\n\n3 May 2025\n", "", "Fell & Dale"),
    ("Bridge closed after crash\n\nAda Lund, “Fell Tide”\n\n3 May 2025\n", "", "Fell Tide"),
    ("Radio Low Fell | Live | Podcasts | Sport\n\nBridge closed after crash\n\n3 May 2025\n", "", "Radio Low Fell"),
    ("Bridge closed after crash\n\nLOW FELL (Northern Wire) - The bridge was shut at noon.\n", "\nReporting by Ada Lund\n", "Northern Wire"),
    ("Bridge closed after crash\n\nLow Fell (nod) – The bridge was shut at noon.\n", "\nnod al/bo 031420 May 25\n", "nod"),
    ("Bridge closed after crash\n\nPRESS STATEMENT, 3 May 2025\n", "", None),
    ("Bridge closed after crash\n\nAda Lund, 3 May 2025\n", "", None), ("BRIDGE CLOSED AFTER A BAD CRASH\nRiver 8 | follow\n\n3 May 2025\n", "", None),
])
def test_outlets_beside_dates_mottos_authors_and_in_marks(head, foot, outlet):
    text = head + "\nThe bridge at Low Fell was closed on Monday after a lorry had struck a pier, the police said. Nobody was hurt.\n" + foot
    a = Article(id="a", text=text, language="en")
    batch = Batch([a])
    done = run(batch, Models())
    batch.add(r for kind in done.kinds() for r in done.get(kind))
    assert with_heads(batch).get(Article)[0].outlet == outlet


@pytest.mark.parametrize("language", BODY)
def test_nothing_is_made_up_where_a_text_gives_nothing(language):
    assert told(BODY[language], language) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Fire in Oldham\n\nCouncil | Police | Fire service\n\n",  # a headline over what may be tags
        "Bridge closed\n\nSource: The Fell Gazette\n\n",  # whose facts, not whose page
        "Bridge closed\n\nPhoto: The Fell Gazette\n\n",
        "Bridge closed\n\nFollow us on Facebook, Instagram and YouTube\n\n",
        "Bridge closed\n\nBy Jo Ward and Ann Lee\n\n",
        "Bridge closed\n\nAnn Lee\n\n",
    ],
)
def test_what_names_no_outlet(text):
    assert "outlet" not in told(text + BODY["en"], "en")


def test_day_of_what_is_told_is_no_day_of_publication():
    assert "published" not in told("Bridge closed\n\nThe bridge was opened on 3 May 2005. " + BODY["en"], "en")


def test_day_that_may_be_two_days_is_left_open():
    assert "published" not in told("Bridge closed\n\nPublished 04/05/2025\n\n" + BODY["en"], "en")


@pytest.mark.parametrize(("head", "outlet"), [("Tarnwick Ferries Limited", "Tarnwick Ferries Limited"), ("Ferries of the North", "tarnwickferries")])
def test_a_host_is_called_as_the_page_writes_its_name(head, outlet):
    page = head + "\n\nBridge closed\n\n" + BODY["en"] + "\n\nPress enquiries: press@tarnwickferries.example"
    assert told(page, "en")["outlet"] == outlet


def test_mark_of_an_agency_counts_where_nothing_else_is_on_the_page():
    dispatch = "Bridge closed\n\nOLDHAM, May 3 (FNW) - " + BODY["en"]

    assert told(dispatch, "en")["outlet"] == "FNW"
    assert "outlet" not in told(dispatch + "\n\nHome | News | Sport | Weather\n", "en")


def test_what_came_with_an_article_is_kept_and_rows_say_how_the_rest_is_known():
    text = f"{HEADS[0][1]}\n{BODY['en']}\n"
    batch = Batch([Article(id="a", text=text, language="en", outlet="Fell Online")])
    done = run(batch, Models())
    batch.add(r for kind in done.kinds() for r in done.get(kind))

    out = with_heads(batch)

    article = next(iter(out.get(Article)))
    assert (article.outlet, article.published) == ("Fell Online", "2025-05-03T14:20:00")
    rows = [(m.field, text[m.start : m.end]) for m in out.get(Metadata)]
    assert sorted(rows) == [("published", "3 May 2025 2.20 pm"), ("title", "Bridge closed after lorry hits pillar")]


@pytest.mark.parametrize(("name", "bare"), [
    ("«Северный берег»,", "Северный берег"), ("Портал «Северный берег»", "Портал «Северный берег»"), ("(Nordbote)", "Nordbote"),
    ("„Nordbote“ am Abend", "„Nordbote“ am Abend"), ("The Voice (Harrow)", "The Voice (Harrow)"), ("«Голос", "Голос"),
])
def test_marks_around_part_of_a_name_stay_in_pairs(name, bare):
    assert trimmed(name) == bare
