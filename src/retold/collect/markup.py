"""HTML as a tree, made safe first: pages are hostile until shown otherwise."""

from __future__ import annotations

import codecs
import logging
import re
from typing import Any

from retold.base.errors import MalformedError, TooLargeError

# A whole tag as browsers see it; possessive, so that nothing is tried twice. An end of file inside a tag drops the tag.
TAG = re.compile(r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>=]++|=)*+>""")
TAG_START = re.compile(r"<[a-zA-Z]")
RAW = re.compile(r"<(script|style|svg|noscript|template|iframe|textarea|title)\b", re.IGNORECASE)
LONGEST_TAG = 4_000  # characters; parsing takes the square of a tag's attributes: 4,000 take 18 ms, 300,000 minutes
MOST_TAGS = 100_000  # 100,000 links take trafilatura 7 s; the largest front pages have about 10,000
XML_HEAD = re.compile(r"\s*<\?xml[^>]{0,500}>")
DOCTYPE = re.compile(r"\s*<!DOCTYPE\s[^>\[]{0,500}\[", re.IGNORECASE)
CHARSETS = (
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE),
    re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE),
)


def declared_charset(data: bytes) -> str:
    """The encoding that a page claims in its first 4,096 bytes; "" when none.

    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
    'windows-1251'
    """
    for pattern in CHARSETS:
        found = pattern.search(data[:4096])
        if found:
            name = found.group(1).decode("ascii")
            return name if is_text_codec(name) else ""
    return ""


def is_text_codec(name: str) -> bool:
    """Whether Python knows an encoding by that name."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def tamed(html: str, place: str) -> str:
    """A page without what makes parsers slow: oversized tags lose their attributes, declarations of entities go.

    Raises:
        TooLargeError: it has more than `MOST_TAGS` tags.
    """
    html = XML_HEAD.sub("", html.replace("\x00", "\ufffd").removeprefix("\ufeff"), count=1)
    if DOCTYPE.match(html):
        end = html.find("]>")
        html = html[end + 2 :] if end >= 0 else ""
    parts: list[str] = []
    position = tags = 0
    while (start := next_tag(html, position)) >= 0:
        tag = TAG.match(html, start)
        parts.append(html[position:start])
        if tag is None:
            return "".join(parts)
        parts.append(tag.group() if len(tag.group()) <= LONGEST_TAG else bare(tag.group()))
        position, tags = tag.end(), tags + 1
        if tags > MOST_TAGS:
            raise TooLargeError(
                expected=f"a page of at most {MOST_TAGS:,} tags",
                found="more",
                where=place,
                advice="save the article's text instead",
            )
    return "".join(parts) + html[position:]


def next_tag(html: str, position: int) -> int:
    """Where the next tag starts; -1 when none does."""
    found = TAG_START.search(html, position)
    return found.start() if found else -1


def bare(tag: str) -> str:
    """A tag without its attributes."""
    name = re.match(r"<[a-zA-Z][\w:-]{0,30}", tag)
    return f"{name.group()}>" if name else "<span>"


def parsed(html: str, place: str) -> Any:
    """The tree (lxml) of a page.

    Raises:
        MalformedError: nothing can be made of it.
        TooLargeError: it has more than `MOST_TAGS` tags.
    """
    import lxml.etree
    import lxml.html

    for library in ("trafilatura", "htmldate"):  # they say on standard error what we say in `failures`
        logging.getLogger(library).setLevel(logging.CRITICAL)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, collect_ids=False)
    data = tamed(html, place).encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, RecursionError, AssertionError) as error:
        raise MalformedError(
            expected="a web page", found="markup that cannot be read", where=place, advice="save the page again, or save its text"
        ) from error
    return tree
