"""Articles that a body brought out itself: press releases, notices, statements, told by their form or by the name of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from retold.base.records import Article
from retold.lexicons import lexicon
from retold.lexicons.outlets import outlet_by_name
from retold.trace.roles import roles, table

HEAD = 3  # lines with words in which a release says that it is one
LINE = 200  # code points up to which a line at the end says whom the press may ask
TAIL = 6  # lines with words in which it does
REACHED = re.compile(r"[:：@–—-]|\d{3}")  # what such a line has beside the words: whom, or how


def releases_of(
    articles: Mapping[str, Article], languages: Mapping[str, str], signed: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """The articles that are releases of their publishers, by id; never those of an outlet that is listed or says that it reports.

    What a person signs above the text (`signed`) is no body's, however the outlet is called.
    """
    return frozenset(a for a, row in articles.items()
                     if row.outlet and not reports_for_others(row.outlet, languages.get(a, ""))
                     and (is_release(row.text) or (a not in signed and is_body(row.outlet, languages.get(a, "")))))


def is_body(outlet: str, language: str) -> bool:
    """Whether who brought out an article is a body by its name; papers of a trade are called after two things ("Clinic & Care").

    >>> is_body("Harbour Authority of Millbrook", "en"), is_body("Harbour Times", "en"), is_body("Clinic & Theatre", "en")
    (True, False, False)
    >>> is_body("Landesprüfamt für Spielzeug", "de"), is_body("Oberwälder Bote", "de")
    (True, False)
    """
    known = lexicon(language)
    noun = known.pattern("sources", "organisation").search(outlet.casefold())
    compounds = bool(known.table("script").get("nouns_capital"))  # where nouns have capitals, compounds are one word
    ends = tuple(known.words("sources", "organisation"))
    named = noun is not None or (compounds and any(word.endswith(ends) for word in outlet.casefold().split()))
    return named and "&" not in outlet and "+" not in outlet


def is_release(text: str) -> bool:
    """Whether a text says of itself that it is a release: in a line of its own above it, or by whom the press may ask, below it.

    >>> is_release("Press release 12/2026\\n\\nThe mill is closed.")
    True
    >>> is_release("The mill is closed\\n\\nIt was\\n\\nTime.\\n\\nMedia contact: press@mill.example")
    True
    >>> is_release("The mill is closed, a press release says.\\n\\nThe press office did not answer.")
    False
    """
    lines = [line.strip() for line in text.split("\n") if re.search(r"\w", line)]
    above = any(roles("releases").match(line.lstrip("*#>-–— [(【")) for line in lines[:HEAD])
    return above or any(roles("press_contacts").search(line) and REACHED.search(line) for line in below(lines))


def below(lines: list[str]) -> Iterator[str]:
    """The short lines at the end of a text, what stands at its head left out."""
    return (line for line in lines[max(HEAD, len(lines) - TAIL):] if len(line) <= LINE)


def reports_for_others(outlet: str, language: str) -> bool:
    """Whether an outlet is listed as one that reports, or calls itself a paper or agency, or one for news.

    >>> reports_for_others("Fen News Service", "en"), reports_for_others("Fen Fire Service", "en"), reports_for_others("Fabrikkurier", "de")
    (True, False, True)
    """
    listed = outlet_by_name(outlet)
    if listed:
        return listed.kind not in ("official", "press_release")
    known = lexicon(language).pattern("sources", "outlet").search(outlet.casefold()) or roles("reporting").search(outlet)
    return bool(known) or any(word.endswith(tuple(table()["reporting"])) for word in re.findall(r"\w{6,}", outlet.casefold()))
