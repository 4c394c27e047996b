"""Versions of one quote: which spans belong together, what changed, and who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from factories import article, attribution, claim_version, language, make, name, quote, sentence, sentences
from retold.base.models import Models
from retold.base.records import Article, Name, Passage, QuoteVersion, Record
from retold.base.tables import Batch
from retold.link.quotes import link_quotes

MEANINGS = ["count", "lamp", "miss", "go", "shore", "shut", "mine", "cold", "rope", "wet"]
WORDS = {
    "counted": "count", "count": "count", "gezählt": "count", "compté": "count", "lamp": "lamp", "lamps": "lamp", "lampe": "lamp", "lampen": "lamp",
    "lampes": "lamp", "missing": "miss", "fehlen": "miss", "manquent": "miss", "ran": "go", "shore": "shore", "shut": "shut", "mine": "mine",
    "grube": "mine", "geschlossen": "shut", "cold": "cold", "kalt": "cold", "rope": "rope", "wet": "wet", "checked": "count", "gone": "miss",
}


class ToyEncoder:
    """Meaning by a word list: one dimension a meaning, and one for all that is unknown."""

    name = "toy"
    dimensions = len(MEANINGS) + 40

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            for word in "".join(c if c.isalnum() else " " for c in text.lower()).split():
                meaning = WORDS.get(word)
                at = MEANINGS.index(meaning) if meaning else len(MEANINGS) + sum(map(ord, word)) % 40
                out[i, at] += 1.0 if meaning else 0.25
            out[i] /= max(float(np.linalg.norm(out[i])), 1e-6)
        return out


MODELS = Models(encoder=ToyEncoder())


def story(*records: Record) -> Batch:
    return Batch(records)


def said(of: Article, words: str, speaker: str = "Ana Roth", kind: str = "direct", code: str = "en", entity: str = "e1") -> list[Record]:
    """An article with one quote, its speaker's name linked."""
    at = of.text.find(speaker)
    where = (at, at + len(speaker)) if at >= 0 else (-1, -1)
    out: list[Record] = [of, language(of, code), quote(of, words, speaker=speaker, kind=kind, speaker_span=where)]
    if at >= 0:
        out.append(name(of, speaker, entity=entity, label=speaker, kind="person"))
    return out


def records(batch: Batch) -> Iterator[Record]:
    """All records of a batch."""
    return (record for kind in batch.kinds() for record in batch.get(kind))


def shown(versions: list[QuoteVersion]) -> dict[str, str]:
    """Change by article of the one group that has several versions."""
    groups: dict[str, list[QuoteVersion]] = {}
    for v in versions:
        groups.setdefault(v.group, []).append(v)
    several = [g for g in groups.values() if len(g) > 1]
    assert len(several) == 1
    return {v.article: v.change for v in several[0]}


FULL = "We counted every lamp in the mine and two were missing"


@pytest.mark.parametrize(("words", "change"), [
    (FULL, "verbatim"),
    ("every lamp in the mine", "truncated"),
    ("We checked every lamp in the mine and five were gone", "altered"),
])
def test_changes_within_a_language(words: str, change: str) -> None:
    a = article(f"“{FULL},” Ana Roth said.", id="a", published="2025-05-01")
    b = article(f"“{words},” Ana Roth said.", id="b", published="2025-05-02")
    assert shown(link_quotes("s", story(*said(a, FULL), *said(b, words)), MODELS)) == {"a": "verbatim", "b": change}


def test_another_speaker_of_the_same_words() -> None:
    a = article(f"“{FULL},” Ana Roth said.", id="a", published="2025-05-01")
    b = article(f"“{FULL},” Ana Roth said again.", id="b", published="2025-05-02")
    c = article(f"“{FULL},” Ben Hale said.", id="c", published="2025-05-03")
    batch = story(*said(a, FULL), *said(b, FULL), *said(c, FULL, "Ben Hale", entity="e2"))
    versions = link_quotes("s", batch, MODELS)
    assert shown(versions) == {"a": "verbatim", "b": "verbatim", "c": "misattributed"}
    assert {v.speaker for v in versions} == {"Ana Roth"}


def test_a_translation_of_the_first_hand_version() -> None:
    german = "Wir haben jede Lampe in der Grube gezählt und zwei fehlen"
    a = article(f"“{FULL},” Ana Roth told this newspaper.", id="a")
    b = article(f"„{german}“, sagte Ana Roth.", id="b")
    told = attribution(a, source="Ana Roth", cue="told", content=FULL, addressee="this newspaper", kind="direct")
    first = [r for r in said(a, FULL) if not hasattr(r, "speaker_span")]
    first.append(quote(a, FULL, speaker="Ana Roth", speaker_span=(a.text.find("Ana"), a.text.find("Ana") + 8), attribution=told.id))
    versions = link_quotes("s", story(*first, told, *said(b, german, code="de")), MODELS)
    assert shown(versions) == {"a": "verbatim", "b": "translated"}


def test_translations_of_a_version_that_is_missing() -> None:
    german = "Wir haben jede Lampe in der Grube gezählt und zwei fehlen"
    texts = {"a": f"“{FULL},” Ana Roth told the Salt Post.", "b": f"„{german}“, sagte Ana Roth der Salt Post."}
    texts |= {"c": texts["b"].replace("sagte", "so"), "d": texts["a"].replace("told", "said to")}
    found = [article(text, id=key, outlet=f"Paper {key}") for key, text in texts.items()]
    cited = [attribution(x, source="Salt Post", cue="Roth", outlet="Salt Post", source_kind="outlet", kind="indirect") for x in found]
    told = [row for x in found for row in said(x, german if x.id in "bc" else FULL, code="de" if x.id in "bc" else "en")]
    assert shown(link_quotes("s", story(*told, *cited), MODELS)) == dict.fromkeys("abcd", "translated")


def test_a_paraphrase_is_found_among_plain_sentences() -> None:
    a = article(f"“{FULL},” Ana Roth said.", id="a")
    b = article("The wind was cold. Roth had counted every lamp and said two were missing. The rope was wet.", id="b")
    sentences = [sentence(b, t, order=i) for i, t in enumerate(["The wind was cold.", "Roth had counted every lamp and said two were missing.", "The rope was wet."])]
    versions = link_quotes("s", story(*said(a, FULL), b, language(b, "en"), *sentences), MODELS)
    assert shown(versions) == {"a": "verbatim", "b": "paraphrased"}
    found = next(v for v in versions if v.article == "b")
    assert b.text[found.start:found.end] == "Roth had counted every lamp and said two were missing."


def test_two_quotes_of_one_speaker_stay_apart() -> None:
    one, two = FULL, "Then all of us ran down to the shore in the dark"
    a = article(f"“{one},” Ana Roth said. “{two}.”", id="a")
    b = article(f"“{two},” Ana Roth said. “{one}.”", id="b")
    batch = story(*said(a, one), quote(a, two, speaker="Ana Roth"), *said(b, two), quote(b, one, speaker="Ana Roth"))
    groups: dict[str, set[str]] = {}
    texts = {"a": a.text, "b": b.text}
    for v in link_quotes("s", batch, MODELS):
        groups.setdefault(v.group, set()).add(texts[v.article][v.start:v.end])
    assert sorted(map(sorted, groups.values())) == [[two], [one]]


def test_pieces_split_by_the_teller_are_not_truncated() -> None:
    first, rest = "We counted every lamp in the mine", "and two of them were missing at noon"
    a = article(f"“{first} {rest},” Ana Roth said.", id="a", published="2025-05-01")
    b = article(f"“{first},” Ana Roth said, “{rest}.”", id="b", published="2025-05-02")
    batch = story(*said(a, f"{first} {rest}"), *said(b, first), quote(b, rest, speaker="Ana Roth"))
    assert {(v.article, v.change) for v in link_quotes("s", batch, MODELS)} == {("a", "verbatim"), ("b", "verbatim")}


def test_a_first_person_text_is_the_origin() -> None:
    a = article("I went in at noon. I counted every lamp and two were missing. I told nobody.", id="a")
    b = article("“Ich habe jede Lampe gezählt und zwei fehlen”, schreibt Ana Roth.", id="b")
    words = "Ich habe jede Lampe gezählt und zwei fehlen"
    own = [a, language(a, "en"), make(Passage, article="a", start=0, end=len(a.text), kind="paragraph"),
           *(sentence(a, t, order=i) for i, t in enumerate(["I went in at noon.", "I counted every lamp and two were missing.", "I told nobody."]))]
    assert shown(link_quotes("s", story(*own, *said(b, words, code="de")), MODELS)) == {"a": "verbatim", "b": "translated"}


def test_anonymous_sources_have_one_label() -> None:
    a = article(f"“{FULL},” one source said.", id="a")
    told = attribution(a, source="one source", cue="said", content=FULL, anonymous=True, source_kind="anonymous", kind="direct")
    batch = story(a, language(a, "en"), told, quote(a, FULL, speaker="one source", attribution=told.id))
    assert [v.speaker for v in link_quotes("s", batch, MODELS)] == ["one source (anonymous source)"]


def test_scare_quotes_alone_are_no_quotes() -> None:
    a = article("The “very smart” lamps failed.", id="a")
    assert link_quotes("s", story(a, language(a, "en"), quote(a, "very smart", kind="scare", speaker="")), MODELS) == []


def test_the_order_of_records_does_not_matter() -> None:
    a = article(f"“{FULL},” Ana Roth said.", id="a")
    b = article("“Two were missing,” Ana Roth said.", id="b")
    records = [*said(a, FULL), *said(b, "Two were missing")]
    assert link_quotes("s", story(*records), MODELS) == link_quotes("s", story(*reversed(records)), MODELS)


def test_no_quotes_no_versions() -> None:
    assert link_quotes("s", story(), MODELS) == []


def test_a_speaker_in_two_scripts_is_written_as_the_origin_writes_her() -> None:
    german = "Wir haben jede Lampe in der Grube gezählt und zwei fehlen"
    a = article(f"«{german}», — сказала Анна Рот.", id="a", published="2025-05-01")
    b = article(f"“{FULL},” Ana Roth said.", id="b", published="2025-05-02")
    batch = story(*said(a, german, "Анна Рот", code="ru"), *said(b, FULL))
    labelled = [replace(r, label="Ana Roth") if isinstance(r, Name) else r for r in records(batch)]
    versions = link_quotes("s", Batch(labelled), MODELS)
    assert {v.speaker for v in versions} == {"Анна Рот (Ana Roth)"}


def test_a_name_in_another_script_that_nothing_joined_is_no_other_person() -> None:
    german = "Wir haben jede Lampe in der Grube gezählt und zwei fehlen"
    a = article(f"“{FULL},” Ana Roth said.", id="a", published="2025-05-01")
    b = article(f"«{german}», — сказала Анна Рот.", id="b", published="2025-05-02")
    c = article(f"„{german}“, sagte Ben Hale.", id="c", published="2025-05-03")
    d = article(f"“{FULL},” Ana Roth said in May.", id="d", published="2025-05-04")
    others = (*said(b, german, "Анна Рот", code="ru", entity="e2"), *said(c, german, "Ben Hale", code="de", entity="e3"))
    versions = link_quotes("s", story(*said(a, FULL), *others, *said(d, FULL)), MODELS)
    assert shown(versions) == {"a": "verbatim", "b": "translated", "c": "translated", "d": "verbatim"}, "Ben Hale may be Ana Roth, misspelled"
    e = article("Ben Hale left.", id="e", published="2025-05-04")
    known = (e, language(e, "en"), name(e, "Ben Hale", entity="e3", label="Ben Hale", kind="person"))
    versions = link_quotes("s", story(*said(a, FULL), *others, *said(d, FULL), *known), MODELS)
    assert shown(versions)["c"] == "misattributed"


def test_who_is_named_in_another_sentence_is_not_said_to_have_been_given_the_words() -> None:
    a = article(f"“{FULL},” Ana Roth said.", id="a", published="2025-05-01")
    b = article(f"“{FULL},” Ana Roth said again.", id="b", published="2025-05-02")
    c = article(f"Ben Hale waited. “{FULL},” she said.", id="c", published="2025-05-03")
    split = sentences(c, "Ben Hale waited.", f"“{FULL},” she said.")
    batch = story(*said(a, FULL), *said(b, FULL), *said(c, FULL, "Ben Hale", entity="e2"), *split)
    assert shown(link_quotes("s", batch, MODELS)) == {"a": "verbatim", "b": "verbatim", "c": "verbatim"}


def test_a_headline_repeats_the_quote_of_its_text() -> None:
    head, words = "We counted, two missing", "We counted every lamp in the mine and two were missing"
    a = article(f"“{head}”\n“{words},” Ana Roth said.", id="a")
    heading = replace(sentence(a, f"“{head}”", order=0), kind="headline")
    told = [*said(a, words), quote(a, head, speaker="", kind="direct"), heading]
    versions = link_quotes("s", story(*told), MODELS)
    assert len({v.group for v in versions}) == 1 and {v.change for v in versions} == {"verbatim", "truncated"}


def test_what_its_article_reports_of_the_speaker_is_the_version_and_no_quote_of_another() -> None:
    other = "The mine is shut and it is cold, two lamps are missing"
    a = article(f"“{FULL},” Ana Roth said.", id="a")
    b = article(f"“{other},” Ben Hale said. Ana Roth said that they had counted every lamp and two were missing.", id="b")
    reported = quote(b, "that they had counted every lamp and two were missing", speaker="Ana Roth", kind="indirect",
                     speaker_span=(b.text.index("Ana Roth"), b.text.index("Ana Roth") + 8))
    named = name(b, "Ana Roth", entity="e1", label="Ana Roth", kind="person")
    versions = link_quotes("s", story(*said(a, FULL), *said(b, other, "Ben Hale", entity="e2"), reported, named), MODELS)
    homes = {v.group: set() for v in versions}
    for v in versions:
        homes[v.group].add((v.article, v.change))
    assert {("a", "verbatim"), ("b", "paraphrased")} in homes.values()


def test_a_clause_that_makes_the_claim_of_a_quote_retells_it_where_its_words_alone_would_not_tell() -> None:
    content = "die Lampe am Haken hing und kalt war"
    a = article(f"“{FULL},” Ana Roth said.", id="a")
    b = article(f"Ana Roth sagte, dass {content}.", id="b")
    reported = quote(b, content, speaker="Ana Roth", kind="indirect", speaker_span=(0, 8))
    told = [*said(a, FULL), b, language(b, "de"), reported, name(b, "Ana Roth", entity="e1", label="Ana Roth", kind="person")]
    assert [v.article for v in link_quotes("s", story(*told), MODELS)] == ["a"]
    same = [claim_version(a, FULL, group="lamps"), claim_version(b, content, group="lamps")]
    assert shown(link_quotes("s", story(*told, *same), MODELS)) == {"a": "verbatim", "b": "paraphrased"}
    other = [claim_version(a, FULL, group="lamps"), claim_version(b, content, group="hooks")]
    assert [v.article for v in link_quotes("s", story(*told, *other), MODELS)] == ["a"]
