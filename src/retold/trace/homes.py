"""Where a source is at home: in an article of the collection that it published or wrote, or outside, where it has a firm name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retold.base.hanzi import HAN_KANA
from retold.base.records import Attribution, Name, Span
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_name
from retold.trace.namings import SEVERAL, in_headline
from retold.trace.offices import WORD, leading, office
from retold.trace.ownmarks import written_at
from retold.trace.publishers import ADDRESS, nameless, same_publisher, telling
from retold.trace.register import Register, brought_out, published_by
from retold.trace.roles import roles, table
from retold.trace.unnamed import hangs
from retold.trace.wholenames import without_article

REACH = 3  # words of what an office is called before its place
WHOLE = 2  # signs of a person's whole name where words are not spaced: "方敏"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a source is called and what it is, with the names that stand for it; `outlet`: where it is one."""

    label: str
    kind: str
    entity: str
    outlet: str | None
    names: tuple[Name, ...]


def home_of(row: Attribution, span: Span, called: Called, register: Register) -> str | None:
    """The article of the collection that a source published or wrote; None where it is outside."""
    label, name = called.label, called.names[0] if called.names else None
    text, reports = register.articles[row.article].text, called.kind in ("outlet", "agency")
    same = [n.text for n in called.names if n.entity == called.entity]
    news = [f"news {form}" for form in same] if reports else []  # "the agency Saikai": "Saikai" alone is a place
    words = " ".join(text[span[0]:span[1]].split())
    looked = "outlet" if name and name.kind == "thing" else called.kind
    home = next((h for n in (label, name.text if name else "", *same, words, *news) if (h := published_by(n, register, row.article, looked))
                 and (n != label or called.outlet or label in same or spoken_for(name, register) or borne(label, name, h, register))), None)
    if home and called.kind == "place" and only_place(label, home, register):
        home = None
    if not home and reports:
        places = {span[0], *(n.start for n in called.names if n.entity == called.entity)}
        home = next((h for at in sorted(places) for h in written_at(text, at, register.publishers) if h != row.article), None)
    return home or (brought_out(called.entity, register, row.article, called.kind)
                    if called.kind != "place" and not unnamed(row, register) else None)


def counts(row: Attribution, span: Span, called: Called, register: Register) -> bool:
    """Whether a source that is outside the collection is one: another outlet than the article's own that has a name, or a firm name."""
    label, name = called.label, called.names[0] if called.names else None
    unnamed_wires = row.kind == "credit" and label.islower() and " " in label  # "with wire reports"
    publisher = register.publishers.get(row.article)
    if called.kind in ("outlet", "agency") and (
            same_publisher(label, publisher) or nameless(label) or unnamed_wires or media_at_large(label)):
        return False
    return bool(label) and (spoken_for(name, register) or solid(
        label, called.kind, called.entity, in_headline(span, register, row.article), register))


def media_at_large(label: str) -> bool:
    """Whether a name in Chinese or Japanese says no more than that several media report.

    >>> media_at_large("綜合內地傳媒"), media_at_large("海外メディア"), media_at_large("新榆传媒")
    (True, True, False)
    """
    noun = next((w for w in table()["media"] if HAN_KANA.search(w) and label.endswith(w)), "")
    rest = label.removesuffix(noun)
    return bool(noun) and (not rest or bool(re.fullmatch("(?:" + "|".join(map(re.escape, table()["at_large"])) + ")*", rest)))


def borne(label: str, name: Name | None, home: str, register: Register) -> bool:
    """Whether a name leads to the article that what its entity is called leads to: it does so itself, or is in another language.

    Two that were taken for one must not make an outlet of a person or town ("Washington", the Washington Times).
    """
    if name is None or (register.languages.get(name.article, ""), label) not in register.written:
        return True
    site = ADDRESS.fullmatch(register.publishers.get(home, ""))
    return same_publisher(name.text, register.publishers.get(home) if site else label) or (
        not site and bool(telling(name.text) & telling(label)))


def only_place(label: str, home: str, register: Register) -> bool:
    """Whether the name of a place is only a part of what the outlet of an article is called: "the court in Elm" is not the Elm Post."""
    return fold(label) != fold(register.publishers.get(home, ""))


def spoken_for(name: Name | None, register: Register) -> bool:
    """Whether somebody with a name speaks for the body that a statement leads to: then the body is one, however short it is called."""
    return name is not None and name.entity in register.bodies


def unnamed(row: Attribution, register: Register) -> bool:
    """Whether a source is somebody without a name who does not speak for a body."""
    text = register.articles[row.article].text
    return row.anonymous and row.source_kind == "anonymous" and not roles("spokespeople").search(text, *row.source[0])


def solid(label: str, kind: str, entity: str, headline: bool, register: Register) -> bool:
    """Whether a name is firm enough to be a source that is not there.

    It is when it is listed, has several words (or signs, where words are not spaced), is an acronym, stands as an outlet outside a
    headline, or is known to several articles. A person is known by the longest form of the name.
    """
    if kind in ("place", "thing"):
        return False
    forms = {label, *(register.forms.get(entity, ()) if kind == "person" else ())}
    signs = WHOLE if kind == "person" else SEVERAL
    firm = any(len(re.findall(r"[^\W\d_]{2,}", f)) > 1 or len(HAN_KANA.findall(f)) >= signs for f in forms)
    firm = firm or (label.isupper() and len(label) > 1) or label.casefold() in outlet_by_name()
    if firm or kind == "anonymous" or (kind == "organisation" and any(office(label, code) for code in set(register.languages.values()))):
        return True
    if kind in ("outlet", "agency"):
        return not headline
    return len({article for article, rows in register.names.items() if any(n.entity == entity for n in rows)}) > 1


def body_there(name: Name, span: Span, text: str, language: str) -> str:
    """What to call an office that only its place is named of: "prosecutors in Elm"; "" where the name is no place behind one."""
    words = text[span[0]:name.end]
    if name.kind == "organisation" or " " in name.text or name.start <= span[0] or not hangs(name, span, text, language) or (
            leading().search(words)):
        return ""
    before = without_article(text[span[0]:name.start])
    return without_article(words) if office(before, language) and len(WORD.findall(before)) <= REACH else ""
