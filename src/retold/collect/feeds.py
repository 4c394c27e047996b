"""Feeds (RSS, Atom), lists of feeds (OPML) and sitemaps: where articles are announced.

Nothing in them is trusted: no entity is expanded, nothing outside is loaded, and only web addresses are handed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from retold.base.errors import MalformedError, RefusedError, RetoldError, TooLargeError
from retold.collect.places import printable
from retold.collect.settings import MEGABYTE
from retold.lexicons.dates import to_iso

Kind = Literal["feed", "opml", "sitemap", "index", ""]
LARGEST_FEED = 10 * MEGABYTE
LARGEST_SITEMAP = 50 * MEGABYTE  # sitemaps.org: 50 MB unpacked, 50,000 addresses
MOST_ENTRIES = 5_000  # of a feed or a list of feeds
MOST_ADDRESSES = 50_000  # of a sitemap
LONGEST = 2_000  # characters of an address or a title
DEEPEST = 50  # outlines within outlines
HEAD = 4096  # bytes looked at
LARGEST_HEAD = 1_000_000  # bytes in which declarations are looked for; the parser expands none wherever they stand
ROOTS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]"), "feed"),
    (re.compile(rb"<opml[\s>]", re.IGNORECASE), "opml"),
    (re.compile(rb"<(?:\w+:)?sitemapindex[\s>]"), "index"),
    (re.compile(rb"<(?:\w+:)?urlset[\s>]"), "sitemap"),
)
FIELDS = {  # what entries call what we look for: RSS 0.9 to 2.0, RSS 1.0 with Dublin Core, Atom
    "link": "url",
    "guid": "url",
    "title": "title",
    "pubdate": "published",
    "date": "published",
    "published": "published",
    "issued": "published",
    "updated": "updated",
    "modified": "updated",
    "author": "author",
    "creator": "author",
    "description": "content",
    "summary": "content",
    "content": "content",
    "encoded": "content",
}
ENTITY = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)  # declarations of one's own; nothing that announces articles has any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that is announced: its address, and what is said of it ("" where nothing is)."""

    url: str
    title: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed or sitemap: its title, its entries, the further feeds or sitemaps that it lists, and what in it cannot be used."""

    title: str
    entries: tuple[Entry, ...] = ()
    further: tuple[str, ...] = ()
    errors: tuple[RetoldError, ...] = ()


def kind_of(data: bytes) -> Kind:
    """What kind of list the bytes are; "" for none.

    >>> kind_of(b'<?xml version="1.0"?><rss version="2.0">'), kind_of(b"<html>")
    ('feed', '')
    """
    head = data[:HEAD].decode("utf-16", "replace").encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data[:HEAD]
    head = re.sub(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", b"", head, flags=re.DOTALL)
    first = re.search(rb"<(?!!)", head)
    return next((kind for pattern, kind in ROOTS if first and pattern.match(head, first.start())), "")


def read_list(data: bytes, place: str) -> Feed:
    """A feed, list of feeds or sitemap.

    Raises:
        MalformedError: it is none, or broken, or defines entities.
        TooLargeError: it is beyond a limit.
    """
    kind = kind_of(data)
    limit = LARGEST_SITEMAP if kind in ("sitemap", "index") else LARGEST_FEED
    if len(data) > limit:
        raise TooLargeError(expected=f"at most {limit:,} bytes", found=f"{len(data):,}", where=place, advice="leave it out")
    if ENTITY.search(data[:LARGEST_HEAD]):
        raise MalformedError(expected="a feed", found="one that defines entities, which could grow without end", where=place,
                             advice="leave it out")
    if kind == "feed":
        return read_feed(data, place)
    if kind == "opml":
        return read_opml(data, place)
    if kind in ("sitemap", "index"):
        return read_sitemap(data, place)
    raise MalformedError(expected="a feed, a list of feeds or a sitemap", found="something else", where=place, advice="leave it out")


def read_feed(data: bytes, place: str) -> Feed:
    """RSS in any version, or Atom. What is broken in it is passed over, as readers of feeds do."""
    entries: list[Entry] = []
    errors: list[RetoldError] = []
    title = ""
    for element in elements(data, place, "item", "entry", "title", mend=True):
        if local_name(element) == "title":
            title = title or words(plain(element)) if not entries and not within_entry(element) else title
            continue
        try:
            entries.append(entry_of(element, place))
        except RetoldError as error:
            errors.append(error)
        if len(entries) + len(errors) >= MOST_ENTRIES:
            break
    return Feed(title=title, entries=tuple(entries), errors=tuple(errors))


def entry_of(element: Any, place: str) -> Entry:
    """An entry of a feed.

    Raises:
        RefusedError: its address is none that we fetch.
    """
    said: dict[str, str] = {}
    links: list[str] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, value = FIELDS.get(local_name(child).lower(), ""), plain(child).strip()
        if name == "url":
            links += link_of(child, value)
        elif (name and value and name not in said) or (name == "content" and len(value) > len(said.get("content", ""))):
            said[name] = value
    title, author = words(said.get("title")), words(said.get("author"))
    return Entry(url=web_address(next(iter(links), ""), place), title=title, author=author, content=said.get("content", ""),
                 published=when(said.get("published")), updated=when(said.get("updated")))


def link_of(element: Any, value: str) -> list[str]:
    """The address in a link or guid, none where it leads to something else than the article."""
    if local_name(element).lower() == "guid":
        return [value] if (element.get("isPermaLink") or "true").lower() == "true" and value.startswith(("http://", "https://")) else []
    if element.get("href") and (element.get("rel") or "alternate") != "alternate":
        return []
    return [found] if (found := element.get("href") or value) else []


def within_entry(element: Any) -> bool:
    """Whether an element is a part of an entry."""
    return any(isinstance(e.tag, str) and local_name(e) in ("item", "entry") for e in element.iterancestors())


def plain(element: Any) -> str:
    """The text of an element with all that is in it; markup inside (Atom's XHTML) stays markup."""
    from lxml import etree

    inner = "".join(etree.tostring(child, encoding="unicode") for child in element if local_name(child).lower() == "div")
    return inner or "".join(element.itertext())


def read_opml(data: bytes, place: str) -> Feed:
    """A list of feeds."""
    further: dict[str, None] = {}
    errors: list[RetoldError] = []
    for element in elements(data, place, "outline"):
        url = next((value for name, value in element.attrib.items() if name.lower() == "xmlurl"), "")
        try:
            if url and len(further) < MOST_ENTRIES:
                further[web_address(url, place)] = None
        except RetoldError as error:
            errors.append(error)
    return Feed(title="", further=tuple(further), errors=tuple(errors))


def read_sitemap(data: bytes, place: str) -> Feed:
    """A sitemap, or an index of sitemaps."""
    entries: list[Entry] = []
    further: list[str] = []
    errors: list[RetoldError] = []
    for element in elements(data, place, "url", "sitemap"):
        said = {local_name(child): (child.text or "").strip() for child in element.iter() if isinstance(child.tag, str)}
        try:
            url = web_address(said.get("loc", ""), place)
        except RetoldError as error:
            errors.append(error)
            continue
        if local_name(element) == "sitemap":
            further.append(url)
        else:
            entries.append(Entry(url=url, title=words(said.get("title")), published=when(said.get("publication_date")),
                                 updated=when(said.get("lastmod"))))
        if len(entries) + len(further) >= MOST_ADDRESSES:
            break
    return Feed(title="", entries=tuple(entries), further=tuple(further), errors=tuple(errors))


def elements(data: bytes, place: str, *names: str, mend: bool = False) -> Iterator[Any]:
    """The elements with these names, as they are read: nothing is expanded, nothing loaded, and no more than one is held.

    Args:
        data: the XML.
        place: where it comes from, for errors.
        names: without namespace; an outline is given when it begins, all others when they are complete.
        mend: pass over what is broken.

    Raises:
        MalformedError: it is no XML, or nested too deep.
    """
    from lxml import etree

    depth = 0
    try:
        for event, element in etree.iterparse(BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True,
                                              load_dtd=False, huge_tree=False, recover=mend):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise MalformedError(expected=f"at most {DEEPEST} elements within each other", found="more", where=place,
                                     advice="leave it out")
            name = local_name(element) if isinstance(element.tag, str) else ""
            if name in names and event == ("start" if name == "outline" else "end"):
                yield element
                if name not in ("outline", "title"):
                    forget(element)
    except etree.XMLSyntaxError as error:
        raise MalformedError(expected="XML", found=f"something broken ({printable(str(error))[:100]})", where=place,
                             advice="check the address") from error


def forget(element: Any) -> None:
    """Give back the memory of an element and of those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def web_address(url: str, place: str) -> str:
    """An address that may be fetched, in full.

    Raises:
        RefusedError: it is none: javascript:, file:, data: and the like.
    """
    try:
        full = urljoin(place if place.startswith(("http://", "https://")) else "", str(url).strip())
        parts = urlsplit(full)
        if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and len(full) <= LONGEST and full.isprintable():
            return parts._replace(fragment="").geturl()
    except ValueError:
        pass
    raise RefusedError(expected="the web address of an article", found=printable(str(url))[:100] or "none", where=place,
                       advice="it was left out")


def words(value: object) -> str:
    """A title or name on one line."""
    return " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""


def when(value: object) -> str:
    """A date as ISO 8601; "" where it is none."""
    return to_iso(value) or "" if isinstance(value, str) else ""
