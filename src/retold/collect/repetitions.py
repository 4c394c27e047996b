"""Lines that come again on the pages of one outlet: menus, notes and teasers that no phrase list knows.

Two pages that share most of their long lines are one article (a version, a reprint) and count once. What comes again is only said
here, as metadata of the field `repeated`; `retold.divide` weighs it with what else a line shows.

Source: the idea of Bar-Yossef and Rajagopalan 2002, "Template Detection via Data Mining and its Applications", section 3: what
stands on several pages of a site is its template. Theirs are shingles of blocks of HTML, ours whole lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from retold.base.records import Article, Metadata, make_id

FIELD = "repeated"
METHOD = "repetitions-1"
LINE = re.compile(r"[^\r\n]+")
SHORTEST, LONGEST = 3, 600  # code points of a line that is compared
PROSE = 80  # code points from which a line tells one article from another
SAME = 0.6  # share of the smaller page's long lines from which two pages are one article
MOST_PAGES = 400  # of an outlet that are compared with each other: more say no more

Lines = dict[str, tuple[int, int]]


def find_repetitions(articles: Iterable[Article]) -> Iterator[Metadata]:
    """One row a line that stands on other pages of the same outlet; `value` is on how many."""
    houses: dict[str, list[Article]] = {}
    for article in articles:
        house = (article.outlet or urlsplit(article.url or "").hostname or "").casefold()
        if house:
            houses.setdefault(house, []).append(article)
    for _, pages in sorted(houses.items()):
        if len(pages) > 1:
            yield from compare_pages(sorted(pages, key=lambda a: a.id)[:MOST_PAGES])


def compare_pages(pages: list[Article]) -> Iterator[Metadata]:
    """The lines that the pages of one outlet share."""
    lines = [lines_of(page.text) for page in pages]
    families = families_of(lines)
    bearers: dict[str, set[int]] = {}
    for family, own in zip(families, lines, strict=True):
        for plain in own:
            bearers.setdefault(plain, set()).add(family)
    for page, own in zip(pages, lines, strict=True):
        for plain, (start, end) in own.items():
            others = len(bearers[plain]) - 1
            if others:
                yield Metadata(id=make_id("m", page.id, FIELD, start, end), article=page.id, field=FIELD, value=str(others),
                               method=METHOD, score=1.0, start=start, end=end)


def lines_of(text: str) -> Lines:
    """Each line once, folded, with where it first stands."""
    found: Lines = {}
    for match in LINE.finditer(text):
        line = match.group().strip()
        if SHORTEST <= len(line) <= LONGEST:
            start = match.start() + match.group().index(line)
            found.setdefault(" ".join(line.casefold().split()), (start, start + len(line)))
    return found


def families_of(pages: list[Lines]) -> list[int]:
    """For each page the number of the first page that is the same article."""
    bodies = [frozenset(plain for plain in page if len(plain) >= PROSE) for page in pages]
    first: list[int] = []
    for number, body in enumerate(bodies):
        same = (k for k in range(number) if first[k] == k and len(body & bodies[k]) >= SAME * max(1, min(len(body), len(bodies[k]))))
        first.append(next(same, number))
    return first
