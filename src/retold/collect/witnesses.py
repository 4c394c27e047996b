"""What speaks for a page's title, outlet, author, date, language and address, and how sure each is.

The scores order the witnesses by how deliberate they are: structured data made for machines before meta tags before what is
merely shown; there is no labelled set of pages behind the figures. Witnesses that agree count together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from retold.base.tags import language_code
from retold.collect.drafts import FIELDS, Witness
from retold.lexicons.dates import to_iso

LONGEST_VALUE = 500  # characters of a title, name or address; longer ones are mistakes or attacks
LONGEST_JSON = 1_000_000  # characters of one JSON-LD block
MOST_NODES = 20_000  # objects and lists looked at in the JSON-LD of a page
ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|^Report)$")
SEPARATORS = r"\s+[|\-–—·•»/]\s+|\s*\|\s*|:\s+"

META: tuple[tuple[str, str, float], ...] = (  # name or property or itemprop of a meta element, what it speaks for, how sure
    ("og:title", "title", 0.85),
    ("twitter:title", "title", 0.75),
    ("dc.title", "title", 0.7),
    ("headline", "title", 0.8),
    ("parsely-title", "title", 0.8),
    ("og:site_name", "outlet", 0.9),
    ("application-name", "outlet", 0.7),
    ("publisher", "outlet", 0.6),
    ("dc.publisher", "outlet", 0.7),
    ("article:published_time", "published", 0.9),
    ("og:article:published_time", "published", 0.85),
    ("datepublished", "published", 0.9),
    ("parsely-pub-date", "published", 0.85),
    ("sailthru.date", "published", 0.8),
    ("dc.date.issued", "published", 0.8),
    ("dcterms.issued", "published", 0.8),
    ("dc.date", "published", 0.7),
    ("dcterms.created", "published", 0.7),
    ("publish_date", "published", 0.8),
    ("publishdate", "published", 0.8),
    ("publication_date", "published", 0.8),
    ("pubdate", "published", 0.8),
    ("date", "published", 0.7),
    ("author", "author", 0.8),
    ("parsely-author", "author", 0.8),
    ("article:author", "author", 0.7),
    ("dc.creator", "author", 0.7),
    ("og:locale", "language", 0.7),
    ("content-language", "language", 0.7),
    ("dc.language", "language", 0.7),
    ("og:url", "url", 0.8),
)


def witnesses_in(tree: Any, url: str | None) -> list[Witness]:
    """Everything in a page that speaks for its metadata, cleaned; values that cannot be right are left out."""
    found: list[Witness] = []
    for read in (from_json_ld, from_meta, from_markup):
        found.extend(clean(read(tree), url))
    found.extend(clean(from_page_title(tree, found), url))
    if url:
        found.extend(
            clean(
                [
                    Witness(field="outlet", value=host(url), method="host", score=0.3),
                    Witness(field="url", value=url, method="fetched", score=0.6),
                ],
                url,
            )
        )
    return found


def from_json_ld(tree: Any) -> Iterator[Witness]:
    """Structured data about an article (schema.org). Its first article counts: later ones are often teasers."""
    for block in tree.xpath("//script[@type='application/ld+json']")[:50]:
        for item in objects(block.text or ""):
            if ARTICLE_TYPES.search(type_of(item)):
                yield from from_article(item)
                return


def from_article(item: dict[str, Any]) -> Iterator[Witness]:
    """What a JSON-LD article says about itself."""
    wanted = (
        ("headline", "title", 0.95),
        ("publisher", "outlet", 0.9),
        ("datePublished", "published", 0.95),
        ("author", "author", 0.9),
        ("inLanguage", "language", 0.9),
        ("url", "url", 0.8),
    )
    for key, field, score in wanted:
        value = naming(item.get(key))
        if value:
            yield Witness(field=field, value=value, method="json-ld", score=score)


def type_of(item: dict[str, Any]) -> str:
    """The schema.org type of an object: the first that is an article's, when it has several."""
    types = item.get("@type")
    names = [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
    return next((name for name in names if ARTICLE_TYPES.search(name)), "")


def objects(block: str) -> Iterator[dict[str, Any]]:
    """All objects in a JSON text, outer before inner; none when it is broken."""
    if len(block) > LONGEST_JSON:
        return
    try:
        waiting = [json.loads(block, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_NODES):
        if not waiting:
            return
        item = waiting.pop(0) if len(waiting) < 100 else waiting.pop()
        if isinstance(item, dict):
            yield item
        inner = item.values() if isinstance(item, dict) else item
        waiting.extend(value for value in inner if isinstance(value, (dict, list))) if isinstance(item, (dict, list)) else None


def naming(value: Any) -> str:
    """A value as words: a string, the name of an object, or those of a list joined by commas; "" for anything else.

    >>> naming([{"@type": "Person", "name": "Ana Ruiz"}, "Li Wei"])
    'Ana Ruiz, Li Wei'
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        inner = value.get("name", value.get("alternateName"))
        return inner.strip() if isinstance(inner, str) else ""
    if isinstance(value, list):
        names = [naming(item) for item in value[:20] if not isinstance(item, list)]
        return ", ".join(dict.fromkeys(name for name in names if name))
    return ""


def from_meta(tree: Any) -> Iterator[Witness]:
    """The meta elements of a page; the first of a name counts, authors are gathered."""
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                said.setdefault(key, []).append(content)
    for key, field, score in META:
        if key in said:
            value = ", ".join(dict.fromkeys(v for v in said[key] if not is_address(v))) if field == "author" else said[key][0]
            yield Witness(field=field, value=value, method=f"meta {key}", score=score)


MARKUP: tuple[tuple[str, str, str, float], ...] = (  # XPath, what it speaks for, method, how sure
    ("string(/html/@lang)", "language", "html lang", 0.85),
    ("string(/html/@*[local-name()='xml:lang' or local-name()='lang'])", "language", "html lang", 0.85),
    ("string((//link[@rel='canonical'])[1]/@href)", "url", "canonical link", 0.95),
    ("string((//*[@itemprop='datePublished'])[1]/@datetime)", "published", "itemprop", 0.85),
    ("string((//article//time[@pubdate or contains(@class, 'publish')])[1]/@datetime)", "published", "time element", 0.75),
    ("string((//article//time | //header//time | //main//time)[1]/@datetime)", "published", "first time element", 0.6),
    ("string((//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(*)])[1])", "author", "itemprop", 0.75),
    ("string((//a[@rel='author'])[1])", "author", "author link", 0.7),
)


def from_markup(tree: Any) -> Iterator[Witness]:
    """What the markup of a page says beside its meta elements."""
    for path, field, method, score in MARKUP:
        value = str(tree.xpath(path))
        if value.strip():
            yield Witness(field=field, value=value, method=method, score=score)
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("(//article//h1 | //main//h1 | //h1)[position() <= 5]")]
    if len({h for h in headings if h}) == 1:
        yield Witness(field="title", value=next(h for h in headings if h), method="h1", score=0.75)


def from_page_title(tree: Any, known: Sequence[Witness]) -> Iterator[Witness]:
    """The title element: headline and outlet, told apart by what other witnesses say of either."""
    whole = " ".join(str(tree.xpath("string((//head//title | //title)[1])")).split())
    if not whole:
        return
    for headline in (w.value for w in known if w.field == "title"):
        rest = re.fullmatch(rf"(?:{SEPARATORS})(.{{2,60}})", whole.removeprefix(headline)) if whole.startswith(headline) else None
        if rest:
            yield Witness(field="title", value=headline, method="title element", score=0.6)
            yield Witness(field="outlet", value=re.split(SEPARATORS, rest.group(1))[-1].strip(), method="title suffix", score=0.6)
            return
    parts = re.split(r"\s+[|–—]\s+|\s+-\s+", whole)
    yield Witness(
        field="title",
        value=parts[0] if len(parts) > 1 and len(parts[0]) > len(parts[-1]) else whole,
        method="title element",
        score=0.5,
    )
    if len(parts) > 1 and len(parts[-1]) <= 40 and len(parts[0]) > len(parts[-1]):
        yield Witness(field="outlet", value=parts[-1], method="title suffix", score=0.4)


def clean(witnesses: Iterable[Witness], url: str | None) -> Iterator[Witness]:
    """Witnesses whose values can be right, each in its usual form."""
    for witness in witnesses:
        value = CLEANERS[witness.field](" ".join(witness.value.split()), url)
        if value and len(value) <= LONGEST_VALUE:
            yield Witness(field=witness.field, value=value, method=witness.method, score=witness.score)


def clean_url(value: str, url: str | None) -> str:
    """A web address in full, without its fragment or credentials; "" when it is none."""
    try:
        parts = urlsplit(urljoin(url or "", value))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            return ""
        return parts._replace(fragment="").geturl()
    except ValueError:
        return ""


def clean_name(value: str) -> str:
    """A name; "" for an address or a social media handle."""
    return "" if is_address(value) or value.startswith("@") else value.strip(" |,;-–—")


def is_address(value: str) -> bool:
    """Whether a value is a web address instead of a name."""
    return value.lower().startswith(("http://", "https://", "//", "www."))


CLEANERS: dict[str, Callable[[str, str | None], str]] = {
    "title": lambda value, _: value,
    "outlet": lambda value, _: clean_name(value),
    "author": lambda value, _: clean_name(value),
    "published": lambda value, _: to_iso(value) or "",
    "language": lambda value, _: language_code(value),
    "url": clean_url,
}


def host(url: str) -> str:
    """The host of a web address, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def weigh(witnesses: Iterable[Witness]) -> list[Witness]:
    """One witness for each value that any spoke for: methods joined, scores combined as independent, the best of a field first.

    Dates of the same day are one value, the most precise.

    >>> [w] = weigh(Witness(field="title", value=v, method=m, score=0.5) for v, m in (("A", "h1"), ("a", "meta")))
    >>> w.value, w.method, w.score
    ('A', 'h1 + meta', 0.75)
    """
    groups: dict[tuple[str, str], list[Witness]] = {}
    for witness in witnesses:
        groups.setdefault((witness.field, sameness(witness)), []).append(witness)
    merged = [merge(group) for group in groups.values()]
    return sorted(merged, key=lambda w: (FIELDS.index(w.field), -w.score, w.value))


def sameness(witness: Witness) -> str:
    """What two values must share to be the same."""
    if witness.field == "published":
        return witness.value[:10]
    return " ".join(re.findall(r"\w+", witness.value.casefold())) or witness.value


def merge(group: Sequence[Witness]) -> Witness:
    """Witnesses that agree, as one."""
    best = max(group, key=lambda w: (len(w.value) if w.field == "published" else 0, w.score))
    doubt = 1.0
    for method in dict.fromkeys(w.method for w in group):
        doubt *= 1 - max(w.score for w in group if w.method == method)
    methods = " + ".join(dict.fromkeys(w.method for w in group))
    return Witness(field=best.field, value=best.value, method=methods, score=round(min(1 - doubt, 0.99), 4))
