"""Passages: the lines of an article, each with what it is: headline, byline, dateline, credit, subheading or paragraph.

What is not the article at all is told by `retold.divide.boilerplate`; a line that glues such a piece to others is cut first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from retold.divide.glued import SENTENCE_END, find_glued, may_glue
from retold.divide.lines import WORD, Line, fold, trim, unspaced
from retold.divide.marks import agencies, is_ticker, marks, source_marks
from retold.lexicons import LANGUAGES, lexicon

PIECE = 300  # code points at the end of a line in which a glued piece is looked for
LONGEST_CAPTION = 45  # words
LONGEST_REQUEST = 10  # words
LEAST_PROSE = 12  # words before it
SHORTEST_TITLE = 15  # code points: shorter repeated beginnings happen by chance
OUTLET_AFTER = re.compile(r"\s+[-–—|·:]\s.{1,40}")  # "… - Fell Gazette" after a title
BRACKET = re.compile(r"[(（\[]([^()（）\[\]]{2,120})[)）\]][\s.]*$")
CLOSED = frozenset(")）]")
AFTER_BRACKET = "." + "".join(c for c in map(chr, range(0x3001)) if c.isspace())  # what may stand behind one that closes a line
NUMERIC_DATE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d+\s?年\s?\d+\s?月|\d{1,2}[:.]\d{2}|\d{1,2}\s?h\s?\d{2}")
FULL_DATE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d+\s?年\s?\d+\s?月")
INITIALS = re.compile(r"(?<!\w)[a-z]{2,4}/[a-z]{2,4}(?!\w)")  # of who wrote and who read an agency's text, at its foot
SERVICES = ("tools", "also_read", "subscribe", "follow", "advert", "programme", "comments", "help", "legal", "consent", "contact")
NEAR_NUMBER = 2  # words from a month or weekday to its number: "You may also like: top 10 …" and "So sparen Sie bis zu 30" are no dates
MOST_BESIDE = 2  # words beside date and time in a date line with a full stop: "The dam broke on 3 March." is a sentence
MOST_NAMED = 5  # words of the name in "From our correspondent Jan van der Roth"
MOST_SIGNS = 4  # … and signs where words are not spaced
DATE_SIGN = re.compile(r"[\W\d_]|[年月日時时分秒点點号號午前後后上下週周曜星期]")
CLOCK_LETTERS = re.compile(r"[a-z]{1,4}|[ap]\.m")  # zones and halves of the day: EST, GMT, a.m., Uhr
NAME_LINK = re.compile(r"[,、·&/|–—-]|\b[a-zäéèà]{1,3}\b")
AGENCY_NOTE = re.compile(r"[(（\[][\w\s./+&-]{1,60}[)）\]]\.?")


@dataclass(slots=True, kw_only=True)
class Label:
    """What a line is, why, and how sure (0 to 1)."""

    kind: str
    reason: str
    score: float


def split_glued(lines: Sequence[Line], language: str) -> tuple[Line, ...]:
    """Lines cut where a piece of another kind is glued to them: a caption after the repeated headline, a link after a paragraph."""
    out: list[Line] = []
    parted = [part for line in lines for part in (without_glued(line, language) if may_glue(line, language) else (line,))]
    for line in parted:
        at = after_repetition(line, out) or before_piece(line, language)
        first = trim(line.text, 0, at) if at else None
        second = trim(line.text, at, len(line.text)) if at else None
        if first and second:
            out.append(shifted(first, line, gap=line.gap))
            out.append(shifted(second, line, gap=False))
        else:
            out.append(line)
    return tuple(out)


def without_glued(line: Line, language: str) -> Iterator[Line]:
    """A line cut before and behind each link and remark inside it; the whole line when it has none."""
    found = find_glued(line, language)
    if not found:
        yield line
        return
    for n, (start, end) in enumerate(((0, found[0]), found, (found[1], len(line.text)))):
        part = trim(line.text, start, end)
        if part:
            whole = shifted(part, line, gap=line.gap and start == 0)
            yield from without_glued(whole, language) if n == 2 else (whole,)


def shifted(part: Line, line: Line, *, gap: bool) -> Line:
    """A part of a line with offsets into the article's text."""
    return Line(start=line.start + part.start, end=line.start + part.end, text=part.text, gap=gap)


def after_repetition(line: Line, before: Sequence[Line]) -> int:
    """Where the rest begins of a line that opens with one of the lines at the head of the page; 0 when it does not."""
    for other in before[:6]:
        size = len(other.text)
        if SHORTEST_TITLE <= size < len(line.text) and line.text.startswith(other.text) and line.text[size].isspace():
            return 0 if OUTLET_AFTER.fullmatch(line.text, size) else size
    return 0


def before_piece(line: Line, language: str) -> int:
    """Where a link, an advertisement or a caption begins that follows a full sentence in the same line; 0 when there is none."""
    tail = max(20, len(line.text) - PIECE)
    captioned = line.size <= LONGEST_CAPTION  # a short line with a photo credit is a caption as a whole
    for at in sorted((m.end() for m in SENTENCE_END.finditer(line.text, tail)), reverse=True):
        rest = trim(line.text, at, len(line.text))
        if rest and rest.text[0] not in "(（[" and is_piece(rest, language, captioned=captioned):
            return at
        if rest and not line.stopped and len(line.text[:at].split()) >= LEAST_PROSE and asks_reader(rest, language):
            return at
    return 0


def is_piece(rest: Line, language: str, *, captioned: bool) -> bool:
    """Whether the end of a line is a labelled link, an advertisement or, unless the line is one itself, a caption."""
    for key in ("also_read", "advert") if captioned else ("also_read", "advert", "credit"):
        bearing = marks(language, key).opening(rest)
        if bearing and bearing.form == "label" and (bearing.long or ":" in rest.bare[:len(bearing.phrase) + 2]):
            return True
    return is_caption(rest, language) and rest.size <= 30


def asks_reader(rest: Line, language: str) -> bool:
    """Whether the end of a line without a final stop asks to subscribe or to follow ("Sign up to see the whole video")."""
    if rest.stopped or not rest.words or rest.size > LONGEST_REQUEST:
        return False
    found = (marks(language, key).opening(rest) for key in ("subscribe", "follow"))
    return any(bearing and (bearing.long or bearing.form == "whole" or rest.text[:1].isupper()) for bearing in found)


def is_caption(line: Line, language: str) -> bool:
    """Whether a line ends in a photo credit in brackets."""
    found = BRACKET.search(line.text[-140:]) if line.text.rstrip(AFTER_BRACKET)[-1:] in CLOSED else None
    if not found:
        return False
    inner = Line(start=0, end=0, text=found.group(1))
    credit = marks(language, "credit").opening(inner) or marks(language, "credit").inside(inner.plain)
    if credit or marks(language, "photo_caption_marks").inside(f"({inner.plain})"):
        return True
    names, slash, agency = found.group(1).rpartition("/")
    return bool(slash) and " " in names.strip() and names[:1].isupper() and known_agency(agency)


def known_agency(text: str) -> bool:
    """Whether a text names a news agency."""
    words = [fold(word) for word in WORD.findall(text)]
    return any(word in agencies() for word in words) or fold(text).strip(" .") in agencies()


# ---- lines that say who, where and when ---------------------------------------------------------------------------


@cache
def calendar(language: str) -> frozenset[str]:
    """Names of months and weekdays, full and short, in a language and in English, folded."""
    from babel import Locale

    names: set[str] = set()
    for code in dict.fromkeys((language if language in LANGUAGES else "en", "en")):
        locale = Locale.parse(code)
        for table in (locale.months, locale.days):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    names |= {fold(name).strip(".") for name in table[context][width].values()}
    return frozenset(name for name in names if not name.isdigit())


@cache
def time_words(language: str) -> frozenset[str]:
    """Words that stand beside dates: published, updated, o'clock."""
    words = lexicon(language)
    phrases = (*words.words("boilerplate", "published"), *words.table("dates").get("words", {}).get("clock", ()))
    return frozenset(part for phrase in phrases for part in fold(phrase).split())


def is_dated(line: Line, language: str) -> bool:
    """Whether a line holds a date or a time of day."""
    if NUMERIC_DATE.search(line.plain):
        return True
    return any(map(str.isdigit, line.plain)) and names_day(line, language)


def names_day(line: Line, language: str) -> bool:
    """Whether a month or weekday stands beside a number in a line."""
    words = [fold(word).strip(".") for word in line.words]
    numbers = [n for n, word in enumerate(words) if any(c.isdigit() for c in word)]
    return any(word in calendar(language) and any(abs(at - n) <= NEAR_NUMBER for n in numbers) for at, word in enumerate(words))


def read_dateline(line: Line, language: str) -> Label | None:
    """A line that is little more than a date: "Published 3 May 2025, 14:20"."""
    if line.size > 24 or not is_dated(line, language):
        return None
    words = [fold(word).strip(".") for word in line.words]
    rest = [w for w in words if not (w in calendar(language) or w in time_words(language) or any(c.isdigit() for c in w))]
    if line.stopped and (len(rest) > MOST_BESIDE or predicated(line, rest)):
        return None
    open_rest = [w for w in rest if not CLOCK_LETTERS.fullmatch(w)]
    if len(open_rest) <= 1 or (len(open_rest) <= 0.4 * len(words) and not line.stopped):
        return Label(kind="dateline", reason="date line", score=0.9)
    dated = FULL_DATE.search(line.plain) or names_day(line, language)
    if dated and len(rest) <= 4 and len(words) <= 10 and not line.stopped and not line.text.rstrip().endswith(":"):
        return Label(kind="dateline", reason="outlet and date", score=0.7)
    return None


def predicated(line: Line, rest: Sequence[str]) -> bool:
    """Whether a line with a day ends in what is said of it ("… 3 Mart 2026'da yıkıldı.", "大坝于2026年3月3日决口。")."""
    if unspaced(line.text):
        return len(DATE_SIGN.sub("", line.text)) > MOST_SIGNS
    last = line.words[-1]
    return len(rest) == MOST_BESIDE and last.islower() and fold(last).strip(".") == rest[-1] and not CLOCK_LETTERS.fullmatch(rest[-1])


def read_byline(line: Line, language: str, author: str | None) -> Label | None:
    """A line that names who wrote it: "By Jo Weber", "Mercury Staff", the author as given."""
    if line.size > 16 or (line.text.endswith((".", "。", "?", ",", ":")) and not is_dated(line, language)):
        return None
    opening = source_marks(language, "byline").opening(line)
    if opening and opening.form != "whole":
        rest = line.bare[len(opening.phrase):].strip(" :")
        raw = line.text[len(line.text) - len(rest):] if line.text.isascii() else line.text[-len(rest):]
        named = raw[:1].isupper() and len(rest.split()) <= 12
        if not lexicon(language).cased or named or named_desk(rest, language) or names_colleague(raw, language):
            return Label(kind="byline", reason="byline", score=0.9)
    if author and fold(author) and fold(author) in line.plain and line.size <= 8 + len(author.split()):
        return Label(kind="byline", reason="the author as given", score=0.95)
    if line.size <= 8 and named_desk(line.plain, language):
        return Label(kind="byline", reason="editorial staff", score=0.7)
    return None


def named_desk(plain: str, language: str) -> bool:
    """Whether a short line ends or opens with a word for editorial staff, or a compound of one ("economieredactie")."""
    own = plain.split(" | ")[0].split()
    return any(part.endswith(desks(language)) for part in own[-1:] + own[:1])


def names_colleague(rest: str, language: str) -> bool:
    """Whether a name follows a word for whoever writes for the house, and nothing else does.

    >>> names_colleague("unserem Korrespondenten Jan Roth", "de"), names_colleague("our correspondent in Rome", "en")
    (True, False)
    """
    found = next(lexicon(language).pattern("sources", "newsdesk").finditer(rest), None)
    name = rest[found.end():].split() if found else []
    return 0 < len(name) <= MOST_NAMED and all(word[:1].isupper() or 0 < n < len(name) - 1 for n, word in enumerate(name))


@cache
def desks(language: str) -> tuple[str, ...]:
    """The words for editorial staff, folded; short ones end too many others."""
    return tuple(fold(word) for word in lexicon(language).words("sources", "newsdesk") if len(word) >= 4)


def read_credit(line: Line, language: str, *, foot: bool) -> Label | None:
    """A line that says whose material it is: "(Reporting by …)", "Source: …", "(dpa/abc)", "With files from …"."""
    if line.size <= 8 and AGENCY_NOTE.fullmatch(line.text.strip()) and known_agency(line.text):
        return Label(kind="credit", reason="agency credit", score=0.9)
    if line.size <= 5 and known_agency(line.text) and all(w.isupper() or known_agency(w) for w in line.words):
        return Label(kind="credit", reason="agency credit", score=0.8)
    marked = source_marks(language, "agency_credit")
    if foot and line.size <= 40 and line.plain.rstrip(" .)").endswith(marked.inner or ("\n",)):
        return Label(kind="credit", reason="credit to another source", score=0.8)
    bearing = marked.opening(line)
    if not bearing or line.size > 40 or bearing.form == "whole":
        return None
    rival = max((len(b.phrase) for key in ("contact", "legal", "credit", "contents", "tools") if (b := marks(language, key).opening(line))),
                default=0)
    firm = bearing.form == "label" or line.text[:1] in "(（["
    firm = firm or (bearing.long and line.size <= 25 and credits_names(line, bearing.phrase))
    if rival >= len(bearing.phrase) or not firm:
        return None
    return Label(kind="credit", reason="credit to another source", score=0.85)


def credits_names(line: Line, phrase: str) -> bool:
    """Whether what follows a credit's first words is names ("Additional reporting by Jo Weber"), no sentence."""
    rest = [word for word in line.words[len(phrase.split()):] if len(word) > 3]
    return not line.stopped or sum(word[0].isupper() for word in rest) >= 0.7 * len(rest) > 0


def read_correction(line: Line, language: str) -> Label | None:
    """A notice that an earlier version was wrong: part of the article."""
    bearing = marks(language, "correction").opening(line)
    if bearing is None or line.size < 5:
        return None
    firm = bearing.form == "label" or bearing.long or line.bare[len(bearing.phrase):].lstrip().startswith("(")
    return Label(kind="paragraph", reason="correction notice", score=0.9) if firm else None


def label_evidence(line: Line, language: str, author: str | None, *, edge: bool, foot: bool) -> Label | None:
    """What a line is when it says who, where, when or whence.

    `edge`: it stands before or after the body of the article; `foot`: it is one of the last lines.
    """
    if line.size > 60 or len(line.text) > 1000:
        return None
    found = read_correction(line, language) or read_credit(line, language, foot=foot)
    if found or not edge:
        return found
    signed = foot and INITIALS.search(line.text) is not None and not line.stopped
    found = read_byline(line, language, author) or (None if signed else read_dateline(line, language))
    doubtful = found and found.reason in ("editorial staff", "date line", "outlet and date")
    if doubtful and (is_ticker(line, language) or serves_page(line, language)):
        return None
    # who answers for a page did not write it
    edited = foot and found and found.reason == "byline" and marks(language, "tools").opening(line)
    return None if edited and edited.form in ("whole", "label") else found


def serves_page(line: Line, language: str) -> bool:
    """Whether a line with a day or a word for the newsroom announces a link or a service of the page: "Listen to this report (2:08)"."""
    for key in SERVICES:
        bearing = marks(language, key).opening(line)
        if bearing and (bearing.form in ("whole", "label") or bearing.long):
            return True
    return False


# ---- the rest -----------------------------------------------------------------------------------------------------


def label_rest(lines: Sequence[Line], labels: Sequence[Label | None], title: str) -> list[Label]:
    """Every line that has no label yet, as headline, subheading or paragraph."""
    open_lines = [i for i, label in enumerate(labels) if label is None]
    body = next((i for i in open_lines if lines[i].prose), len(lines))
    wanted, out, first = fold(title), list(labels), True
    for i in open_lines:
        line = lines[i]
        same = line.plain.startswith(wanted) or wanted.startswith(line.plain.rstrip(". …"))
        if same and len(wanted) >= 8 and line.size >= 2 and i <= body + 1:
            out[i] = Label(kind="headline", reason="the title as given", score=0.97)
        elif i < body and i < open_lines[-1] and reads_as_headline(line, first=first):
            out[i] = Label(kind="headline", reason="before the first paragraph", score=0.8 if first else 0.6)
        elif heads_paragraph(lines, labels, i):
            out[i] = Label(kind="subheading", reason="a short line before a paragraph", score=0.75)
        else:
            out[i] = Label(kind="paragraph", reason="text", score=0.9 if line.prose else 0.7)
        first = first and out[i].kind != "headline"  # type: ignore[union-attr]
    return [label for label in out if label is not None]


def reads_as_headline(line: Line, *, first: bool) -> bool:
    """Whether a line before the first paragraph reads like a headline; only the first may end with a stop, as one sentence."""
    if not 2 <= line.size <= 35:
        return False
    return not line.stopped or (first and len(SENTENCE_END.findall(line.text)) <= 1)


def heads_paragraph(lines: Sequence[Line], labels: Sequence[Label | None], at: int) -> bool:
    """Whether a line is short, ends without a stop and stands before a longer line that is part of the article."""
    line = lines[at]
    after = next((j for j in range(at + 1, len(lines)) if labels[j] is None), None)
    short = line.size <= 12 and not line.text.endswith((".", "。", ",", ":", ";", "…")) and line.text[:1] not in "-–—•*·►\"“„«»'("
    return short and after is not None and lines[after].size > line.size and lines[after].stopped
