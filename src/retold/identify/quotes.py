"""Quotation marks: where quoted words begin and end, in every style of the fifteen languages, and what kind of quotes they are.

The marks are read by one small stack machine that looks only at marks and their neighbours, so a text is read in linear time
and one unbalanced mark costs one paragraph at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from retold.base.records import Passage

# An opening mark and the marks that may close it; the sloppy mixtures („so" and “so") are common in newsrooms' systems.
CLOSERS = {
    "“": '”"',
    "„": '“”"',
    "‟": "”",
    '"': '"”',
    "”": "”“",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’'",
    "‚": "‘’'",
    "'": "'’",
    "「": "」",
    "『": "』",
    "｢": "｣",
}
SINGLES = "‘‚'"
MARKS = re.compile("[“”„‟\"«»‹›‘’‚'「」『』｢｣]")
ALWAYS_OPENS = "„‚「『｢‟"
BEFORE_OPENING = "([{—–-/:;,¿¡…“„\"«»‹‘‚'「『>|•*"
AFTER_OPENING = "¿¡…([{“„\"«‘‚'「『$€£#@.+-–—"
ELISION = re.compile(r"['’‘](?:\d\d|[nstkm](?!\w)|em(?!\w)|til(?!\w)|tis(?!\w)|twas(?!\w))", re.IGNORECASE)
SINGLE_CLOSING = re.compile(r"(?<=\S)['’](?!\w)")
REACH = 600  # code points within which a single mark must be closed: the longest of 300 articles had 455
MAX_DEPTH = 4  # quotes in quotes in quotes; deeper nesting is noise
MAX_CARRY = 12  # paragraphs that one unclosed quote may run on; longer runs were lost marks
MAX_SHORT = 3  # words: up to this, marks may be mere distance
MAX_SHORT_UNSPACED = 7  # the same, in characters, for scripts without spaces
MIN_PHRASE = 3  # words from which small-lettered words in marks are a citation: 9 in 10 of 200 in German news, two words 1 in 2
MIN_PHRASE_UNSPACED = 10  # the same, in characters
MIN_SMALL = 2  # small-lettered words of a citation between capital nouns: titles mostly have one
MAX_TITLE = 8  # words in a title or name
FINAL = ".!?…,。！？，،؟"
SENTENCE_EDGE = ("", "\n", ".", "!", "?", "…", "。")
WORD = re.compile(r"\w+")
TITLE_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Quoted words within one paragraph: [start, end) inside the marks, [outer_start, outer_end) with them.

    `depth` counts from 0 for the outermost; `closed` is False where a closing mark is missing; `continues` says that the
    piece goes on with what the paragraph before had left open; `mark` is the opening mark ("—" for dash dialogue).
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    closed: bool
    mark: str
    continues: bool = False


def find_pieces(text: str, passages: Iterable[Passage], *, dash: bool = True) -> list[Piece]:
    """All quoted pieces of the passages, in the order of the text, outer before inner.

    A quote that runs over paragraphs gives one piece a paragraph, the later ones marked `continues`.

    >>> p = Passage(id="p", article="a", start=0, end=26, kind="paragraph", reason="", method="", score=1.0)
    >>> [(q.start, q.end) for q in find_pieces("„So ist es“, sagte sie. OK", [p])]
    [(1, 10)]
    """
    out: list[Piece] = []
    # beside real marks, two apostrophes only set words in italics
    text = DOUBLED.sub(FILLED * 2, text) if DOUBLE.search(text) else DOUBLED.sub(as_double, text)
    spans = [(p.start, p.end) for p in passages]
    carried, runs = "", 0
    for index, (start, end) in enumerate(spans):
        found, left_open = scan(text, start, end, carried)
        if dash:
            found = with_dashes(text, start, end, found)
        out.extend(found)
        following = spans[index + 1] if index + 1 < len(spans) else None
        runs = runs + 1 if left_open else 0
        carried = carry(text, left_open, following) if runs <= MAX_CARRY else ""
    return sorted(out, key=lambda q: (q.outer_start, -q.outer_end))


DOUBLED = re.compile(r"(?<!')''(?!')(?=(\w|[$€£#@¿¡(\[.…]\w)?)")
DOUBLE = re.compile("[“”„«»]|(?<![\\w\"])\"\\w")  # a mark that nobody takes for two apostrophes
FILLED = "\x1f"  # stands for one of two apostrophes that serve as a mark; white space to all that look at neighbours


def as_double(match: re.Match[str]) -> str:
    """Two apostrophes as one double mark and a filler, so that no offset moves: ''so'' is read as "so"."""
    return f'{FILLED}"' if match.group(1) else f'"{FILLED}'


def carry(text: str, left_open: str, following: tuple[int, int] | None) -> str:
    """What the next paragraph goes on with: the mark, where that paragraph repeats it or only closes it; else ""."""
    if not left_open or following is None:
        return ""
    start, end = following
    first = MARKS.search(text, start, end)
    if first is None:
        return ""
    if first.group() == left_open and not text[start : first.start()].strip():
        return left_open
    closing = first.group() in CLOSERS[left_open] and not opens(text, first.start(), start, end)
    return left_open if closing and left_open not in SINGLES else ""


def scan(text: str, start: int, end: int, carried: str = "") -> tuple[list[Piece], str]:
    """The pieces of one paragraph, and the mark that its last line leaves open ("" when all are closed)."""
    stack: list[tuple[str, int, int]] = []
    done: list[Piece] = []
    repeats = bool(carried) and text[start:end].lstrip()[:1] == carried
    if carried and not repeats:
        stack.append((carried, start, start))
    for match in MARKS.finditer(text, start, end):
        step(text, match.start(), (start, end), stack, done)
    left = stack[0][0] if stack and stack[0][0] not in SINGLES else ""
    if left:
        mark, outer, inner = stack[0]
        stop = inner + len(text[inner:end].rstrip())
        if stop > inner:
            done.append(make_piece(text, mark, (outer, inner, stop, stop), depth=0, closed=False))
    if carried and done:
        head = min(range(len(done)), key=lambda i: done[i].outer_start)
        done[head] = replace(done[head], continues=True)
    return [q for q in done if q.end > q.start], left


def step(text: str, i: int, bounds: tuple[int, int], stack: list[tuple[str, int, int]], done: list[Piece]) -> None:
    """Read one mark: it closes what is open, opens something, or is an apostrophe or a sign of measure."""
    mark, (start, end) = text[i], bounds
    level = next((n for n in range(len(stack) - 1, -1, -1) if mark in CLOSERS[stack[n][0]]), None)
    if level is not None and closes(text, i, stack[level][0], bounds):
        opener, outer, inner = stack[level]
        del stack[level:]
        done.append(make_piece(text, opener, (outer, inner, i, i + 1), depth=level, closed=True))
    elif mark in CLOSERS and opens(text, i, start, end):
        same = next((n for n, item in enumerate(stack) if item[0] == mark), None)
        if same is not None:  # the one before was never closed: it ends where this one begins
            opener, outer, inner = stack[same]
            del stack[same:]
            stop = inner + len(text[inner:i].rstrip())
            done.append(make_piece(text, opener, (outer, inner, stop, stop), depth=same, closed=False))
        if len(stack) < MAX_DEPTH:
            stack.append((mark, i, i + 1))


def make_piece(text: str, mark: str, at: tuple[int, int, int, int], *, depth: int, closed: bool) -> Piece:
    """A piece without the white space inside its marks; at: outer start, inner start, inner end, outer end."""
    outer, start, end, stop = at
    outer -= text[max(0, outer - 1) : outer] == FILLED
    stop += text[stop : stop + 1] == FILLED
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    return Piece(start=start, end=max(start, end), outer_start=outer, outer_end=stop, depth=depth, closed=closed, mark=mark)


def spaced_letter(character: str) -> bool:
    """Whether a character is a letter or digit of a script that puts spaces between words."""
    return character.isalnum() and character < "\u2e80"


def closes(text: str, i: int, opener: str, bounds: tuple[int, int]) -> bool:
    """Whether the mark at i closes a quote opened by `opener`."""
    start, end = bounds
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if opener in SINGLES:
        return not before.isspace() and not spaced_letter(after) and not possessive(text, i, end)
    if text[i] == '"':
        return not (before.isspace() and not after.isspace()) and not (before in "([" and spaced_letter(after))
    return True


def possessive(text: str, i: int, end: int) -> bool:
    """Whether the mark at i is the apostrophe of a plural ("workers' rights"): another one must be left to close with."""
    if text[i - 1] not in "sSzZxX" or text[i + 1 : i + 2] != " " or not text[i + 2 : i + 3].islower():
        return False
    later = SINGLE_CLOSING.search(text, i + 1, min(end, i + REACH))
    opening = text.find(" ‘", i + 1, min(end, i + REACH))
    return later is not None and (opening < 0 or later.start() < opening)


def opens(text: str, i: int, start: int, end: int) -> bool:
    """Whether the mark at i may open a quote, by its neighbours."""
    mark = text[i]
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if mark in ALWAYS_OPENS:
        return True
    if mark in "«‹»›" and after in " \u00a0\u202f\u2009":
        return mark in "«‹" and i + 2 < end
    free = before.isspace() or before in BEFORE_OPENING or (not spaced_letter(before) and before.isalnum())
    if mark == "“":
        return not after.isspace()
    willing = after.isalnum() or after in AFTER_OPENING
    if mark in "'‘":
        return free and willing and not ELISION.match(text, i) and SINGLE_CLOSING.search(text, i + 2, min(end, i + REACH)) is not None
    return free and willing


def with_dashes(text: str, start: int, end: int, found: list[Piece]) -> list[Piece]:
    """The pieces of a paragraph with those of its dash dialogue, marked words in these one deeper; no dialogue where a mark opens it."""
    spoken = dash_pieces(text, start, end)
    if not spoken or any(q.outer_start == spoken[0].start for q in found):
        return found
    out = list(spoken)
    for q in found:
        holders = [s for s in spoken if s.start <= q.outer_start < s.end]
        if not holders or q.outer_end <= holders[0].end:
            out.append(replace(q, depth=q.depth + len(holders)))
    return out


DASH = re.compile(r"[—–―-][ \u00a0]?(?=[^\W\d_]|[¿¡…«\"])")
INNER_DASH = re.compile(r"(?:(?<=[.,!?…])[ \u00a0]*|[ \u00a0]+)[—–―-][ \u00a0]?(?=\w)|[ \u00a0]?[—–―][ \u00a0]?(?=[^\W\d_])|[—–―](?=[.,;])")


def dash_pieces(text: str, start: int, end: int) -> list[Piece]:
    """Dash dialogue: a paragraph that opens with a dash, its narrator's words between inner dashes left out.

    A line with no inner dash may as well be an item of a list, so it gives nothing.
    """
    head = start + len(text[start:end]) - len(text[start:end].lstrip())
    opening = DASH.match(text, head, end)
    if opening is None:
        return []
    cuts = [m.span() for m in INNER_DASH.finditer(text, opening.end(), end)]
    if not cuts:
        return []
    edges = [opening.end(), *[x for cut in cuts[:5] for x in cut], end]
    out = []
    for n in range(0, len(edges) - 1, 4):  # said, dash, narrated, dash, said, …
        a, b = edges[n], edges[n + 1]
        a += len(text[a:b]) - len(text[a:b].lstrip(" .,;\u00a0"))
        if text[a:b].strip():
            out.append(make_piece(text, "—", (a, a, b, b), depth=0, closed=True))
    return out


# ---- kinds --------------------------------------------------------------------------------------------------------


def is_short(text: str, piece: Piece, *, spaced: bool) -> bool:
    """Whether a piece is so short that its marks may only keep a distance from the words."""
    inner = text[piece.start : piece.end]
    if not spaced:
        return len(inner) <= MAX_SHORT_UNSPACED
    return len(WORD.findall(inner[:200])) <= MAX_SHORT


def is_uttered(text: str, piece: Piece) -> bool:
    """Whether the marks and what stands about them say that somebody utters the words: a colon before, a full stop inside."""
    before = text[max(0, piece.outer_start - 3) : piece.outer_start].rstrip()
    inside, after = text[piece.end - 1 : piece.end], text[piece.outer_end : piece.outer_end + 1]
    return (
        before[-1:] in (":", "：")
        or stands_alone(text, piece)
        or inside in FINAL
        or piece.mark == "—"
        or (after == "," and piece.depth == 0 and not before[-1:].isalnum())
    )


def stands_alone(text: str, piece: Piece) -> bool:
    """Whether the quote is a sentence by itself: a full stop or nothing before it, a full stop behind."""
    before = text[max(0, piece.outer_start - 2) : piece.outer_start].rstrip(" \u00a0")[-1:]
    after = text[piece.outer_end : piece.outer_end + 1]
    return piece.depth == 0 and before in SENTENCE_EDGE and after in (".", "!", "?", "…", "。")


def opens_sentence(text: str, piece: Piece) -> bool:
    """Whether the marks open a sentence that goes on behind them in the same breath: “…”, said X / “…” dedi X."""
    before = text[max(0, piece.outer_start - 2) : piece.outer_start].rstrip(" \u00a0")[-1:]
    after = text[piece.outer_end : piece.outer_end + 3].lstrip(" \u00a0")[:1]
    return piece.depth == 0 and before in SENTENCE_EDGE and (after in (",", "،", "，", "–", "—", "-") or after.islower())


def is_phrase(text: str, piece: Piece, *, spaced: bool, nouns_capital: bool = False) -> bool:
    """Whether marked words are more than a name or a term: several words, the first or last of them small.

    Somebody's words are cited so even where nothing near says whose ("the bill allows it in “cases of grave doubt” only").
    nouns_capital: where every noun has a capital, two small words inside do as well („Invasion unseres Landes durch die Weißen“).
    """
    inner = text[piece.start : piece.end]
    if text[max(0, piece.outer_start - 1) : piece.outer_start] in ("(", "[", "（"):
        return False
    if not spaced:
        return len(inner) >= MIN_PHRASE_UNSPACED
    words = WORD.findall(inner[:400])
    if nouns_capital and sum(w[0].islower() for w in words) >= MIN_SMALL and len(words) > MIN_PHRASE + 1:
        return True
    return len(words) >= MIN_PHRASE and (words[0][0].islower() or words[-1][0].islower() or not words[0][0].isupper())


def is_title(text: str, piece: Piece, *, cased: bool, nouns_capital: bool = False) -> bool:
    """Whether the words look like a title or name: capitals throughout and nothing that ends a sentence.

    nouns_capital: every noun has a capital, so that small words between them ("für", "und") speak against a name.
    """
    words = TITLE_WORD.findall(text[piece.start : piece.end][:200])
    led = text[max(0, piece.outer_start - 3) : piece.outer_start].rstrip()[-1:] in (":", "：")
    if not cased or not words or len(words) > MAX_TITLE or led or text[piece.end - 1 : piece.end] in FINAL or piece.mark == "—":
        return False
    long = words if nouns_capital else [w for w in words if len(w) > 3] or words
    return (words[0][0].isupper() or words[0][0].isdigit()) and all(w[0].isupper() or w[0].isdigit() for w in long)


ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
LINKS = re.compile(r"\s*(?:[,/،、]|[^\W\d_]{1,5})?\s*")


def is_address(text: str, piece: Piece) -> bool:
    """Whether marked words are a web address."""
    return ADDRESS.fullmatch(text, piece.start, piece.end) is not None


def listed(text: str, before: Piece, piece: Piece) -> bool:
    """Whether a piece stands in a list with the one before it: nothing but a comma or one small word in between."""
    between = text[before.outer_end : piece.outer_start]
    return piece.depth == before.depth and bool(between.strip()) and between == between.lower() and LINKS.fullmatch(between) is not None


def follows_noun(text: str, piece: Piece, *, nouns_capital: bool) -> bool:
    """Whether the marks stand right behind a noun that they name (“the motto „…“”), as far as capitals can tell."""
    before = text[max(0, piece.outer_start - 40) : piece.outer_start]
    if not before.endswith((" ", "\u00a0")):
        return False
    words = WORD.findall(before)
    return bool(words) and before.rstrip()[-1:].isalnum() and (words[-1][:1].isupper() if nouns_capital else False)
