"""Texts that come without an outlet and bear at their head or foot the name of one that other texts name: "The Reader: news in English".

What stands there may as well be whom the text has it from, so lines that credit or copy are left out, and so is a text that names the
outlet for what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from retold.base.records import Span
from retold.lexicons import lexicon
from retold.trace.publishers import WORD, describes_outlet, nameless, outlet_nouns, same_name, same_outlet, same_publisher
from retold.trace.register import LONGEST_SIGNATURE, SENTENCE_END, Register, ends_as_paper
from retold.trace.statement import Statement
from retold.trace.titles import same_title

HEAD, FOOT = 5, 4  # lines with words at the head and at the foot of a text in which its outlet may stand
OPENING = "([（【［"  # a line that begins so is a dateline or a mark
MOST = 6  # words of a name that may be an outlet's
PARTS = re.compile(  # what parts a name from what else a line says
    r"\s*[|·•>»«/:：—–,，、。\n“”„\"《》〈〉「」『』()（）\[\]【】\u3000]\s*|\s-\s|\.\s|\.$")


def borne(named: Mapping[str, Sequence[Statement]], free: Iterable[str], told: set[tuple[str, Span]], register: Register) -> dict[str, str]:
    """The outlets of texts without one, by article, whose names stand at their edges; none where two fit.

    Args:
        named: the statements that name an outlet outside the collection, by its name.
        free: the articles whose outlet is not known.
        told: the places of outlets that somebody spoke to.
        register: the names of the story.
    """
    out = {}
    for article in free:
        edges = list(names_at_edges(article, register))
        fitting = {label: edge for label, rows in named.items() for form in forms_of(label, rows) for edge in edges
                   if is_called(form, edge, register) and any(s.article != article for s in rows) and not any(
                       s.article == article and s.content and (article, s.span) not in told for s in rows)}
        if len(set(fitting.values())) == 1:
            out[article] = next(iter(fitting.values()))
    return out


def forms_of(label: str, rows: Sequence[Statement]) -> list[str]:
    """What an outlet is called by those that name it; not what only says that it is one."""
    return sorted(form for form in {label, *(s.label for s in rows)} if not nameless(form) and not (
        describes_outlet(form) and len(WORD.findall(form)) < 2))


def is_called(form: str, edge: str, register: Register) -> bool:
    """Whether a part of a line is the name of an outlet as a whole, in whatever script or language."""
    if same_name(form, edge) or same_outlet(form, edge) or same_title(form, edge, register.places):
        return True
    return form.isascii() != edge.isascii() and has_noun(form) <= has_noun(edge) and same_publisher(form, edge)


def has_noun(name: str) -> bool:
    """Whether a name has a word for a paper in it; in Chinese characters at its end."""
    return ends_as_paper(name) or any(w.casefold() in outlet_nouns() for w in WORD.findall(name))


def names_at_edges(article: str, register: Register) -> Iterator[str]:
    """The parts of the lines above and below a text; not of its first line where that is a plain headline, of sentences, and of credits."""
    text, passages = register.articles[article].text, register.passages.get(article, ())
    credit = lexicon(register.languages.get(article, "")).pattern("sources", "agency_credit")
    titled = {p.start for p in passages if p.kind == "headline"}
    lines = [(m.start(), m[0].strip()) for m in re.finditer(r"[^\n]+", text) if re.search(r"\w", m[0])]
    for n, (start, line) in enumerate([*lines[:HEAD], *lines[max(HEAD, len(lines) - FOOT):]]):
        plain = (n == 0 and start in titled and "|" not in line) or SENTENCE_END.search(line) or len(line) > LONGEST_SIGNATURE
        if plain or credit.search(line.casefold()) or line[0] in OPENING:
            continue
        for part in filter(None, PARTS.split(line)):
            if len(WORD.findall(part)) <= MOST and not part.islower():
                yield part.strip()
