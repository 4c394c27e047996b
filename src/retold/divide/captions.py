"""Captions: photo credits at the end of a line, names of files."""

from __future__ import annotations

import re
from functools import cache

from retold.divide.lines import Line
from retold.divide.marks import international, marks, own_words
from retold.divide.pages import Page
from retold.divide.passages import is_caption
from retold.lexicons import lexicon

FILE_NAME = re.compile(r"\w+(?:_\w+)+(?:\.\w{2,4})?|\w+\.(?:jpe?g|png|gif|webp|svg)", re.IGNORECASE)
OWNED = re.compile(r".*\S\s+©\s?\w[^.!?©]{1,40}")  # "The cabins in summer. © Gazette"
MARKED = frozenset(":/=©")  # marks behind a photo credit
# "The wall in June. / J. Roth", "The wall in June. AGENCY / J. Roth", "The wall in June. HANDOUT"
SIGNED_PICTURE = re.compile(
    r"(?P<told>[^.!?…]{8,160})[.!?…]\s+(?:(?:[A-Z]{2,}[\w .]{0,20}\s?)?/\s?(?P<name>\S.{0,30})"
    r"|(?P<mark>[^\W\d_]{4,}(?:\s[^\W\d_]{2,}){0,2}))",
)
LONGEST_SIGNED = 18  # words
LEAST_TOLD = 3  # words of what a picture shows
LEAST_SMALL = 2  # of them in small letters: "By JO D. ROTH" is nobody's picture
NONE = (0.0, "")


def captioned(page: Page, at: int) -> tuple[float, str]:
    """A photo credit in brackets or after a label at the end of a short line; the name of a file."""
    line = page.lines[at]
    if line.size > 70:
        return NONE
    if is_caption(line, page.language):
        return 6.0, "photo credit"
    if line.size <= 3 and FILE_NAME.fullmatch(line.text) and line.text.strip("_"):
        return 3.5, "photo credit"
    owned = line.size <= 45 and (OWNED.fullmatch(line.text) is not None or credited(line, page.language) or signed(line, page.language))
    return (4.5, "photo credit") if owned else NONE


def credited(line: Line, language: str) -> bool:
    """Whether a photo credit stands at the end of a line: "… at the quay. Photo: Jo Weber", "… au quai. Photo Jo Weber"."""
    tail = line.plain[-90:]
    if not credit_phrases(language).search(tail):
        return False
    spaced = lexicon(language).spaced
    for phrase in marks(language, "credit").exact if not line.stopped or not MARKED.isdisjoint(tail) else marked_credits(language):
        at = tail.rfind(phrase)
        if at < 0 or len(phrase) < 2 or (spaced and at and tail[at - 1].isalnum() and phrase[0].isalnum()):
            continue
        after = tail[at + len(phrase):].lstrip()
        if not phrase[-1].isalnum() or after[:1] in MARKED or (" " in phrase and phrase in international("credit")):
            return True
        if at and tail[:at].rstrip()[-1:] in ".!?)" and 0 < len(after.split()) <= 5 and not line.stopped:
            return True
    return False


@cache
def credit_phrases(language: str) -> re.Pattern[str]:
    """The phrases of photo credits as one pattern: few lines hold any."""
    return re.compile("|".join(map(re.escape, marks(language, "credit").exact)))


@cache
def marked_credits(language: str) -> tuple[str, ...]:
    """The phrases of photo credits that show what they are without a mark behind them, in their order."""
    known = international("credit")
    return tuple(p for p in marks(language, "credit").exact if not p[-1].isalnum() or (" " in p and p in known))


def signed(line: Line, language: str) -> bool:
    """Whether a short line is one sentence, behind it whose picture it is: "The wall in June. / J. Roth", "… in June. HANDOUT"."""
    if line.size > LONGEST_SIGNED:
        return False
    plain, known = line.plain.rstrip(" .)"), own_words(language, "pictures")
    for phrase in known if plain.endswith(known) else ():
        if plain.endswith(phrase) and plain[:-len(phrase)].rstrip()[-1:] in tuple(".!?(=・　 "):
            return not lexicon(language).spaced or plain[:-len(phrase)].rstrip()[-1:] in tuple(".!?(")
    found = SIGNED_PICTURE.fullmatch(line.text.rstrip(".")) if lexicon(language).cased else None
    told = found.group("told").split() if found else []
    if not found or len(told) < LEAST_TOLD or len(told[-1]) < 2 or sum(word.islower() for word in told) < LEAST_SMALL:
        return False
    name = found.group("name")
    return name[:1].isupper() and len(name.split()) <= 4 if name else found.group("mark").isupper()
