"""Names of what has none: no menu is a title, no piece of a sentence leads the claims."""

import io

import pytest

from factories import alteration, article, attribution, batch, claim_version, derivation, language, membership, passage, sentence
from retold.view.differences import akin
from retold.view.formats import screen
from retold.view.naming import first_words, is_menu, lead_language, standing
from retold.view.report import build_report

MENU = "Menü | Live hören | Podcasts | Wetter"


@pytest.mark.parametrize(("line", "menu"), [
    (MENU, True), ("Accueil › Économie › Mer", True), ("首页 > 新闻 > 本地", True), ("ua en ru", False),
    ("Ferry aground | Daily Courier of Kaldvik", False), ("Storm: harbour shut", False),
])
def test_a_row_of_links_is_a_menu(line, menu):
    assert is_menu(line) == menu


@pytest.mark.parametrize(("text", "words"), [
    (f"{MENU}\nua en ru\n\nFerry runs aground off Kaldvik\nMore.", "Ferry runs aground off Kaldvik"),
    ("云州天河电池厂起火 3人死亡\n首页 > 新闻 > 本地", "云州天河电池厂起火 3人死亡"), ("123\n--\n", ""), ("", ""),
])
def test_the_first_words_are_no_menu(text, words):
    assert first_words(text) == words


def test_what_was_cut_off_is_no_title():
    text = "Subscribe now for one euro a month\nFerry runs aground off Kaldvik\nThe ferry lay on the rocks."
    a = article(text, id="a", title="")
    cut = passage(a, "Subscribe now for one euro a month", kind="boilerplate")
    story = build_report(batch(a, membership(a), language(a), cut)).stories[0]
    assert story.title == story.documents[0].headline == "Ferry runs aground off Kaldvik"


def test_a_menu_that_was_handed_over_as_a_title_is_passed_over():
    a, b = article("Ferry aground off Kaldvik.", id="a", title=MENU), article("The ferry is safe.", id="b", title="Ferry safe after a night")
    assert build_report(batch(a, b, membership(a), membership(b))).stories[0].title == "Ferry safe after a night"


@pytest.mark.parametrize(("words", "stands"), [
    ("The ferry is safe", 1), ("The ferry is safe, said Ada Lund.", 2), ("said Ada Lund", 0), ("“Nobody was hurt.”", 2), ("Ada Lund", 0),
])
def test_how_far_words_stand_for_themselves(words, stands):
    text = "OSLO (Wire) – The ferry is safe, said Ada Lund. “Nobody was hurt.” Ships wait."
    start = text.index(words)
    assert standing(text, start, start + len(words)) == stands


def test_whole_sentences_lead_and_pieces_are_shown_as_such():
    one = article("It is said that the pier was closed. The ferry ran aground on Monday.", id="a", outlet="A", language="en")
    two = article("Nobody denied that the pier was closed. The ferry ran aground.", id="b", outlet="B", language="en")
    rows = [r for a in (one, two) for r in (a, membership(a), language(a, "en"))]
    rows += [claim_version(a, "that the pier was closed", group="piece") for a in (one, two)]
    rows += [claim_version(one, "The ferry ran aground on Monday.", group="whole"), claim_version(two, "The ferry ran aground.", group="whole")]
    assert [c.text for c in build_report(batch(*rows)).stories[0].claims] == ["The ferry ran aground on Monday.", "… that the pier was closed …"]


def test_a_claim_is_called_by_what_agrees_most_and_not_by_a_dateline():
    texts = ["OSLO (Wire) - The ferry ran aground.", "The ferry ran aground at night, police said.", "The new season opens on Saturday."]
    wordings = ["OSLO (Wire) - The ferry ran aground.", "The ferry ran aground at night", "The new season opens on Saturday."]
    articles = [article(t, id=i, outlet=i.upper(), language="en") for t, i in zip(texts, "abc", strict=True)]
    rows = [r for a in articles for r in (a, membership(a), language(a, "en"))]

    def told(*scores):
        versions = [claim_version(a, w, group="g", score=s) for a, w, s in zip(articles, wordings, scores, strict=True) if s]
        return build_report(batch(*rows, *versions)).stories[0].claims[0].text

    assert told(0.9997, 0, 0.92) == wordings[0]
    assert told(0, 0.9997, 0.92) == f"{wordings[1]} …"
    assert told(0, 0.9997, 0.9995) == wordings[2]
    assert told(0.9997, 0, 0.9995) == wordings[2]


def claims_of(texts, wordings, *, scores=None, sentences=True):
    """The names of one claim that stands in several articles, one text and one wording each."""
    articles = [article(t, id=f"a{n}", outlet=f"Wire {n}", language="en") for n, t in enumerate(texts)]
    rows = [r for a in articles for r in (a, membership(a), language(a, "en"))]
    rows += [sentence(a, a.text) for a in articles if sentences]
    rows += [claim_version(a, w, group="g", score=s)
             for a, w, s in zip(articles, wordings, scores or [0.99] * len(texts), strict=True)]
    return build_report(batch(*rows)).stories[0].claims[0].text


def test_a_piece_of_few_words_stands_in_its_sentence():
    told = "A union, Fagbund, says that the pumps had been off for two weeks."
    assert claims_of([told], ["A union, Fagbund"]) == "A union, Fagbund[, says that the pumps had been off for two weeks.]"
    assert claims_of([told], ["Fagbund"]) == "[A union,] Fagbund[, says that the pumps had been off for two weeks.]"
    assert claims_of([told], ["A union, Fagbund"], sentences=False) == "A union, Fagbund …"
    assert claims_of([told], ["says that the pumps had been off for two"]) == (
        "[A union, Fagbund,] says that the pumps had been off for two [weeks.]")
    many = "It says that all of the pumps at the old lock of Kaldvik had been off for two"
    assert claims_of([f"Fagbund, a union: {many} weeks."], [many[3:]]) == f"… {many[3:]} …"
    assert claims_of(["– The pumps were off, she said."], ["The pumps were off"]) == "The pumps were off[, she said.]"


def test_no_claim_is_called_by_what_an_article_says_of_itself():
    asked = "The port did not answer questions from Wire 0."
    assert claims_of([asked, "The port did not reply at first."], [asked, "The port did not reply at first."]) == "The port did not reply at first."
    ours = "We do not comment on internal memos."
    assert claims_of([ours, "The port says nothing of the memo."], [ours, "The port says nothing of the memo."]) == "The port says nothing of the memo."
    assert claims_of([ours, "The season opens."], [ours, "The season opens."], scores=[0.99, 0.6]) == ours


def test_what_announces_words_gives_way_to_what_says_something():
    first, second = "Ada Lund, head of the port, replied: “In autumn.”", "Ada Lund answered that the port would see to it."
    assert claims_of([first, second], ["Ada Lund, head of the port, replied", second]) == second
    said = "We shall look at all of it in the autumn"
    assert claims_of([f"“{said} of this year, she said.”"], [f"“{said}"]) == f"“{said} [of this year, she said.”]"
    longer = f"{said} when the visitors have gone home at last"
    assert claims_of([f"“{longer} this year, she said.”"], [f"“{longer}"]) == f"{longer} …"


def named(texts, wordings, *extra, languages=None, titles=None, cues=(), edges=()):
    """The name of one claim in several articles with all that is known of them; `extra` makes more records of the articles."""
    codes, heads = languages or ["en"] * len(texts), titles or [""] * len(texts)
    told = [article(t, id=f"a{n}", outlet=f"Wire {n}", language=codes[n], title=heads[n], published=f"2026-03-0{n + 1}") for n, t in enumerate(texts)]
    rows = [r for a in told for r in (a, membership(a), language(a, a.language), sentence(a, a.text))]
    rows += [claim_version(a, w, group="g", score=0.99) for a, w in zip(told, wordings, strict=True)]
    rows += [attribution(told[n], *parts) for n, parts in cues] + [derivation(told[a], told[b]) for a, b in edges]
    return build_report(batch(*rows, *(make_row(told) for make_row in extra))).stories[0].claims[0].text


def test_no_claim_is_called_by_a_wording_that_was_changed_on_the_way():
    right, wrong = "The gate of the lock was shut for 17 days.", "The gate of the lock was shut for 70 days."
    assert named([wrong, right], [wrong, right]) == wrong
    assert named([wrong, right], [wrong, right], lambda told: alteration(told[1], "17 days", told[0], "70 days")) == right


def test_a_claim_is_called_by_a_sentence_and_by_no_headline_byline_or_dateline():
    told = "On Monday the gate of the lock was shut for good."
    for other, title in (("Gate of the lock is shut for good.", "Gate of the lock is shut for good"), ("By Ada Lund and Bo Roth.", ""), ("KALDVIK, 3 March.", "")):
        assert named([f"{other}\nMore of it.", told], [other, told], titles=[title, ""]) == told
    assert named([f"{other}\nMore of it.", told], ["More of it.", told]) == told


def test_a_claim_is_not_called_by_words_that_only_tell_who_speaks():
    tag, said = "That is what the police of Kaldvik said.", "Police say that the gate of the lock was shut."
    texts = [f"The gate was shut. {tag}", said]
    assert named(texts, [tag, said]) == tag
    assert named(texts, [tag, said], cues=[(0, ("the police of Kaldvik", "said", "The gate was shut."))]) == said


def test_a_claim_is_told_in_the_language_of_its_row_by_the_article_that_the_others_have_it_from():
    one, two, de = "The gate of the lock was shut on Monday.", "On Monday the gate of the lock was shut.", "Das Tor der Schleuse wurde geschlossen."
    assert named([de, one, two], [de, one, two], languages=["de", "en", "en"]) == one
    assert named([de, one, two], [de, one, two], languages=["de", "en", "en"], edges=[(2, 1)]) == two
    long = f"{two[:-1]}, {'which nobody had expected, and which nobody can explain to this day, ' * 2}it seems."
    assert named([long, one], [long, one]) == one


def test_one_language_leads_where_it_can():
    assert lead_language(["de", "en", "en"], []) == "en"
    assert lead_language(["de", "en"], ["en", "en", "de"]) == "en"
    assert lead_language(["de", "en"], []) == "de" and lead_language(["", ""], []) == ""


def test_changes_are_marked_only_between_wordings_of_one_thing():
    assert akin("We saw nothing at all", "We saw nothing")
    assert not akin("The barrier will protect this town tonight.", "We will look at it in the autumn, when the visitors have gone")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("20", 60), ("400", 140)])
def test_a_terminal_is_filled_and_a_pipe_gets_the_same_bytes_everywhere(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert screen(Terminal()) == {"width": width, "colour": True}
    assert screen(io.StringIO()) == {}
    monkeypatch.setenv("NO_COLOR", "1")
    assert screen(Terminal())["colour"] is False
