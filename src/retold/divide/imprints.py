"""Imprints: which outlet a page's own lines name.

Leads are collected from mastheads, menus, date lines, bylines, addresses, copyright lines, what stands around the article, and an
agency's mark, each with a weight; leads to one name are added. The weights are set by hand, by what each means alone: two weak leads
or one masthead over a menu are enough (`ENOUGH`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from retold.divide.lines import Line, fold
from retold.divide.marks import marks, source_marks
from retold.divide.menus import SEPARATOR
from retold.divide.outletlike import WORD, has_outlet_noun, is_furniture, is_listed, may_name, outlet_nouns, runs, squeeze
from retold.divide.passages import Label, calendar, time_words
from retold.lexicons import lexicon
from retold.lexicons.dates import written_dates
from retold.lexicons.functionwords import function_words
from retold.lexicons.outlets import outlet_by_domain

ENOUGH = 2.0
AHEAD = 0.5  # by which the best name must lead
LONGEST_AROUND = 40  # words of a line around the article that may name the outlet
FOOT = 3  # lines at the end among which a copyright line stands
HEAD = 6  # lines among which a masthead stands
SHORT = 4  # words of a line that is a name and was taken for a paragraph
STEM = 5  # letters by which a word of a headline is found again in the story
LEAST_HOST = 7  # letters of a host that a longer name is known by
SHORTEST_PART = 4  # letters of a name that may stand for a longer one that has it
AROUND = frozenset({"follow us", "subscription", "house promotion", "legal line", "contact line", "comments", "also read", "menu",
                    "cookie notice", "reader feedback", "author box", "motto", "programme note", "unrelated line", "text"})
WEAK = frozenset({"also read", "menu", "text"})  # kinds of line that name much else besides the outlet
COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright\b|COPYRIGHT\b)[\s:©]*(?:\d{4}(?:\s?[-–]\s?\d{4})?[\s,]*)?(?:by\s+)?([^\d.,;|©。/]{2,60})"
)
QUOTED = re.compile(r"[“«„「『《]([^“”«»„「」『』《》]{2,50})[”»“」』》]")
SITE = re.compile(r"(?:[\w.+-]+@|https?://|\bwww\.)((?:[\w-]+\.)+[a-z]{2,10})", re.IGNORECASE)
MARKED = re.compile(r"[ \t]*[^\n()（）.!?]{0,60}[(（]([^\W\d_][\w.&-]{1,14}(?:\s[A-Z][\w&-]{1,12})?)[)）]\s{0,2}(?:\.?\s?[-–—:：]|$)")
ODD = re.compile(r"\w\d{1,3}$|[^\W\d_]{2}[A-Z]|^The\s")  # what people are not called: "Lagepunkt24", "WetterTicker", "The Low Fell"
SIGNED_FOR = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,2},\s[“«„「『《]([^“”«»„「」『』《》]{2,40})[”»“」』》]")
PAIRED = (("«", "»"), ("„", "“”"), ("(", ")"), ("[", "]"))
EDGE = " \t|/·•–—-,:;.()[]«»“”„\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One thing that speaks for a name: how much, in which line (by its start) it stands, and whether it is the name of a host."""

    name: str
    weight: float
    start: int
    end: int
    line: int
    host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The outlet that a page names, where, and how sure that is (0 to 1)."""

    name: str
    start: int
    end: int
    score: float


def printed_outlet(lines: Sequence[tuple[Line, Label]], language: str) -> Imprint | None:
    """The outlet that the lines of an article, each with its label, name as theirs; None where that stays in doubt."""
    leads = [*mastheads(lines, language), *with_mottos(lines[:HEAD], language), *desks(lines, language)]
    leads += [*around(lines, language), *addresses(lines, language)]
    leads += agency_marks(lines, language, alone=not leads)
    ranked = weigh(leads)
    if not ranked or ranked[0][0] < ENOUGH or (len(ranked) > 1 and ranked[0][0] < ranked[1][0] + AHEAD):
        return None
    weight, named = ranked[0]
    hosts = {squeeze(lead.name) for lead in named if lead.host}
    named = [lead for lead in named if squeeze(lead.name) in hosts and not lead.host] or named
    best = max(named, key=lambda lead: (" " in lead.name, not lead.name.isupper(), lead.weight, len(lead.name), -lead.start))
    return Imprint(name=best.name, start=best.start, end=best.end, score=round(1 - exp(-weight / 2), 2))


def trimmed(name: str) -> str:
    """A name without what stands around it; marks that belong to a part of it stay in pairs.

    >>> trimmed("«Северный берег»,"), trimmed("Портал «Северный берег»"), trimmed("„Nordbote“ am Abend")
    ('Северный берег', 'Портал «Северный берег»', '„Nordbote“ am Abend')
    """
    bare = name.strip(EDGE)
    for opening, closing in PAIRED:
        opened = sum(bare.count(mark) for mark in opening) - sum(bare.count(mark) for mark in closing)
        if opened:
            start = name.find(bare)
            before, behind = name[start - 1 : start], name[start + len(bare) : start + len(bare) + 1]
            bare = bare + behind if opened > 0 and behind and behind in closing else bare
            bare = before + bare if opened < 0 and before and before in opening else bare
    return bare


def weigh(leads: Sequence[Lead]) -> list[tuple[float, list[Lead]]]:
    """The leads to each name with what they weigh together, the heaviest first. A line counts once for a name."""
    groups: dict[str, list[Lead]] = defaultdict(list)
    for lead in sorted(leads, key=lambda lead: -len(squeeze(lead.name))):
        key = squeeze(lead.name)
        home = next((k for k in groups if key == k or (len(key) >= SHORTEST_PART and key in k) or stands_for(lead.name, k)), key)
        groups[home].append(lead)
    totals = []
    for named in groups.values():
        best: dict[int, float] = {}
        for lead in named:
            best[lead.line] = max(best.get(lead.line, 0.0), lead.weight)
        totals.append((sum(best.values()) + bonus(named), named))
    return sorted(totals, key=lambda pair: (-pair[0], pair[1][0].start))


def stands_for(mark: str, key: str) -> bool:
    """Whether an agency's mark may stand for a name, given as its letters: it has the mark's letters in this order, the first first.

    >>> stands_for("SNW", "straitsnewswire"), stands_for("WNS", "straitsnewswire")
    (True, False)
    """
    if not (2 <= len(mark) <= 5 and mark.isupper() and len(key) > 2 * len(mark) and mark[0].casefold() == key[0]):
        return False
    rest = iter(key)
    return all(letter in rest for letter in mark.casefold())


def bonus(named: Sequence[Lead]) -> float:
    """What the best form of a name adds: a word for papers beside others, or a listed outlet."""
    return max(max(1.0 * has_outlet_noun(lead.name), 1.5 * is_listed(lead.name)) for lead in named)


# ---- where names stand --------------------------------------------------------------------------------------------


def mastheads(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """A short line at the head that is a name: over or under a menu, under the headline, or beside whom it has its material from."""
    body = next((i for i, (line, label) in enumerate(lines) if label.kind == "paragraph" and line.prose), len(lines))
    heads = lines[: min(body, HEAD)]
    telling = " ".join(line.plain for line, label in lines if label.kind == "paragraph")
    for i, (line, label) in enumerate(heads):
        if label.kind in ("headline", "subheading") or (label.kind == "paragraph" and line.size <= SHORT and not line.stopped):
            name, credited = before_credit(line.text, language)
            weight = masthead_weight(heads, i, name, credited=credited)
            if weight and may_name(name, language) and not tells_story(name, telling) and not signs(name, language):
                yield lead_at(line, name, weight)
        elif label.kind == "boilerplate" and label.reason in ("menu", "cookie notice", "house promotion"):
            yield from in_menu(line, language)


def masthead_weight(heads: Sequence[tuple[Line, Label]], at: int, name: str, *, credited: bool) -> float:
    """How much the place of a line says for its being a masthead."""
    if credited:
        return 2.5
    below = [is_menu(label, line) or label.reason == "motto" for line, label in heads[at + 1 : at + 3]]
    above = at > 0 and is_menu(heads[at - 1][1], heads[at - 1][0])
    alone = not any(label.kind == "headline" for _, label in heads[at + 1 :])  # then the line may be the headline
    if at == 0 and any(below):
        return 0.0 if alone and not (has_outlet_noun(name) or (name.isupper() and len(name.split()) <= SHORT)) else 2.5
    if any(below) or (above and name.isupper()):
        return 2.0
    return (1.0 if has_outlet_noun(name) or above else 0.5) if at else 0.0


def signs(name: str, language: str) -> bool:
    """Whether a line says who wrote the article, and is no outlet that opens so.

    >>> signs("Von unserem Korrespondenten Jan Roth", "de"), signs("Vonderau Bote", "de")
    (True, False)
    """
    return bool(source_marks(language, "byline").opening(Line(start=0, end=0, text=name))) and not is_listed(name)


def tells_story(name: str, telling: str) -> bool:
    """Whether the words of a line are words of the story, so that it is a headline: half of them stand there, not as this name."""
    own = [w for w in WORD.findall(fold(name)) if w not in function_words()]
    words = [w for w in own if w not in outlet_nouns()[0]]
    if own and (own[0] in outlet_nouns()[0] or own[-1] in outlet_nouns()[0]) and len(own) <= SHORT:
        return False
    if len(words) < 2 or fold(name) in telling:
        return False
    return 2 * sum(bool(re.search(rf"(?<!\w){re.escape(w[:STEM])}", telling)) for w in words) > len(words)


def is_menu(label: Label, line: Line) -> bool:
    """Whether a line is a row of sections, labelled so or not."""
    parts = [part for part in re.split(r"\s*[|/•·*]\s*|\s-\s| {2,}|\u3000", line.text) if part.strip()]
    return label.reason == "menu" or (len(parts) >= 3 and not line.stopped and max(len(p.split()) for p in parts) <= 3)


def before_credit(text: str, language: str) -> tuple[str, bool]:
    """What stands before a phrase that thanks somebody ("The Beacon, with files from …"), and whether one stands there."""
    plain = fold(text)
    for phrase in sorted(lexicon(language).words("sources", "agency_credit"), key=len, reverse=True):
        at = plain.find(fold(phrase))
        if " " in phrase and at > 2:
            return trimmed(text[:at]), True
    return text, False


def in_menu(line: Line, language: str) -> Iterator[Lead]:
    """The first piece of a menu, before what it says of itself."""
    pieces = [part for part in SEPARATOR.split(line.text) if part.strip()]
    name = trimmed(re.split(r"\s[–—-]\s|:\s", pieces[0])[0]) if len(pieces) > 2 else next(iter(runs(line.text, language)), "")
    section = marks(language, "navigation").opening(Line(start=0, end=0, text=name)) if name else None
    if not name or not may_name(name, language) or (section and not (has_outlet_noun(name) and len(section.phrase) < len(name))):
        return
    words = name.split()
    proper = [w for w in words if fold(w) not in function_words()]
    strange = len(words) > 1 and not any(is_furniture(w, language) for w in words)
    if not lexicon(language).cased or all(w[:1].isupper() for w in proper):
        yield lead_at(line, name, 2.0 if strange and len(pieces) > 2 else 1.0)


def desks(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """The outlet beside a date, or before a word for its staff: "Fell Gazette, 3 May 2025", "Gazette Newsroom"."""
    words = source_marks(language, "newsdesk")
    for line, label in lines:
        if label.kind not in ("dateline", "byline") or line.size > 20:
            continue
        text = line.text
        for date in list(written_dates(text))[:1]:
            text = text[: date.start] + "|" + text[date.end :]
        for part in re.split(r"\s*[|,/•·]\s*|\s[–—-]\s", text):
            plain = fold(part)
            desk = next((w for w in plain.split()[1:] if w in words.exact), "")
            name = trimmed(part[: plain.find(desk)]) if desk else trimmed(part)
            by = source_marks(language, "byline").opening(Line(start=0, end=0, text=name))
            name = trimmed(name[len(by.phrase):]) if by else name
            if desk and may_name(name, language):
                yield lead_at(line, name, 2.0)
            elif not desk and label.reason == "outlet and date" and may_name(name, language) and not is_time(name, language):
                yield lead_at(line, name, 2.0 if has_outlet_noun(name) else 1.0)
    yield from beside_dates(lines[:HEAD], language)


def beside_dates(heads: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """The outlet that opens a date line at the head, by what nobody is called: "Lagepunkt24 – 3 May 2025", "The Fell Ledger | Sunday"."""
    for line, label in heads:
        if label.kind != "dateline" or label.reason != "date line" or not list(written_dates(line.text)):
            continue
        name = trimmed(re.split(r"\s*[|,/•·]\s*|\s[–—-]\s", line.text)[0])
        if name[:1].isdigit() or list(written_dates(name)) or not may_name(name, language) or is_time(name, language):
            continue
        if tells_kind(name, language):
            continue
        if has_outlet_noun(name) or ODD.search(name):
            yield lead_at(line, name, 2.0)


def tells_kind(name: str, language: str) -> bool:
    """Whether words before a date say what the text is ("PRESS STATEMENT", "Communiqué de presse"), not whose."""
    words = fold(name).split()
    return not kinds_of_text(language).isdisjoint((" ".join(words), words[0], words[-1]))


@cache
def kinds_of_text(language: str) -> frozenset[str]:
    """The words for statements and reports, folded, that name no outlet."""
    return frozenset(fold(noun) for noun in lexicon(language).words("attribution", "statement_nouns") if noun not in outlet_nouns()[0])


def with_mottos(heads: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """The outlet in a line at the head before what it says it is ("Fell & Dale – a blog of the valley"), or in marks behind an author."""
    for n, (line, label) in enumerate(heads):
        if label.kind not in ("headline", "subheading") or line.stopped:
            continue
        name, dash, motto = line.text.partition(" – ")
        nouns = [w for w in WORD.findall(fold(motto)) if w in outlet_nouns()[0]]
        if dash and nouns and len(name.split()) <= SHORT and motto[:1].islower() + (not n) and may_name(trimmed(name), language):
            yield lead_at(line, trimmed(name), 2.0)
        signed = SIGNED_FOR.fullmatch(line.text.strip()) if n else None
        if signed and may_name(signed[1], language):
            yield lead_at(line, signed[1], 2.0)


def is_time(name: str, language: str) -> bool:
    """Whether all words of a name belong to dates."""
    return all(fold(w) in calendar(language) or fold(w) in time_words(language) for w in WORD.findall(name))


def around(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """Names in the lines around the article, after a copyright mark, quoted, or capitalised."""
    for n, (line, label) in enumerate(lines):
        foot = n >= len(lines) - FOOT
        owned = foot and label.reason == "photo credit" and COPYRIGHT.match(line.text)
        last = label.kind == "paragraph" and n == len(lines) - 1 and line.size <= 25
        if line.size <= LONGEST_AROUND and (owned or last or (label.kind == "boilerplate" and label.reason in AROUND)):
            yield from in_line(line, label, language)


def in_line(line: Line, label: Label, language: str) -> Iterator[Lead]:
    """The names in a line that stands around the article."""
    owners = [trimmed(m[1]) for m in COPYRIGHT.finditer(line.text)]
    for name in owners:
        head = name if may_name(name, language) and lexicon(language).spaced else next(iter(runs(name, language)), name)
        if may_name(head, language):
            yield lead_at(line, head, 2.5)
    own = label.reason != "unrelated line" or any(is_furniture(w, language) for w in line.words)
    weak = bool(owners) or label.reason in WEAK or not own
    letter = "newsletter" in line.plain  # it has a name of its own
    if not weak:
        for match in QUOTED.finditer(line.text):
            if may_name(match[1], language):
                yield lead_at(line, match[1], 0.5 if letter else 2.0)
    for name in runs(line.text, language):
        yield lead_at(line, name, 0.5 if weak or letter else 1.0)


def addresses(lines: Sequence[tuple[Line, Label]], language: str) -> Iterator[Lead]:
    """The owner of a site or mailbox in the lines around the article: the listed outlet, else the host, by the name that the page has."""
    for line, label in lines:
        if label.kind != "boilerplate" or label.reason in ("photo credit", "advertisement"):
            continue
        for match in SITE.finditer(line.text):
            host = match[1].casefold()
            known = outlet_by_domain(host)
            label_of = host.removeprefix("www.").split(".")
            own = label_of[-3 if len(label_of) > 2 and len(label_of[-2]) <= 3 else -2]
            name = known.name if known else written(own, lines, language)
            yield Lead(name=name, weight=2.5 if known else 2.0, start=line.start + match.start(1), end=line.start + match.end(1),
                       line=line.start, host=name == own)


def written(host: str, lines: Sequence[tuple[Line, Label]], language: str) -> str:
    """The name of a host as a line of the page writes it, in full ("Low Fell Council" for lowfell); the host where none does."""
    if len(host) < LEAST_HOST:
        return host
    names = (name for line, _ in lines if line.size <= LONGEST_AROUND for name in runs(line.text, language) if " " in name)
    return next((name for name in names if squeeze(name).startswith(host)), host)


def agency_marks(lines: Sequence[tuple[Line, Label]], language: str, *, alone: bool) -> Iterator[Lead]:
    """The agency whose mark stands in the dateline, where the text bears other signs of a dispatch or nothing of another outlet."""
    paragraphs = [line for line, label in lines if label.kind in ("paragraph", "dateline")][:3]
    found = next(((line, m) for line in paragraphs if (m := MARKED.match(line.text))), None)
    if found is None:
        return
    line, match = found
    mark = match[1]

    def closes(other: Line) -> bool:
        return other.size <= SHORT + 2 and re.match(rf"{re.escape(mark)}(?!\w)", other.text) is not None

    if not (sum(c.isupper() for c in mark) >= 2 or is_listed(mark) or any(closes(other) for other, _ in lines[-3:])):
        return
    yield Lead(name=mark, weight=1.0, start=line.start + match.start(1), end=line.start + match.end(1), line=line.start)
    foot = [(other, label) for other, label in lines[-4:] if other.start > line.start]
    for other, label in foot:
        signed = label.reason == "agency slug" or label.kind == "credit" or closes(other)
        if signed or (label.kind != "paragraph" and re.search(rf"\b{re.escape(mark)}\b", other.text)):
            yield Lead(name=mark, weight=1.0, start=line.start + match.start(1), end=line.start + match.end(1), line=other.start)
    if alone and not any(label.kind == "boilerplate" and label.reason != "agency slug" for _, label in lines):
        yield Lead(name=mark, weight=1.0, start=line.start + match.start(1), end=line.start + match.end(1), line=-1)


def lead_at(line: Line, name: str, weight: float) -> Lead:
    """A lead to a name that stands in a line."""
    at = max(line.text.find(name), 0)
    return Lead(name=trimmed(name), weight=weight, start=line.start + at, end=line.start + at + len(name), line=line.start)
