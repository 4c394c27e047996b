"""Credits: datelines with an agency's mark, bylines of agencies, "with files from", "Source: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from retold.base.records import Attribution, Passage, Span, make_id
from retold.identify.cues import Phrasebook, Token, tokenize
from retold.identify.glances import glance
from retold.identify.reading import Reading
from retold.identify.sourcekinds import SourceKinds, outlet_named
from retold.identify.speakers import Speakers

METHOD = "credits-1"
HEAD = 8  # passages from the top among which a dateline or byline may stand
MAX_CREDIT = 220  # code points of a credit line
MAX_SIGNED = 24  # words of a line that is signed by several people, with an outlet and a date
LONGEST_OUTLET = 4  # words of an outlet's name
JOINING = 3  # letters of a word that joins names ("and", "und", "van")
WORDS = re.compile(r"[^\s,|/•·()]+")
# "PARIS, June 3 (AFP) –", "Hamburg (dpa/lno) -", "（路透社）": capitals, a name in brackets, a dash or colon.
DATELINE = re.compile(r"[ \t]*(?:[^\n()（）.!?]|(?<=\d)\.){0,60}[(（]([^\W\d_][\w./ &-]{1,30})[)）]\s{0,2}(?:\.?[-–—:：]|$|(?=[^\W\d_]))")
# "МОСКВА, 3 июня. /ТАСС/.", "【ロンドン＝ロイター】", "新华社北京6月3日电": between slashes, in brackets, at the head.
SLASHED = re.compile(r"[^\n/]{0,60}/([^\W\d_][\w -]{1,20})/")
BRACKETED = re.compile(r"[【［\[(（][^】］\])）\n]{0,20}[＝=・][ ]?([^】］\])）\n]{2,14})[】］\])）]")
HEADED = re.compile(r"([^\W\d_]{2,6})[^\n。，,]{0,18}[电電讯訊](?=[\s　:：])")
TAIL = re.compile(r"[(（/\[]([^\W\d_][\w. &-]{1,24})[)）/\]]\s{0,3}[.]?$")
NAME_SPLIT = re.compile(r"\s*(?:[,/|&+،、，]|\s[-–—]\s|(?<=\s)(?:and|und|et|y|e|en|i|a|и|та|і|ve|و)(?=\s))\s*")
EDGE = " \t\n.:·*()[]–—-|\"'“”„«»"


def find_credits(reading: Reading, book: Phrasebook, speakers: Speakers) -> list[Attribution]:
    """The credits of an article, in the order of its text: whom it says it has its text or its facts from.

    Each is an attribution of kind `credit` with an empty content: it speaks for the whole article.
    """
    out: list[Attribution] = []
    authored = False
    for n, passage in enumerate(reading.passages):
        found: list[tuple[Span, Span, bool]] = []
        if n < HEAD:
            found += dateline(reading, passage)
            found += other_datelines(reading, passage)
        if passage.end - passage.start <= MAX_CREDIT and passage.kind not in ("headline", "subheading"):
            found += credit_line(reading, passage, book)
            if passage.kind in ("byline", "credit"):
                found += byline(reading, passage, book)
        if n < HEAD and passage.kind != "boilerplate" and not found:
            found += signed(reading, passage, bare=not authored and not out)
        if n < HEAD:  # nobody asks further down
            authored = authored or passage.kind == "byline" or opens_byline(reading, passage)
        found += tail(reading, passage)
        for cue, source, agency in found:
            if all(source[1] <= a.source[0][0] or a.source[0][1] <= source[0] for a in out):
                out.append(make_credit(reading, speakers, cue, source, agency=agency))
    return out


def dateline(reading: Reading, passage: Passage) -> Iterator[tuple[Span, Span, bool]]:
    """(cue, source, is an agency) of the agency's mark in a dateline."""
    match = DATELINE.match(reading.text, passage.start, passage.end)
    if match and (match.end() < passage.end or passage.kind == "dateline") and marked_agency(match.group(1)):
        head = reading.text[passage.start : match.start(1) - 1].strip()
        if len(head.split()) <= 6:
            yield (match.start(1) - 1, match.end(1) + 1), match.span(1), True


def other_datelines(reading: Reading, passage: Passage) -> Iterator[tuple[Span, Span, bool]]:
    """(cue, source, is an agency) of an outlet's mark in the datelines of Russian, Japanese and Chinese agencies."""
    for pattern in (SLASHED, BRACKETED, HEADED):
        match = pattern.match(reading.text, passage.start, passage.end)
        name = match.group(1) if match else ""
        known = next((name[:n] for n in range(len(name), 1, -1) if outlet_named(name[:n])), "")
        if match and known and (pattern is HEADED or known == name):
            start = match.start(1)
            yield (start, start + len(known)), (start, start + len(known)), True
            return


def marked_agency(name: str) -> bool:
    """Whether words in brackets may be an agency's mark: a known outlet, capitals, or the small letters of "dpa"."""
    if outlet_named(name) or outlet_named(name.split("/")[0]):
        return True
    letters = name.split("/")[0]
    return (
        " " not in name.strip()
        and 2 <= len(letters) <= 12
        and (sum(c.isupper() for c in letters) >= 2 or (letters.islower() and len(letters) <= 5) or letters.istitle())
    )


def tail(reading: Reading, passage: Passage) -> Iterator[tuple[Span, Span, bool]]:
    """A known agency's mark in brackets at the end of a passage."""
    match = TAIL.search(reading.text, max(passage.start, passage.end - 40), passage.end)
    if match and outlet_named(match.group(1)):
        yield match.span(), match.span(1), True


def credit_line(reading: Reading, passage: Passage, book: Phrasebook) -> Iterator[tuple[Span, Span, bool]]:
    """Those whom a line thanks or names: "with files from X", "Sources: X, Y", "Reporting by X; editing by Y"."""
    if book.spaced and book.crediting.missing(glance(reading.text, passage.start, passage.end)):
        return
    tokens = tokenize(reading.text, passage.start, passage.end, (), spaced=book.spaced)
    tags = book.tags(tokens)
    opened = False
    for i, keys in enumerate(tags):
        length = keys.get("agency_credit", 0)
        while length > 1 and i + length >= len(tokens) and outlet_named(reading.text[tokens[i + length - 1].start : tokens[-1].end]):
            length -= 1  # the phrase has the agency in it ("avec AFP")
        first = i <= 1 or (opened and tokens[i - 1].low in ";；")
        if not length or not opens_credit(reading, passage, tokens, i + length, short=length < 2, first=first):
            continue
        if opened and not first:
            continue
        after = i + length
        begin = tokens[after].end if tokens[after].low in (":", "：") else tokens[after].start
        stop = next((t.start for t in tokens[after:] if t.low in ";；"), passage.end)
        opened = True
        for span in names_in(reading.text, begin, stop):
            yield (tokens[i].start, tokens[after - 1].end), span, False


def opens_credit(reading: Reading, passage: Passage, tokens: Sequence[Token], after: int, *, short: bool, first: bool) -> bool:
    """Whether a phrase that ends before token `after` opens a credit there; short: it is a single word, first: it opens its part."""
    if after >= len(tokens):
        return False
    colon = tokens[after].low in (":", "：") or tokens[after - 1].low in (":", "：")
    known = first and outlet_named(reading.text[tokens[after].start : passage.end].strip(EDGE)) is not None
    if short and not known and not (colon and (first or passage.kind == "credit")):
        return False
    ended = reading.text[passage.end - 1] in ".!?。"
    return passage.kind != "paragraph" or (first and (colon or known or not ended))


def byline(reading: Reading, passage: Passage, book: Phrasebook) -> Iterator[tuple[Span, Span, bool]]:
    """The outlet or agency behind a name in a byline ("Jo Ward, Northern Wire")."""
    text = reading.text[passage.start : passage.end]
    for match in re.finditer(r"[,|/–—(]\s*([^,|/–—()\n]{2,50})", text):
        span = trim(reading.text, passage.start + match.start(1), passage.start + match.end(1))
        words = tokenize(reading.text, *span, (), spaced=book.spaced)
        outlet = outlet_named(reading.text[slice(*span)]) or any("outlet" in t for t in book.tags(words))
        if outlet and span[1] > span[0] and not any("agency_credit" in t for t in book.tags(words)):
            yield (passage.start + match.start(), passage.start + match.start() + 1), span, False


def signed(reading: Reading, passage: Passage, *, bare: bool) -> Iterator[tuple[Span, Span, bool]]:
    """The listed outlet in a line at the head that is a byline, whatever it is taken for: it opens as bylines do ("By Jo Ward Northern
    Wire July 3") or, where no author stands above it (`bare`: what stands below one is a photographer), is names alone ("Jo Ward, Northern
    Wire")."""
    text = reading.text[passage.start : passage.end]
    words = list(islice(WORDS.finditer(text), MAX_SIGNED + 1))
    opened = opens_byline(reading, passage)
    if not 1 < len(words) <= MAX_SIGNED or words[-1].group()[-1] in ".!?":
        return
    if not opened and not (bare and len(words) > 2 and names_alone(words)):
        return
    for i, first in enumerate(words[1:], 1):
        for last in reversed(words[i : i + LONGEST_OUTLET]):
            name = " ".join(text[first.start() : last.end()].split())
            if name[0].isupper() and outlet_named(name) and (opened or (i > 1 and last is words[-1])):
                at = passage.start
                cue = words[0].span() if opened else (words[i - 1].end(), first.start())
                yield (at + cue[0], at + cue[1]), (at + first.start(), at + last.end()), False
                return


def opens_byline(reading: Reading, passage: Passage) -> bool:
    """Whether a line opens with a word for bylines and a name of two words or a listed outlet ("By Reuters")."""
    first = WORDS.search(reading.text, passage.start, passage.end)
    if first is None or first.group().casefold() not in reading.lexicon.words("sources", "byline"):
        return False
    words = list(islice(WORDS.finditer(reading.text[passage.start : passage.end]), MAX_SIGNED + 1))
    if len(words) < 2:
        return False
    rest = [w.group() for w in words[1:]]
    whole = len(words) <= MAX_SIGNED and outlet_named(" ".join(rest).strip(EDGE)) is not None
    return whole or (len(rest) > 1 and all(w[0].isupper() for w in rest[:2]))


def names_alone(words: Sequence[re.Match[str]]) -> bool:
    """Whether a line has names, the first of two words, and what joins them alone: hardly a word without a capital."""
    told = [w.group() for w in words]
    return all(w[0].isupper() for w in told[:2]) and all(w[0].isupper() or len(w) <= JOINING for w in told)


def names_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The names of a list up to the end of its line or sentence."""
    stop = next((m.start() for m in re.compile(r"\n|[.!?。](?=\s|$)|\)").finditer(text, start, end)), end)
    at = start
    for match in [*NAME_SPLIT.finditer(text, start, stop), None]:
        a, b = trim(text, at, match.start() if match else stop)
        if b > a and b - a <= 60 and any(c.isalpha() for c in text[a:b]):
            yield a, b
        at = match.end() if match else stop


def trim(text: str, start: int, end: int) -> Span:
    """A span without white space and marks at its ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def make_credit(reading: Reading, speakers: Speakers, cue: Span, source: Span, *, agency: bool) -> Attribution:
    """A credit as a record."""
    name = reading.text[slice(*source)]
    known = outlet_named(name) or outlet_named(name.split("/")[0])
    described = SourceKinds(speakers).describe((source,))
    kind = known[1] if known else "agency" if agency else described.kind
    outlet = known[0] if known else name.split("/")[0] if agency else described.outlet
    if not known and not agency and kind not in ("person", "anonymous") and any("outlet" in t for t in speakers.words(*source)):
        kind, outlet = "outlet", name
    return Attribution(
        id=make_id("at", reading.article.id, "credit", cue, source),
        article=reading.article.id,
        source=(source,),
        cue=(cue,),
        content=(),
        kind="credit",
        source_kind=kind,
        outlet=outlet,
        anonymous=False,
        number=0,
        certainty="credited",
        strength=0.9,
        addressee=(),
        parent="",
        method=METHOD,
        score=0.9 if known else 0.7,
    )
