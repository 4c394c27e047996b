"""What is cut from a page and what stays: two invented pages in each of the fifteen languages, and single cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.base.records import Article
from retold.divide.stage import label_lines
from retold.lexicons import LANGUAGES

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def read(text: str, language: str = "en", **fields: str) -> list[tuple[str, str, str]]:
    article = Article(id="a", text=text, **fields)
    return [(label.kind, label.reason, line.text) for line, label in label_lines(article, language)]


def cut_lines(text: str, language: str = "en", **fields: str) -> list[str]:
    return [line for kind, _, line in read(text, language, **fields) if kind == "boilerplate"]


def story(*lines: str) -> str:
    return "\n\n".join(lines)


DAM = (
    "Dam at Low Fell to be drained this month",
    "Engineers will drain the dam at Low Fell this month after cracks were found in its wall, the county said on Monday.",
    "The cracks run along forty metres of the wall and were found by a walker, the county engineer told councillors.",
    "Nobody lives below the dam, and the county says that the wall will hold until the water has been let out.",
)


def test_every_language_has_two_pages() -> None:
    assert sorted({page.stem for page in PAGES}) == sorted(f"{code}_{n}" for code in LANGUAGES for n in (1, 2))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages(page: Path) -> None:
    """In the files a line that opens with "-" is boilerplate and one with "+" stays."""
    rows = page.read_text("utf-8").splitlines()
    wanted = [row[2:] for row in rows if row.startswith("-")]
    assert len(wanted) >= 3
    assert sum(row.startswith("+") for row in rows) >= 2
    assert cut_lines("\n".join(row[2:] for row in rows), page.stem[:2]) == wanted


def test_an_article_without_boilerplate_keeps_every_line() -> None:
    assert cut_lines(story(*DAM)) == []


@pytest.mark.parametrize(("line", "reason"), [
    ("Home | News | Sport | Weather", "menu"),
    ("County › North › Low Fell", "menu"),
    ("Home > News > North", "menu"),
    ("Share   Print   Save", "menu"),
    ("en de fr", "menu"),
    ("ADVERTISEMENT", "advertisement"),
    ("Read more: Ten walks for a wet day", "also read"),
    ("This site uses cookies to count its visitors. Accept all", "cookie notice"),
    ("The wall in spring. (Photo: Ned Ashworth)", "photo credit"),
    ("The wall in spring. Photo: Ned Ashworth", "photo credit"),
    ("low_fell_wall", "photo credit"),
    ("_____", "separator"),
])
def test_a_line_between_paragraphs(line: str, reason: str) -> None:
    found = read(story(*DAM[:3], line, DAM[3]))
    assert [(kind, why, text) for kind, why, text in found if kind == "boilerplate"] == [("boilerplate", reason, line)]


@pytest.mark.parametrize("line", [
    "Read more carefully, the report says that the wall was never inspected.",
    "Watch officers saw the water rise at noon and rang the county.",
    "Home prices below the dam have fallen by a tenth since the cracks were found.",
    "Share prices of the builder fell by 3 percent on Monday.",
    "The county engineer can be reached by walkers at any hour, he said.",
    "“Sign up now or lose your house, they told us,” said a farmer.",
    "The newsletter of the county said nothing about cracks in the wall.",
    "What happens next",
    "Cracks in the wall",
])
def test_a_line_that_only_looks_like_it_stays(line: str) -> None:
    assert cut_lines(story(*DAM[:3], line, DAM[3])) == []


@pytest.mark.parametrize("line", [
    "By Ned Ashworth",
    "4 February 2026, 09:15",
    "Source: Low Fell Gazette",
    "(Reporting by Ned Ashworth; Editing by Pat Lowe)",
    "Correction: An earlier version of this article gave the wrong length of the cracks.",
])
def test_evidence_is_never_cut(line: str) -> None:
    assert cut_lines(story(*DAM, line)) == []
    assert cut_lines(story(DAM[0], line, *DAM[1:])) == []


def test_titles_after_a_heading_go_with_it() -> None:
    page = story(*DAM) + "\n\nMORE FROM THE GAZETTE\nTwelve ways to cook a swede\nBand plays on bus"
    assert cut_lines(page) == ["MORE FROM THE GAZETTE", "Twelve ways to cook a swede", "Band plays on bus"]


def test_a_heading_in_the_middle_spares_paragraphs_and_short_subheadings() -> None:
    page = story(*DAM[:2], "Also read", "Cracks in the wall", *DAM[2:])
    assert cut_lines(page) == ["Also read"]


def test_one_line_is_advertised() -> None:
    page = story(*DAM[:2]) + "\n\nAdvertisement\nSofas at half price until Sunday\n\n" + story(*DAM[2:])
    assert cut_lines(page) == ["Advertisement", "Sofas at half price until Sunday"]


def test_other_news_at_the_end_is_cut_with_its_paragraphs() -> None:
    other = "A pig called Humphrey has won the cup at Ambleton fair for the fourth year running, to nobody's surprise."
    assert cut_lines(story(*DAM, "IN OTHER NEWS", other)) == ["IN OTHER NEWS", other]


def test_a_trail_that_ends_in_the_cut_headline() -> None:
    page = story("Homepage County Dam at Low Fell to be drained...", *DAM)
    assert cut_lines(page) == ["Homepage County Dam at Low Fell to be drained..."]


def test_a_caption_glued_to_the_repeated_headline() -> None:
    page = story(DAM[0], f"{DAM[0]} Low Fell in spring (photo: Ned Ashworth)", *DAM[1:])
    assert cut_lines(page) == ["Low Fell in spring (photo: Ned Ashworth)"]


def test_a_link_glued_to_a_paragraph() -> None:
    page = story(*DAM[:3], DAM[3] + " Read also: Ten walks for a wet day")
    assert cut_lines(page) == ["Read also: Ten walks for a wet day"]


def test_slug_note_to_editors_and_footer_of_an_agency() -> None:
    page = story("DAM-CRACKS, 2nd Lead", DAM[0], "Eds: UPDATES with engineer.", *DAM[1:], "NNA jw/pl 1841GMT")
    assert cut_lines(page) == ["DAM-CRACKS, 2nd Lead", "Eds: UPDATES with engineer.", "NNA jw/pl 1841GMT"]


def test_a_table_of_contents_in_one_line() -> None:
    page = story(DAM[0], "Contents\n1. The cracks 2. The wall 3. The water", *DAM[1:])
    assert cut_lines(page) == ["Contents", "1. The cracks 2. The wall 3. The water"]


def test_the_title_as_given_is_never_cut() -> None:
    title = "Watch: Dam at Low Fell gives way"
    assert cut_lines(story(title, *DAM[1:]), title=title) == []


def test_the_outlet_about_itself() -> None:
    line = "The Fell Gazette belongs to its readers. Become a member at the front desk."
    assert cut_lines(story(*DAM, line), outlet="The Fell Gazette") == [line]


def test_at_most_half_of_the_words_go_unless_they_are_menus() -> None:
    sentence = "Subscribe to our newsletter and sign up for a free trial of the digital edition, our readers say it is good."
    kept = [text for kind, _, text in read(story(*DAM[:2], *[sentence] * 8)) if kind != "boilerplate"]
    words = sum(len(text.split()) for text in kept)
    assert 2 * words >= sum(len(text.split()) for text in [*DAM[:2], *[sentence] * 8])
    menu = "Home | News | Sport | Weather | Letters | Jobs"
    assert cut_lines(story(*[menu] * 20, *DAM[:2])) == [menu] * 20


def test_a_list_of_very_many_lines_is_left_alone() -> None:
    assert cut_lines("Home | News | Sport\n" * 20_001) == []


@pytest.mark.parametrize(("line", "language"), [
    ("The quayside weekly since 1911", "en"), ("Neue Kalender jetzt am Kiosk", "de"), ("Нові наліпки для наших друзів", "uk"),
    ("Le jeu de la semaine en page douze", "fr"), ("今週の占いはアプリで先読み", "ja"),
])
def test_a_short_line_behind_the_article_is_told_by_its_place(line: str, language: str) -> None:
    assert cut_lines(story(*DAM, line), language) == [line]


@pytest.mark.parametrize("line", [
    "Ada Berg", "(from our council reporter)", "“We will not sell the ferry”", "The council meets again on Tuesday to vote on the repair of the ferry.",
])
def test_names_initials_speech_and_sentences_behind_the_article_stay(line: str) -> None:
    assert cut_lines(story(*DAM, line)) == []


def test_a_house_word_around_the_article_tells_in_every_language() -> None:
    lines = {
        "en": "The Ledger uses cookies to improve your visit. Fine!", "de": "Rätselfreunde finden alle Horoskope in unserer App.",
        "fr": "Envie d'en lire plus ? La feuille vit grâce à ses lecteurs.", "es": "Este texto contiene enlaces de afiliados.",
        "ru": "Гороскопы и кроссворды каждую пятницу", "tr": "Bu içerik yalnızca aboneler içindir.", "ja": "ネットの反応まとめ",
        "zh": "本文仅限付费会员阅读", "ar": "هذا المحتوى للمشتركين فقط",
    }
    for language, line in lines.items():
        assert line in cut_lines(story(*DAM, line), language), language


def test_a_house_word_of_the_story_stays() -> None:
    line = "The county newsletter told walkers of the cracks in the wall."
    assert line not in cut_lines(story(*DAM, line))


def test_a_masthead_with_its_motto_goes_and_the_bare_name_or_a_desk_stays() -> None:
    cut = cut_lines(story("Fell Gazette – news, farms, weather", *DAM), outlet="Fell Gazette")
    assert cut == ["Fell Gazette – news, farms, weather"]
    assert not cut_lines(story("FELL GAZETTE", *DAM), outlet="Fell Gazette")
    assert not cut_lines(story("Fell Gazette – newsroom", *DAM), outlet="Fell Gazette")


def test_a_trail_with_strokes_goes_and_an_author_with_his_paper_stays() -> None:
    assert cut_lines(story("Home / Water / Dams", *DAM)) == ["Home / Water / Dams"]
    assert not cut_lines(story(DAM[0], "Ana Roth / GAZETTE", *DAM[1:]))


def test_a_month_far_from_a_number_makes_no_date_line() -> None:
    line = "You may also like: Top 10 oldest mills of the county"
    assert ("boilerplate", "also read", line) in read(story(*DAM, line))
    assert ("dateline", "date line", "Published May 10, 14:20") in read(story(DAM[0], "Published May 10, 14:20", *DAM[1:]))


def test_an_agency_text_begins_with_its_slug_and_ends_with_initials() -> None:
    cut = cut_lines(story("CNW-0612/88 DAM-CRACKS 2nd LEAD", *DAM, "CNW ab/cd 121530 MAY 26"))
    assert cut == ["CNW-0612/88 DAM-CRACKS 2nd LEAD", "CNW ab/cd 121530 MAY 26"]


def test_who_owns_a_picture_ends_its_caption() -> None:
    line = "The wall of the dam last summer. © Archive of the Gazette"
    assert line in cut_lines(story(DAM[0], line, *DAM[1:]))


def test_the_article_goes_on_behind_an_advertisement_and_short_headings() -> None:
    onward = "Ada Berg, who drew up the plans, asked for a second opinion, and Ambleton parish offered to pay."
    assert cut_lines(story(*DAM[:3], "Advertisement", onward)) == ["Advertisement"]
    assert cut_lines(story(*DAM[:3]) + "\nTop stories\nBand plays on bus\n\n" + onward) == ["Top stories", "Band plays on bus"]


def test_a_heading_of_links_before_the_headline_spares_it() -> None:
    assert cut_lines(story("Most read", *DAM)) == ["Most read"]


def test_a_last_sentence_with_an_agency_or_initials_behind_it_stays() -> None:
    for last in ("Further checks follow at noon. (NNA)", "Further checks follow at noon. (NK/NNA)", "Further checks follow at noon. (ab)"):
        assert cut_lines(story(*DAM, last)) == []


def test_a_link_inside_a_paragraph_goes_alone() -> None:
    page = story(*DAM[:3], "The county will pay. Read also: Ten walks for a wet day Walkers had warned of cracks since the spring, the engineer said.")
    assert cut_lines(page) == ["Read also: Ten walks for a wet day"]
    german = "Der Landkreis zahlt. Lesen Sie auch: Zehn Wanderungen bei Regen Die Risse waren seit dem Frühjahr bekannt, sagte der Ingenieur."
    assert cut_lines(story(*DAM[:3], german), "de") == ["Lesen Sie auch: Zehn Wanderungen bei Regen"]


def test_a_remark_on_an_advertisement_inside_a_paragraph_goes_alone() -> None:
    page = story(*DAM[:3], "Article continues below advertisement Walkers had warned of cracks since the spring, the engineer said.")
    assert cut_lines(page) == ["Article continues below advertisement"]


def test_a_request_glued_to_the_end_of_a_paragraph() -> None:
    assert cut_lines(story(*DAM[:3], DAM[3] + " Subscribe to see the whole video")) == ["Subscribe to see the whole video"]


def test_a_request_in_somebodys_mouth_stays() -> None:
    line = "The engineer, who has a sense of humour, answered with a smile: “Follow us on the wall, share on Facebook”, and left for the dam."
    assert cut_lines(story(*DAM, line)) == []


def test_a_clock_or_the_newsroom_makes_no_date_line_of_a_page_tool() -> None:
    lines = {
        "en": ("Listen to this report (2:08)", "Send feedback to the newsroom"), "de": ("Artikel anhören (2:08)", "Feedback an die Redaktion"),
        "pl": ("Odsłuchaj artykuł (2:08)", "Wesprzyj naszą redakcję")
    }
    for language, both in lines.items():
        assert cut_lines(story(DAM[0], both[0], *DAM[1:], both[1]), language) == list(both), language


@pytest.mark.parametrize(("line", "language"), [
    ("Home - Farms - Prices - Jobs", "en"), ("Startseite – Wissen – Medizin", "de"), ("首页 新闻 图片 视频", "zh"), ("Sport · FC Low Fell", "en"),
    ("Oil 71.2 ▲ Gold 3310 ▼", "en"), ("17 °C, leicht bewölkt", "de"), ("Dolar 41,20  Euro 48,10", "tr"),
])
def test_sections_in_a_row_and_tickers_before_the_headline(line: str, language: str) -> None:
    assert cut_lines(story(line, *DAM), language) == [line]


@pytest.mark.parametrize("line", [
    "The wall of the dam in June. / J. Roth", "The wall of the dam in June. AGENCY / J. Roth", "The wall of the dam in June. HANDOUT",
])
def test_whose_picture_it_is_stands_behind_the_caption(line: str) -> None:
    assert cut_lines(story(*DAM[:2], line, *DAM[2:])) == [line]


@pytest.mark.parametrize("line", ["By ADA M. BERG", "LOW FELL. AMBLETON", "Analysis: the dam and who pays for its wall"])
def test_who_wrote_where_and_a_labelled_headline_stay(line: str) -> None:
    assert cut_lines(story(line, *DAM[1:])) == []


def test_background_with_a_label_is_no_link() -> None:
    line = "Background: The dam was built in 1911 by the county, and its wall has been repaired twice since then."
    assert cut_lines(story(*DAM[:3], line, DAM[3])) == []


@pytest.mark.parametrize("line", ["RMV // JPS", "(ab-CD)", "jvo mkr", "lit/ mro/"])
def test_initials_behind_the_article(line: str) -> None:
    assert cut_lines(story(*DAM, line)) == [line]


def test_page_tools_in_every_language() -> None:
    lines = {
        "en": "Reading time: 2 minutes", "de": "Lesezeit: 2 Minuten", "fr": "Temps de lecture : 2 min", "es": "Tiempo de lectura: 2 min",
        "it": "Tempo di lettura: 2 minuti", "pt": "Tempo de leitura: 2 minutos", "nl": "Leestijd: 2 minuten", "pl": "Czas czytania: 2 minuty",
        "cs": "Doba čtení: 2 minuty", "ru": "Время чтения: 2 мин.", "uk": "Час читання: 2 хвилини", "tr": "Okuma süresi: 2 dakika",
        "ar": "مدة القراءة: دقيقتان", "zh": "阅读时间：2分钟", "ja": "この記事は約2分で読めます",
    }
    for language, line in lines.items():
        assert cut_lines(story(DAM[0], line, *DAM[1:]), language) == [line], language


def test_who_edited_a_chinese_text_is_no_source_of_it() -> None:
    assert cut_lines(story(*DAM, "责任编辑：王小明"), "zh") == ["责任编辑：王小明"]


def test_a_line_about_the_author_behind_the_article_goes_and_the_article_s_last_sentence_stays() -> None:
    lines = {
        "en": "Jo Weber writes about rivers from Ambleton.", "de": "Jo Weber schreibt aus Rostock für drei Zeitungen.",
        "fr": "Jo Weber couvre les rivières depuis Lille.", "pl": "Jo Weber pisze o rzekach z Gdańska.", "uk": "Юрко Вебер пише про річки зі Львова.",
    }
    for language, line in lines.items():
        assert cut_lines(story(*DAM, line), language) == [line], language
    assert cut_lines(story(*DAM, "Die Straße war rund drei Stunden lang gesperrt."), "de") == []
    assert cut_lines(story(*DAM, "Ada Berg writes to the county that the cracks in the wall of the dam were found by walkers.")) == []
