"""Bodies that are told of by what they did: "the prosecutors have opened an inquiry". Who tells it has it from them, though nobody says so.

Only what offices do is read: prosecutors, courts, ministries, authorities. A sentence that begins with one and has a word for an act of
theirs is its word for that. The act is a source of its article only where nobody else is known to have told it (`retold.trace.voices`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.base.hanzi import HAN_KANA
from retold.base.records import Name, Sentence, Span
from retold.lexicons import lexicon
from retold.lexicons.bodies import body_of, concept_of
from retold.lexicons.names import fold, name_words
from retold.trace.offices import PREFIX
from retold.trace.register import Register
from retold.trace.roles import table, whole
from retold.trace.statement import Statement
from retold.trace.wholenames import WORD, is_bare_kind, past_of, without_article

HEADS = frozenset({"prosecutor", "court", "ministry", "authority", "government", "commission", "parliament", "league", "federation"})
FIRST = 3  # words of a sentence among which the body that acts stands
OPENING = 30  # code points in which they stand
SUBJECT = re.compile(r"\s?[)）」』]?\s?[はが]|、")  # behind the body that acts, where a particle marks it
QUOTED = re.compile(r"[“„«「『\"][^“”„«»「」『』\"]*[”“»」』\"]")


def acts(article: str, found: Sequence[Statement], sentences: Sequence[Sentence], register: Register) -> Iterator[Statement]:
    """The offices that an article tells an act of and that it names for nothing they say."""
    text, language = register.articles[article].text, register.languages.get(article, "")
    known = {s.node for s in found} | {s.entity for s in found if s.entity}
    sources = [s.span for s in found]
    for sentence in sentences:
        here = (sentence.start, sentence.end)
        if sentence.kind != "paragraph" or any(here[0] <= start < here[1] for start, _ in sources):
            continue
        subject = subject_of(here, register, article, language)
        if not subject or not acts_in(text[subject[1][1]:here[1]], text[here[0]:subject[1][0]], language):
            continue
        label, span, entity = subject
        if f"external:{label}" not in known and entity not in known:
            known |= {f"external:{label}", entity} - {""}
            yield Statement(article=article, node=f"external:{label}", label=label, kind="organisation", own=False, credited=False,
                            entity=entity, span=span, content=(here,), attribution="")


def acts_in(behind: str, before: str, language: str) -> bool:
    """Whether words behind the body that acts, or before it where verbs come first, tell an act of an office, quotes aside."""
    if language in table()["marked_subjects"] and not SUBJECT.match(behind):
        return False
    return bool(whole("acts").search(QUOTED.sub(" ", behind)) or (language in table()["verb_first"] and whole("acts").search(before)))


def subject_of(place: Span, register: Register, article: str, language: str) -> tuple[str, Span, str] | None:
    """The office that a sentence begins with: what to call it, where it stands, and its entity where it has a name."""
    text = register.articles[article].text
    name = next((n for n in register.names.get(article, ()) if place[0] <= n.start < place[1] and is_office(n, language)), None)
    if name and opens(text[place[0]:name.start], language):
        if is_bare_kind(name, language):
            end = going_on(text, name.end, place[1])
            return without_article(text[name.start:end]), (name.start, end), name.entity
        return register.labels.get(name.entity, name.text), (name.start, name.end), name.entity
    if not lexicon(language).spaced:
        return None
    compound = language in name_words("common", "compounding")
    for m in list(WORD.finditer(text, *place))[:FIRST]:
        word = re.split(r"['’]", fold(m[0]).replace("ı", "i"))[-1]
        if concept_of(word, "heads", compound=compound) in HEADS and opens(text[place[0]:m.start()], language):
            end = going_on(text, m.end(), place[1])
            start = m.end() - len(m[0].rpartition("'")[2].rpartition("’")[2])
            return text[start:end], (start, end), PREFIX + fold(text[start:end])  # as firm as a name
    return None


def going_on(text: str, end: int, stop: int) -> int:
    """Where the name of a body ends that goes on with what it is of."""
    while (further := past_of(text, end, stop)) > end:
        end = further
    return end


def is_office(name: Name, language: str) -> bool:
    """Whether a name is that of an office whose acts are news."""
    return name.kind == "organisation" and body_of(name.text, language).head in HEADS


def opens(before: str, language: str) -> bool:
    """Whether nothing but an article, a day or the verb stands before the body in its sentence, and no preposition."""
    words = WORD.findall(before)
    if HAN_KANA.search(before):
        return len(before) <= FIRST
    if language in table()["verb_first"]:
        return len(words) <= FIRST
    return len(words) < FIRST and len(before) <= OPENING and not any(whole("governing").fullmatch(w) for w in words)
