"""The article in a web page."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retold.base.errors import EmptyError, MalformedError, RetoldError
from retold.base.models import Models, Page
from retold.collect.drafts import FIELDS, Draft, Source, Witness, check_text, refuse_surrogates
from retold.collect.encodings import decode
from retold.collect.markup import declared_charset, parsed
from retold.collect.settings import CollectSettings
from retold.collect.witnesses import clean, weigh, witnesses_in

LEAST = 100  # bytes in UTF-8 (33 characters of Chinese); what is left of a page without an article, as a menu, is mostly shorter
SHORTEST_LINK = 4  # characters; shorter ones stand inside other words
LONGEST_MENU = 20_000  # characters; no menu is longer, and looking for every link would take seconds
MOST_LINKS = 2_000
EARLIEST, LATEST = "1995-01-01", "2100-01-01"  # fixed, so that a page gives the same date whenever it is read
GIVEN_SCORE = 0.7  # for what an extractor says that does not say how sure it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page with all that speaks for its metadata, the best of each field first."""

    page: Page
    witnesses: tuple[Witness, ...]


class ArticleExtractor:
    """Main text by trafilatura (favouring precision), metadata by several witnesses, the date also by htmldate.

    Source: A. Barbaresi, Trafilatura (ACL 2021 demonstrations) and htmldate (JOSS 5(51), 2020). We differ in the metadata:
    every witness is kept with its score, and the date keeps its time and zone.
    """

    name = "trafilatura"

    def extract(self, html: str, url: str | None) -> Page:
        """The main text and metadata of a page; an empty text when there is no article in it.

        Raises:
            MalformedError: nothing can be made of the markup.
            TooLargeError: the page has too many tags.
        """
        return self.read(html, url).page

    def read(self, html: str, url: str | None) -> Reading:
        """Like `extract`, with the witnesses of the metadata."""
        tree = parsed(html, url or "")
        witnesses = weigh([*witnesses_in(tree, url), *clean(dated(tree, url), url)])
        text = main_text(tree)
        best = {witness.field: witness.value for witness in reversed(witnesses)}
        best["title"] = without_outlet(best.get("title", ""), [w.value for w in witnesses if w.field == "outlet"])
        return Reading(page=Page(text=text, **best), witnesses=tuple(witnesses))


def main_text(tree: Any) -> str:
    """The article's paragraphs, one a line; "" when what is there is too little for one."""
    from trafilatura import bare_extraction

    found = bare_extraction(copy.deepcopy(tree), favor_precision=True, include_comments=False, with_metadata=False)
    text = (getattr(found, "text", None) or "").strip()
    return text if len(unlinked(text, tree).encode("utf-8", "replace")) >= LEAST else ""


def unlinked(text: str, tree: Any) -> str:
    """What is left of a text without the words of the page's links: of a front page or a menu next to nothing."""
    if len(text) > LONGEST_MENU:
        return text
    links = {" ".join(link.text_content().split()) for link in tree.xpath("//a[@href]")}
    for link in sorted(links, key=lambda link: (-len(link), link))[:MOST_LINKS]:
        text = text.replace(link, "") if len(link) >= SHORTEST_LINK else text
    return " ".join(text.split())


def dated(tree: Any, url: str | None) -> Iterator[Witness]:
    """The date that htmldate finds, from markup, address or text."""
    from htmldate import find_date

    found = find_date(copy.deepcopy(tree), original_date=True, url=url, min_date=EARLIEST, max_date=LATEST)
    if found and not found.endswith("-01-01"):  # that is a year somewhere in the text ("opened in 1998"), not a day
        yield Witness(field="published", value=found, method="htmldate", score=0.6)


def without_outlet(title: str, outlets: Sequence[str]) -> str:
    """A title without the outlet's name behind it.

    >>> without_outlet("Ferry runs aground | Sandwick News", ["Sandwick News"])
    'Ferry runs aground'
    """
    for outlet in outlets:
        found = re.fullmatch(rf"(.+?)\s*[|\-–—·•»:]\s*{re.escape(outlet)}", title, re.IGNORECASE)
        if found:
            return found.group(1)
    return title


def read_page(source: Source, stem: str, *, models: Models, settings: CollectSettings) -> Iterator[Draft | RetoldError]:
    """The article of a saved or fetched page.

    Raises:
        EmptyError: there is no article in it.
        EncodingError: its bytes are no text.
        MalformedError: nothing can be made of it.
        TooLargeError: it is beyond a limit.
    """
    html = decode(source.data, place=source.place, declared=source.charset or declared_charset(source.data))
    yield page_draft(html.text, place=source.place, stem=stem, url=source.url, models=models, settings=settings)


def page_draft(html: str, *, place: str, stem: str, url: str | None, models: Models, settings: CollectSettings) -> Draft:
    """A page as a draft: its headline on the first line, so that it has a place in the text.

    Raises:
        EmptyError: there is no article in it.
        MalformedError: nothing can be made of it.
        TooLargeError: it is beyond a limit.
    """
    extractor = models.get("extractor")
    reading = read_with(extractor, html, url, place)
    page = reading.page
    if not page.text.strip():
        raise EmptyError(
            expected="an article",
            found="a page without one",
            where=place,
            advice="save its text in a .txt file if there is an article on it",
        )
    text = check_text(headed(page.title, page.text), place, settings)
    best = {field: getattr(page, field) for field in FIELDS}
    refuse_surrogates((value for value in best.values() if value), place)
    return Draft(text=text, place=place, stem=stem, method=f"page: {extractor.name}", witnesses=reading.witnesses, **best)


def read_with(extractor: Any, html: str, url: str | None, place: str) -> Reading:
    """What an extractor makes of a page; whatever it raises, it is the page that is at fault.

    Raises:
        MalformedError: the extractor gave up.
        TooLargeError: the page is beyond a limit.
    """
    try:
        if hasattr(extractor, "read"):
            reading: Reading = extractor.read(html, url)
            return reading
        page = extractor.extract(html, url)
    except RetoldError as error:
        raise type(error)(expected=error.expected, found=error.found, where=place, advice=error.advice) from error
    except Exception as error:
        raise MalformedError(
            expected="a web page",
            found=f"one that {extractor.name} cannot read ({type(error).__name__})",
            where=place,
            advice="save its text in a .txt file",
        ) from error
    said = ((field, getattr(page, field)) for field in FIELDS)
    return Reading(
        page=page, witnesses=tuple(Witness(field=f, value=v, method=extractor.name, score=GIVEN_SCORE) for f, v in said if v)
    )


def headed(title: str, text: str) -> str:
    """The text with its title on the first line; unchanged where it is there already.

    >>> headed("Ferry aground", "A ferry ran aground.")
    'Ferry aground\\n\\nA ferry ran aground.'
    """
    first = text.lstrip().partition("\n")[0]
    if not title.strip() or words(first) == words(title):
        return text
    return f"{title}\n\n{text}"


def words(line: str) -> list[str]:
    """The words of a line, blind to case and punctuation."""
    return re.findall(r"\w+", line.casefold())
