"""Which page an article is: the same page seen twice is one article, however its address is written.

An address that a page claims for itself counts only where it leads to the host that the page came from: otherwise any page could
pass for a new version of another outlet's article.
"""

from __future__ import annotations

import re
from hashlib import blake2b, sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from retold.collect.drafts import Draft
from retold.collect.places import is_url

TRACKING = re.compile(  # parameters that say where a reader came from, never which article it is
    r"utm_\w+|mtm_\w+|pk_\w+|at_\w+|ns_\w+|[gfy]clid|fbclid|msclkid|dclid|twclid|igshid|mc_[ce]id|cmpid|cmp|ito|ref|ref_src|ref_url|"
    r"smid|smtyp|xtor|ocid|icid|s_cid|ncid|wt_mc|wtmc|_ga|_gl|spm|share|partner|amp|outputtype|rss|CMP", re.IGNORECASE,
)
SAME_SITE = ("www.", "m.", "mobile.", "amp.")  # names of one site for several kinds of readers
TAIL = re.compile(r"(?:/amp|/index\.(?:html?|php|aspx?))?/*$", re.IGNORECASE)
LONGEST_STEM = 40  # characters of a name that an id begins with


def canonical(url: str) -> str:
    """An address without what does not tell articles apart: scheme, www, tracking, order of parameters, fragment; "" for a front page.

    >>> canonical("https://www.Sandwick.example/ferry/?utm_source=x&id=7#top"), canonical("http://m.sandwick.example/ferry?id=7")
    ('sandwick.example/ferry?id=7', 'sandwick.example/ferry?id=7')
    >>> canonical("https://sandwick.example/")
    ''
    """
    try:
        parts = urlsplit(url.strip())
        host = site_of(url)
    except ValueError:
        return ""
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1000) if not TRACKING.fullmatch(k))
    path = TAIL.sub("", parts.path)
    if parts.scheme not in ("http", "https") or not host or not (path or kept):
        return ""
    return f"{host}{path}{'?' + urlencode(kept) if kept else ''}"


def site_of(url: str) -> str:
    """The host of an address with its port, without www and the like.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    for prefix in SAME_SITE:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
            break
    return f"{host}:{parts.port}" if parts.port not in (None, 80, 443) else host


def same_site(a: str, b: str) -> bool:
    """Whether two addresses lead to one host."""
    try:
        return site_of(a) == site_of(b)
    except ValueError:
        return False


def address_of(draft: Draft) -> str | None:
    """The address that a draft goes by: its own claim, unless it was fetched from another site."""
    fetched = next((w.value for w in draft.witnesses if w.field == "url" and "fetched" in w.method.split(" + ")), None)
    fetched = fetched or (draft.place if is_url(draft.place) else None)
    return fetched if fetched and draft.url and not same_site(fetched, draft.url) else draft.url or fetched


def page_key(draft: Draft) -> str:
    """What makes two drafts the same page: the address; without one the id given in a file of that name; without that the place.

    A page without an address that is found with the same content in another place is the same article all the same (`own_id`).
    """
    url = canonical(address_of(draft) or "")
    if url:
        return f"url:{url}"
    if draft.given:
        return f"id:{draft.stem}:{draft.given}"
    return f"place:{draft.place}"


def own_id(draft: Draft, key: str) -> str:
    """An id that is the same on every machine: from the address, or where there is none from the content."""
    stem = re.sub(r"[^\w.-]+", "-", draft.stem)[:LONGEST_STEM].strip("-.") or "article"
    of = key if not key.startswith("place:") else "\x1f".join(("content", draft.stem, str(draft.line), content_mark(draft)))
    return f"{stem}-{blake2b(of.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"


def content_mark(draft: Draft) -> str:
    """What two versions share when nothing was changed: the words of title and text, whatever the white space between them."""
    words = f"{' '.join(draft.title.split())}\x1f{' '.join(draft.text.split())}"
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
