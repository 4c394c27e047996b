"""Names with a word too many."""

from __future__ import annotations

from factories import article
from retold.base.records import Mention
from retold.base.tables import Batch
from retold.link.trimming import trim_mentions


def texts_after(*articles: tuple[str, str, list[tuple[str, str]]]) -> list[list[str]]:
    """The mentions of each article (text, language, names with kinds) once they are trimmed."""
    batch, mentions, languages = Batch(), [], {}
    for number, (text, language, names) in enumerate(articles):
        home = f"a{number}"
        batch.add([article(text, id=home)])
        languages[home] = language
        for name, kind in names:
            at = text.index(name)
            mentions.append(Mention(id=f"{home}-{at}", article=home, start=at, end=at + len(name), text=name, kind=kind,
                                    method="names-1:capitals", score=0.9))
    found = trim_mentions(batch, mentions, languages)
    return [[m.text for m in found if m.article == home] for home in languages]


def test_a_noun_before_a_full_name_is_cut_off():
    german = ("Das sagte Vizechef Olek Sanow.", "de", [("Vizechef Olek Sanow", "person")])
    english = ("Olek Sanow said so.", "en", [("Olek Sanow", "person")])
    assert texts_after(german, english)[0] == ["Olek Sanow"]


def test_a_middle_name_stays():
    one = ("Peter Olek Sanow said so.", "en", [("Peter Olek Sanow", "person")])
    two = ("Olek Sanow said so.", "en", [("Olek Sanow", "person")])
    assert texts_after(one, two)[0] == ["Peter Olek Sanow"]


def test_what_tells_bodies_apart_stays():
    one = ("The Nordic Coast Guard came.", "en", [("Nordic Coast Guard", "organisation")])
    two = ("The Coast Guard came.", "en", [("Coast Guard", "organisation")])
    assert texts_after(one, two)[0] == ["Nordic Coast Guard"]


def test_an_article_of_a_title_stays():
    one = ("The Varn Beacon wrote it.", "en", [("The Varn Beacon", "outlet")])
    two = ("Varn Beacon wrote it.", "en", [("Varn Beacon", "outlet")])
    assert texts_after(one, two)[0] == ["The Varn Beacon"]


def test_a_word_that_the_story_writes_small_is_no_part_of_a_surname():
    one = ("Cyklista Hulan odjel. Ten cyklista vyhrál.", "cs", [("Cyklista Hulan", "person")])
    two = ("Hulan won.", "en", [("Hulan", "person")])
    assert texts_after(one, two)[0] == ["Hulan"]


def test_an_adjective_of_a_people_before_a_firm_is_cut_off_unless_the_firm_is_called_so():
    dutch = ("Het Deense Nordvik ontkent.", "nl", [("Deense Nordvik", "organisation")])
    danish = ("Nordvik denies it.", "en", [("Nordvik", "organisation")])
    again = ("Nordvik denies it again.", "en", [("Nordvik", "organisation")])
    assert texts_after(dutch, danish, again)[0] == ["Nordvik"]
    assert texts_after(dutch, danish, again, dutch)[0] == ["Deense Nordvik"]
