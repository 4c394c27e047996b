"""What things are called where the texts give no name: an article by its first words, a claim by its plainest wording."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import east_asian_width

from retold.view.visible import shorten

MAX_TITLE = 120  # code points of the first words where there is no title
LOOKED_AT = 6_000  # code points of a text in which its first words are sought: whoever has a longer menu has no title
LEAST_LETTERS = 8  # of a line that may be a title: "ua en ru" is a menu
MENU = "|›»>·•"  # what stands between the entries of a menu
ENDS = ".!?…。！？．؟۔।"
CLOSING = "\"'”’“»«›‹)]）」』】》 \u00a0\u202f"
OPENING = "\"'“„”«»‘‚‹›(\\[（「『【《¿¡ \u00a0\u202f"
DATELINE = re.compile(r"[(\w][^.!?…]{0,40}\s?[-–—]\s")  # "(Wire) - ", "OSLO, 3 May (Wire) - "
LEADS = "-–—―:："  # after a dateline, or before a quotation
WHOLE = 2  # how far a whole sentence stands for itself
FROM_BEST = 0.08  # how far a name may lie from the wording that agrees most: what was joined on weaker grounds may be about another thing
FROM_SUREST = 3.5  # the same in log odds, where a wording that near stands for itself: .92 beside .9997 joined on shared words alone
SURE = 0.9999  # beyond which nothing is surer
LEAST_WORDS = 4  # of a claim that says something by itself
LEAST_SMALL = 2  # words in small letters of a sentence that has a verb
LEAST_WIDE = 7  # characters of one where words are not spaced
LONG = 220  # code points beyond which a wording is no name
FEW = 14  # words of a piece up to which it is shown with what stands around it: "Union leader Ada Lund told the local paper Tern Post"
FEW_WIDE = 28  # characters of one where words are not spaced
MIDDLE = 40, 160  # code points of a wording that is neither a scrap nor a paragraph
MIDDLE_WIDE = 14, 70  # characters of one where words are not spaced
EXTERNAL = "external:"  # begins the node of a source that is no article here: for scripts, never for a reader
AROUND = 90  # code points of what stands before or after such a piece
WORD = re.compile(r"[^\W\d_]+")
PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "\"": "\"", "‘": "’", "‚": "‘’"}

GIVEN = re.compile(r"(?<=.)-[0-9a-f]{10}$")  # what a workspace puts behind the name of a file, so that no two are one


def called(outlet: str | None, title: str | None, name: str) -> str:
    """What a reader knows an article by: its outlet, else its title, else its id, without what a workspace puts behind it.

    >>> called("", None, "harbour-memo-a7b77d29d8"), called("The Tern Post", "Gate cracked", "x1")
    ('harbour-memo', 'The Tern Post')
    """
    return outlet or title or GIVEN.sub("", name)


def source_name(node: str) -> str:
    """What a reader knows a source by that is no article here.

    >>> source_name("external:Ada Lund")
    'Ada Lund'
    """
    return node.removeprefix(EXTERNAL)


class Cited(Protocol):
    """A wording in an article (an excerpt)."""

    @property
    def document(self) -> str:
        """The id of the article."""
        ...

    @property
    def start(self) -> int:
        """The first code point."""
        ...

    @property
    def end(self) -> int:
        """The one after the last."""
        ...


def first_words(text: str, cut: Iterable[tuple[int, int]] = ()) -> str:
    """The first line that may be a title, shortened; "" where there is none.

    Args:
        text: the whole text.
        cut: spans that are no part of the article.

    >>> first_words("Home | News | Sport\\nua en ru\\nFerry runs aground off Kaldvik\\nMore text.")
    'Ferry runs aground off Kaldvik'
    """
    spans = [(s, e) for s, e in cut if e > s]
    at = 0
    for line in text[:LOOKED_AT].splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        words = " ".join(line.split())
        cut_off = sum(max(0, min(end, e) - max(start, s)) for s, e in spans)
        if sum(c.isalpha() for c in words) >= LEAST_LETTERS and not is_menu(words) and 2 * cut_off < len(line):
            return shorten(words, MAX_TITLE)
    return ""


def is_menu(line: str) -> bool:
    """Whether a line is a row of links.

    >>> is_menu("Menü | Live hören | Podcasts"), is_menu("Accueil › Mer"), is_menu("Flood: 3 dead | Daily News")
    (True, True, False)
    """
    found = sum(line.count(f" {sign} ") for sign in MENU)
    return found >= 2 or (found == 1 and len(line.split()) <= 4)


def lead_language(languages: Sequence[str], spoken: Iterable[str]) -> str:
    """The language in which most of a story can be told: that of most articles, then of most of its claims, then the first.

    Args:
        languages: of the articles, in their order.
        spoken: the language of every mention of a claim.
    """
    articles, mentions = Counter(filter(None, languages)), Counter(spoken)
    return max(articles, key=lambda code: (articles[code], mentions[code], -languages.index(code)), default="")


def standing(text: str, start: int, end: int) -> int:
    """How far words stand for themselves: 2 a whole sentence or line, 1 the beginning of one, 0 a piece from within.

    >>> text = "OSLO (Wire) - The ferry is safe, said Ada Lund. Nobody was hurt."
    >>> standing(text, 14, 31), standing(text, 33, 47), standing(text, 48, 64)
    (1, 0, 2)
    """
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    words = text[start:end].strip()
    first = next((c for c in words if c.isalpha()), "")
    before = text[begin:start].rstrip(OPENING + CLOSING)
    if not words or first.islower() or (before and before[-1] not in ENDS + LEADS):
        return 0
    after = text[end:stop if stop >= 0 else len(text)].lstrip(CLOSING)
    return WHOLE if words.rstrip(CLOSING)[-1:] in tuple(ENDS) or not after or after[0] in ENDS else 1


def is_slight(words: str) -> bool:
    """Whether words are too few to say anything by themselves: fewer than `LEAST_WORDS`, and few letters where words are not spaced.

    >>> is_slight("Not for long."), is_slight("The ferry ran aground."), is_slight("渡轮搁浅"), is_slight("渡轮在卡尔德维克附近搁浅")
    (True, False, True, False)
    """
    letters = sum(c.isalpha() for c in words)
    wide = sum(east_asian_width(c) == "W" for c in words)
    return letters < LEAST_WIDE if 2 * wide > letters else len(words.split()) < LEAST_WORDS


def is_few(words: str) -> bool:
    """Whether a piece of a sentence has too few words to be read alone.

    >>> is_few("A trade union, Birlik-Gida"), is_few("抽检的20台样品中")
    (True, True)
    >>> is_few("Inspectors have found cracks in 17 of the 19 hinges of the old lock gate at Kaldvik")
    False
    """
    wide = sum(east_asian_width(c) == "W" for c in words)
    return wide <= FEW_WIDE if 2 * wide > sum(c.isalpha() for c in words) else len(words.split()) <= FEW


def is_running(words: str) -> bool:
    """Whether words are running text: two of them at least in small letters, where a script has such. Datelines and bylines are not.

    >>> is_running("Nobody was hurt."), is_running("OSLO, 3 May."), is_running("By Ada Lund and Bo Roth."), is_running("渡轮搁浅")
    (True, False, False, True)
    """
    small = sum(w[0].islower() for w in WORD.findall(words))
    return small >= LEAST_SMALL or words.upper() == words.lower()


def is_middling(words: str) -> bool:
    """Whether a wording has a length at which it is read at a glance.

    >>> is_middling("Twelve people were brought ashore before midnight."), is_middling("Nobody was hurt."), is_middling("a b " * 60)
    (True, False, False)
    """
    wide = sum(east_asian_width(c) == "W" for c in words)
    least, most = MIDDLE_WIDE if 2 * wide > sum(c.isalpha() for c in words) else MIDDLE
    return least <= len(words) <= most


def in_headline(words: str, title: str) -> bool:
    """Whether words are the headline of their article, or a part of it.

    >>> in_headline("Gate shut!", "Gate shut"), in_headline("The gate was shut on Monday.", "Gate shut")
    (True, False)
    """
    found = " ".join(words.casefold().split()).strip(ENDS + CLOSING + OPENING)
    return bool(found) and found in " ".join(title.casefold().split())


def speaks_of_itself(words: str, first: Container[str], own: str | None) -> bool:
    """Whether a wording speaks of the one who tells: in the first person, or of the article's own outlet.

    Args:
        words: a wording.
        first: the words of the first person in its language, in small letters.
        own: the outlet of its article.

    >>> speaks_of_itself("We do not comment.", {"we", "us"}, None), speaks_of_itself("The US does not comment.", {"we", "us"}, None)
    (True, False)
    >>> speaks_of_itself("It did not answer questions from Northern Wire.", {"we"}, "Northern Wire")
    True
    """
    return (own is not None and names(words, own)) or any(w.lower() in first for w in WORD.findall(words) if w.islower() or w.istitle())


def names(words: str, name: str) -> bool:
    """Whether words have a whole name in them.

    >>> names("The newspaper is Northern Wire.", "Northern Wire"), names("The Northern Wires hummed.", "Northern Wire")
    (True, False)
    """
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def around(text: str, span: tuple[int, int], home: tuple[int, int] | None) -> tuple[str, str]:
    """What stands before and after words in their sentence, shortened; "" where they begin or end it, or where it is not known.

    >>> around("Oslo. A union, Fagbund, says that nobody came.", (6, 22), (6, 46))
    ('', ', says that nobody came.')
    """
    if home is None or not home[0] <= span[0] < span[1] <= home[1]:
        return "", ""
    before, after = text[home[0]:span[0]].lstrip(), text[span[1]:home[1]].rstrip()
    before, after = (re.sub(r"\s+", " ", piece) if WORD.search(piece) else "" for piece in (before, after))
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    return before, shorten(after, AROUND)


def unopened(words: str) -> str:
    """Words without the mark of a quotation that they open and do not close.

    >>> unopened("“We will look at it in the autumn"), unopened("“Nobody” came")
    ('We will look at it in the autumn', '“Nobody” came')
    """
    closing = PAIRS.get(words[:1], "")
    return words if not closing or any(mark in words[1:] for mark in closing) else words[1:].lstrip()


def log_odds(score: float) -> float:
    """The logarithm of the odds of a score between 0 and 1."""
    held = min(max(score, 1 - SURE), SURE)
    return math.log(held / (1 - held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What is known of the articles that the wordings of a claim stand in.

    Args:
        texts: the articles by id.
        languages: the language of each article by id.
        lead: the language preferred.
        home: the sentence in which a wording stands, None where it is not known.
        empty: whether a wording is a headline or only says who says something.
        first: whether no other article that makes the claim stands above that of a wording.
    """

    texts: dict[str, str]
    languages: dict[str, str]
    lead: str
    home: Callable[[Cited], tuple[int, int] | None] = lambda _: None
    empty: Callable[[Cited], bool] = lambda _: False
    first: Callable[[Cited], bool] = lambda _: True


def plainest(wordings: Sequence[tuple[Cited, float]], *, taste: Taste, default: str) -> tuple[str, bool]:
    """The wording that a claim is best known by, and whether it stands for itself: begins a sentence and is more than a word or two.

    Of those that agree most with the others (of the surest, where one of them stands for itself): one that begins a sentence before a
    piece from within, and one that says something before one that announces what somebody says; then a whole sentence with its stop that
    is no headline (such a sentence of four words is taken to have a verb: there is no list of them); then one without a dateline and
    not too long; then the language preferred; then the article from which the others have it; then a middle length; then the rest of what
    stands whole, the best score and the earliest. Dots stand where a sentence begins before it or goes on; around a piece of few words
    stands the rest of its sentence in square brackets.

    Args:
        wordings: where the claim stands, each with how much it agrees with the others.
        taste: what is known of the articles.
        default: the name where there are no words.
    """
    if not wordings:
        return default, True

    def rank(index: int) -> tuple[bool, bool, bool, bool, bool, bool, bool, int, float, int]:
        place, score = wordings[index]
        text = taste.texts[place.document]
        words, stands = text[place.start:place.end], standing(text, place.start, place.end)
        told = stands > 0 and not text[place.end:place.end + 2].lstrip().startswith((":", "："))
        whole = stands == WHOLE and has_stop(text, place.end) and is_running(words) and not is_slight(words) and not taste.empty(place)
        lead = taste.languages.get(place.document) == taste.lead
        return (told, whole, not DATELINE.match(words), len(words) <= LONG, lead, taste.first(place), is_middling(words), stands, score,
                -index)

    most = max(score for _, score in wordings)
    near = [i for i, (_, score) in enumerate(wordings) if score >= most - FROM_BEST]
    ranks = {i: rank(i) for i in near}
    surest = [i for i in near if ranks[i][0] and log_odds(wordings[i][1]) >= log_odds(most) - FROM_SUREST]
    best = max(surest or near, key=ranks.__getitem__)
    place, told, stands = wordings[best][0], ranks[best][0], ranks[best][-3]
    text, span = taste.texts[place.document], (place.start, place.end)
    return shown_as(text, span, stands, around(text, span, taste.home(place))), told and not is_slight(text[slice(*span)])


def has_stop(text: str, end: int) -> bool:
    """Whether the words before `end` are closed by a stop, in them or right behind: a line of a page often is not.

    >>> has_stop("Nobody came.", 12), has_stop("Nobody came.", 11), has_stop("By Ada Lund\\nNobody came.", 11)
    (True, True, False)
    """
    return text[:end].rstrip(CLOSING)[-1:] in tuple(ENDS) or text[end:end + len(CLOSING)].lstrip(CLOSING)[:1] in tuple(ENDS)


def shown_as(text: str, span: tuple[int, int], stands: int, rest: tuple[str, str]) -> str:
    """A wording as the name of a claim: dots where it is cut out of a sentence, the `rest` of that in brackets where its words are few."""
    words = " ".join(text[slice(*span)].split())
    ended = stands == WHOLE or words.rstrip(CLOSING)[-1:] in tuple(ENDS)
    before, after = rest
    if is_few(words) and (before or after) and not (stands and ended):
        head = f"[{before.rstrip()}] " if before else "" if stands else "… "
        gap = " " if after[:1].isspace() else ""
        return f"{head}{words}{gap}[{after.strip()}]" if after and not ended else f"{head}{words}"
    if stands and not ended:
        words = unopened(words)
    return f"{'' if stands else '… '}{words}{'' if ended else ' …'}"
