"""Outlets that an article names without saying that they say something: at its edges, beside a word for reporting, anywhere in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold.base.hanzi import HAN_KANA
from retold.base.records import Name, Sentence, Span
from retold.lexicons import lexicon
from retold.trace.affiliations import publishes
from retold.trace.ownmarks import written_at
from retold.trace.publishers import CAPITALS, acronym, describes_outlet, nameless, outlet_nouns, same_publisher
from retold.trace.register import (
    BEHIND,
    EDGE,
    LONGEST_SIGNATURE,
    OWN_VOICE,
    Register,
    brought_out,
    directly_called,
    published_by,
)
from retold.trace.roles import whole
from retold.trace.statement import Statement

SHORT = 2  # letters of an acronym that stand for too much
SEVERAL = 4  # signs of a script without spaces from which a name is as long as one of several words
BRACKETED = re.compile(r"[(\[/]([\w][\w .&-]{1,40}?)[)\]/]")
SIGNED_FOR = re.compile(r"(?<=[\w.])\s*[,|/]\s*([^,|/\n]{2,40})")  # behind the name of an author
DASH = re.compile(r"(?:,\s[^–—\n]{0,25}|\s?\([^)\n]{2,14}\))?\s[–—-]\s")  # behind the place of a dateline
HEAD = 6  # passages at the head among which an author signs


def marks(article: str, found: Sequence[Statement], register: Register) -> Iterator[Statement]:
    """Articles of the collection whose outlet a text names at its edges, as agencies are: "ROME (ANA) -", "Jo Ward, Northern Wire"."""
    known = {s.node for s in found}
    for name, span in named_at_edges(article, register):
        home = published_by(name, register, article, "agency")
        if home and home not in known and not same_publisher(name, register.publishers.get(article)):
            known.add(home)
            yield Statement(article=article, node=home, label=name, kind="agency", own=False, credited=True, entity="", span=span,
                            content=(), attribution="")


def spelled_out(article: str, found: Sequence[Statement], register: Register) -> Iterator[Statement]:
    """Outlets of the collection whose whole name stands in the running text, though nothing was read as a name there.

    An outlet of the collection is hardly ever named but as a source. A body that brought something out is: what it does is the news.
    """
    text, known = register.articles[article].text, {s.node for s in found}
    own = register.publishers.get(article)
    for other, outlet in sorted(register.publishers.items()):
        if other in register.releases or register.voices.get(other, 0) >= OWN_VOICE or same_publisher(outlet, own):
            continue
        home = published_by(outlet, register, article, "outlet")
        m = None if {home, other} & known else whole_name(outlet).search(text)
        if home and m and any(p.kind == "paragraph" and p.start <= m.start() < p.end for p in register.passages.get(article, ())):
            known.add(home)
            yield Statement(article=article, node=home, label=outlet, kind="outlet", own=False, credited=False, entity="", span=m.span(),
                            content=(), attribution="")


@cache
def whole_name(outlet: str) -> re.Pattern[str]:
    """The name of an outlet as a whole; nothing where it is too short to tell: one word of less than five letters."""
    few = len(HAN_KANA.findall(outlet)) < SEVERAL if HAN_KANA.search(outlet) else len(outlet) <= SEVERAL
    return re.compile(r"(?!)" if few else rf"(?<![^\W_]){re.escape(outlet)}" + ("" if HAN_KANA.search(outlet) else r"(?![^\W_])"))


def named_at_edges(article: str, register: Register) -> Iterator[tuple[str, Span]]:
    """What stands in brackets at the edges of the first and last passages, and behind a comma in short lines above the text."""
    text, passages = register.articles[article].text, register.passages.get(article, ())
    body = [p for p in passages if p.kind in ("paragraph", "dateline", "credit", "byline")]
    for p in body[:3] + body[-2:]:
        for m in BRACKETED.finditer(text, p.start, p.end):
            if m.start() - p.start <= EDGE or p.end - m.end() <= BEHIND:
                yield m[1], m.span(1)
    for p in passages[:HEAD]:
        if p.kind in ("byline", "headline") and p.end - p.start <= LONGEST_SIGNATURE:
            for m in SIGNED_FOR.finditer(text, p.start, p.end):
                yield m[1], m.span(1)


def beside_cues(
    article: str, found: Sequence[Statement], sentences: Sequence[Sentence], register: Register,
) -> Iterator[Statement]:
    """Outlets that no attribution has for its source: named where something is said or reported, or outlets of the collection anywhere.

    An outlet of the collection is hardly ever named but as a source; a body that published something is.
    """
    cue = lexicon(register.languages.get(article, "")).pattern("attribution", "report", "say", "announce", "according_to")
    text, known = register.articles[article].text, {s.label for s in found}
    publisher = register.publishers.get(article)
    for name in register.names.get(article, ()):
        inside = next((s for s in sentences if s.start <= name.start < s.end), None)
        own = publishes(name, publisher) or same_publisher(name.label, publisher)
        said = any(start <= name.start and name.end <= end for start, end in register.quoted.get(article, ()))
        read = any(s.kind in ("outlet", "agency") and s.span[0] < name.end and name.start < s.span[1] for s in found)
        if name.kind == "person" or name.label in known or own or not inside or said or read or at_large(name, text):
            continue
        kind = "outlet" if name.kind == "outlet" else ""  # a town or firm may be called what a paper is in another language
        home = published_by(name.label, register, article, kind) or published_by(name.text, register, article, kind)
        home = home or brought_out(name.entity, register, article, "outlet")
        home = home or next((a for a in written_at(text, name.start, register.publishers) if a != article), None)
        here = home is not None and name.kind != "place" and initials(name.text, register.publishers.get(home, ""))
        reporting = name.entity in register.called and (name.kind == "outlet" or names_agency(name, text, register))
        if not home and ((describes_outlet(name.label) and nameless(name.label)) or is_sentence(name.text)):
            continue
        if inside.kind == "paragraph" and (here or (reporting and (home or cue.search(text, inside.start, inside.end)))):
            known.add(name.label)
            yield Statement(article=article, node=home or f"external:{name.label}", label=name.label, kind="outlet", own=False,
                            credited=False, entity=name.entity, span=(name.start, name.end), content=(), attribution="")


def at_large(name: Name, text: str) -> bool:
    """Whether a name is only what media at large are called by: the word for them stands behind it ("Dünya basını")."""
    behind = re.match(r"\s([^\W\d_]+)", text[name.end:name.end + EDGE])
    return behind is not None and behind[1][:1].islower() and bool(whole("media").fullmatch(behind[1]))


def is_sentence(text: str) -> bool:
    """Whether what was read as the name of an outlet is a whole sentence in quotation marks: four words and more, a capital on the first.

    >>> is_sentence("We have hidden nothing"), is_sentence("The Harbour and Canal Times"), is_sentence("Le courrier")
    (True, False, False)
    """
    words = text.split()
    return len(words) >= SEVERAL and words[0][:1].isupper() and all(w.islower() for w in words[1:]) and not any(
        w.casefold() in outlet_nouns() for w in words)


def initials(text: str, outlet: str) -> bool:
    """Whether a name has the initials of an outlet, three at least, in it ("BHA", "米PBW通信").

    >>> initials("米PBW通信", "Pacific Business Wire"), initials("UP", "United Press"), initials("Harbour", "Harbour Post")
    (True, False, False)
    """
    return any(len(part) > SHORT and acronym(part, outlet) for part in CAPITALS.findall(text))


def names_agency(name: Name, text: str, register: Register) -> bool:
    """Whether a body is called a paper or agency right here ("the agency “Vesna”")."""
    if name.kind != "organisation" or name.entity not in register.called:
        return False
    return directly_called(name, text, lexicon(register.languages.get(name.article, "")))


def in_headline(span: Span, register: Register, article: str) -> bool:
    """Whether a span stands in a headline."""
    return any(p.kind == "headline" and p.start <= span[0] < p.end for p in register.passages.get(article, ()))


def told_below(span: Span, entity: str, register: Register, article: str) -> bool:
    """Whether a source named in a headline is named in the text too: no headline has a source of its own ("TOXIC WATER: Owners knew")."""
    if not in_headline(span, register, article):
        return True
    known = (n for rows in register.names.values() for n in rows if n.entity == entity)
    if any(n.kind == "place" or in_dateline(n, register) for n in known):
        return False  # "Elm: Bridge shut" says where
    own = (n for n in register.names.get(article, ()) if n.entity == entity)
    return any(not in_headline((n.start, n.end), register, article) for n in own)


def in_dateline(name: Name, register: Register) -> bool:
    """Whether a name stands where a passage says from where it is told: "ELM, 3 May – The bridge …"."""
    text = register.articles[name.article].text
    return any(p.kind == "paragraph" and 0 <= name.start - p.start <= EDGE and DASH.match(text, name.end)
               for p in register.passages.get(name.article, ()))
