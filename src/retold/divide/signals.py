"""Signals: what speaks for and against a line being boilerplate, each with a weight in units of log odds.

The weights are set by hand, by what each signal means alone: 2 makes an even chance (`retold.divide.boilerplate.BIAS`), 4 is near
certainty, and what speaks against is weaker, because a caption shares its words with the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import chain

from retold.divide.appeals import appealing
from retold.divide.captions import captioned
from retold.divide.lines import Line, fold
from retold.divide.marks import (
    HEAD,
    LONGEST_TICKER,
    Bearing,
    international,
    is_forecast,
    is_ticker,
    marks,
    names_staff,
    own_words,
    runs,
    unquoted,
)
from retold.divide.menus import listed, sectioned, separated
from retold.divide.pages import Page
from retold.divide.subjects import stop_words
from retold.lexicons import lexicon, phrases_pattern

NAMES = {
    "also_read": "also read", "subscribe": "subscription", "consent": "cookie notice", "follow": "follow us",
    "advert": "advertisement", "credit": "photo credit", "contact": "contact line", "legal": "legal line",
    "comments": "comments", "navigation": "menu", "wire": "agency slug", "programme": "programme note",
    "author": "author box", "contents": "table of contents", "help": "reader feedback", "offer": "house promotion",
    "tools": "page tool",
}
LAST_NAME = max(NAMES.values())
# How much a phrase weighs in the form in which a line bears it: whole line, label, short heading, opening, anywhere inside.
WEIGHTS = {
    "also_read": (5.0, 5.0, 3.0, 0.5, 0.0), "subscribe": (4.0, 3.5, 3.0, 1.6, 1.4), "consent": (4.0, 3.5, 2.8, 1.6, 2.8),
    "follow": (4.0, 3.5, 2.5, 0.5, 1.2), "advert": (5.0, 5.0, 3.0, 0.3, 0.0), "credit": (3.0, 4.5, 2.5, 0.8, 0.0),
    "contact": (3.0, 3.0, 2.2, 1.4, 1.2), "legal": (4.0, 3.5, 3.2, 3.0, 1.8), "comments": (4.0, 3.5, 3.0, 1.8, 1.2),
    "navigation": (4.0, 0.8, 0.5, 0.0, 0.0), "wire": (3.0, 5.0, 2.5, 1.0, 0.5), "programme": (3.5, 4.0, 2.5, 1.2, 1.2),
    "author": (3.0, 2.5, 2.5, 1.0, 1.5), "contents": (4.0, 3.0, 2.0, 0.0, 0.0), "help": (4.0, 3.5, 3.0, 2.0, 2.2),
    "offer": (2.5, 2.0, 2.2, 1.4, 1.4), "tools": (4.5, 4.5, 3.5, 2.0, 0.0),
}
COUNT = "".join((*map(str, range(10)), ".", ",", " "))  # of comments, before the word
RULE = re.compile(r"[\s_=*~•·|─━—–#+><◆■●▪-]+")  # a line drawn across the page
FORMS = ("whole", "label", "heading", "opening")
LONGEST_BEARER = 45  # words of a line in which phrases are looked for beyond its opening
AGAIN = 0.35  # of a phrase's weight for each further phrase of its kind in a line
FOOT = 0.8  # more for any phrase at the foot of the page, where houses speak of themselves
LONG = 1.2  # more for an opening of several words: "watch" opens sentences, "you may also like" does not
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|https?://\S+|\bwww\.\S+|(?<![\w.])[\w-]+\.(?:com|org|net|info|example|[a-z]{2})/\w*")
NUMBERED = re.compile(r"(?<!\S)(\d{1,2})[.)]\s+\S")
SLUG = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?:,\s.{1,30})?")
NUMBERED_SLUG = re.compile(r"[A-Z]{2,6}[- ]?\d[\d/-]*\s[^a-z]{3,40}(?:[a-z]{1,3}\s[A-Z]+)?")  # "AMP-0418/211 CABLE CAR-FAULT 2nd LEAD"
INITIAL = re.compile(r"\s?/+\s?|[\s()-]+")
FOOTER = re.compile(r"(?<!\w)(?:\d{4}[A-Z]{2,4}|\d{6}\s?[A-Z]{3}|\d{4}\s?GMT|[a-z]{2,4}/\s?[a-z]{2,4})(?![^\W_])")
ENDED = re.compile(r"[^\s/]{2,20}\s?/\s?(?:fim|fin|fine|ende|ends?|einde|koniec|konec|кінець|конец|son)\.?")  # "APN/Ende"
OFFER = re.compile(r"[$€£¥₽₴₺]|\d\s?(?:%|zł|kč|tl|грн|руб|元|円)")

MASTHEAD = 4.5  # the outlet's name with a motto at the head: of 84 such lines in annotated stories 80
BLOGS = frozenset(("blog", "blogue", "webzine", "guide", "magazine", "блог", "журнал", "مدونة"))
LONGEST_HOUSE = 30  # words of a line in which a house speaks of its services
SHARED_HOUSE = 0.2  # of its stems that the article may have
GENRE = 7  # letters of a label that may open a paragraph, too: "background:"; "watch:" opens none
FEW = 3  # paragraphs: so few need share no word
SHARED_FORECAST = 0.2  # of its stems that the article may have
LONGEST_BOX = 40  # words about an author
SHARED_BOX = 0.3  # of its stems that the article may have
OPENING = "\"“„«'‘「"
MOTTO = re.compile(r"\s?[:|·•>»＞｜]\s?\w|\s[–—-]\s\w|\.\s\w")  # between the name of an outlet and its motto
COMMA = re.compile(r",\s\w")  # the same, where what follows says what it is: "Ruota, il blog di chi pedala"

Signal = Callable[[Page, int], "tuple[float, str]"]
NONE = (0.0, "")


def announced(page: Page, at: int) -> tuple[float, str]:
    """A phrase of the lexicon, by its kind and the form in which the line bears it."""
    line = page.lines[at]
    if line.size > 70:
        return NONE
    borne = perhaps_borne(line, page.language)
    weight, reason = weigh_phrases(line.text, page.language, borne) if borne else (0.0, LAST_NAME)
    foot = FOOT if weight and page.tail(at) and line.size <= 45 else 0.0
    return weight + foot, reason


@lru_cache(maxsize=4096)
def weigh_phrases(text: str, language: str, borne: frozenset[str]) -> tuple[float, str]:
    """What the phrases in a line, of the kinds that it may bear, weigh: the strongest kind, and a part of the others."""
    line = Line(start=0, end=len(text), text=text)
    own = unquoted(line.plain)
    found = sorted(((weight, NAMES[key]) for key in borne if (weight := bearing_weight(line, own, key, language))), reverse=True)
    if not found:
        return 0.0, LAST_NAME
    return found[0][0] + 0.4 * min(sum(weight for weight, _ in found[1:4]), 3.0), found[0][1]


def perhaps_borne(line: Line, language: str) -> frozenset[str]:
    """The kinds of phrase that a line may bear: one opens it, or has its longest word there."""
    if line.bare[:1].isdigit() or not lexicon(language).spaced:
        return frozenset(WEIGHTS)
    heads, inner, always = openings(language)
    keys = set(always)
    for text in (line.bare, line.plain) if line.bare != line.plain else (line.plain,):
        for phrase, key in chain.from_iterable(heads.get(text[:size], ()) for size in range(1, HEAD + 1)):
            if text.startswith(phrase):
                keys.add(key)
    for word in inner.keys() & runs(line.plain) if line.size <= LONGEST_BEARER else ():
        keys.update(inner[word])
    return frozenset(keys)


@cache
def openings(language: str) -> tuple[dict[str, set[tuple[str, str]]], dict[str, set[str]], set[str]]:
    """Phrases with their kinds by their first letters, kinds by the longest words of phrases, and those that must always be tried."""
    heads: dict[str, set[tuple[str, str]]] = {}
    inner: dict[str, set[str]] = {}
    for key in WEIGHTS:
        own = marks(language, key)
        for table in (own.heads, own.stem_heads):
            for head, group in table.items():
                heads.setdefault(head, set()).update((phrase, key) for phrase in group)
        for part in own.telling:
            inner.setdefault(part, set()).add(key)
    return heads, inner, {key for key in WEIGHTS if marks(language, key).wild}


def bearing_weight(line: Line, plain: str, key: str, language: str) -> float:
    """What one kind of phrase weighs in a line; `plain`: the folded line without what somebody says in it."""
    weights, own = WEIGHTS[key], marks(language, key)
    bearing = own.opening(line)
    if bearing is None and line.bare[:1].isdigit() and line.size <= 12 and own.opening(uncounted(line)):
        return weights[FORMS.index("heading")]
    found = 0.0
    if bearing:
        found = weights[FORMS.index(bearing.form)] + (LONG if bearing.form == "opening" and bearing.long and weights[3] else 0.0)
        if bearing.form == "label" and not firmly(bearing, line):
            found *= 0.6
        if bearing.phrase[-1] == ":" and len(bearing.phrase) >= GENRE and line.prose and not bearing.long:
            found *= 0.5  # "Background: the dam was built in 1911 and has been repaired twice." is no link
    inside = own.count_inside(plain) if weights[4] > found and line.size <= LONGEST_BEARER else 0
    return max(found, weights[4] * (1 + AGAIN * (inside - 1))) if inside else found


def uncounted(line: Line) -> Line:
    """A line without the number before it ("41 comments")."""
    return Line(start=line.start, end=line.end, text=line.bare.lstrip(COUNT))


def firmly(bearing: Bearing, line: Line) -> bool:
    """Whether a label is more than a common word before a dash or in capitals: "Watch: …", not "Home – at last"."""
    rest = line.bare[len(bearing.phrase):].lstrip()
    return not bearing.phrase[-1].isalnum() or rest[:1] in ":|]】" or bearing.long


def addressed(page: Page, at: int) -> tuple[float, str]:
    """An e-mail address or a link in a short line; the names of several networks."""
    line = page.lines[at]
    perhaps = "@" in line.text or "/" in line.text or "www." in line.text  # one of them stands in every address
    found = ADDRESS.search(line.text) if perhaps and line.size <= 40 else None
    if found:
        edge = (page.tail(at) or page.head(at)) and ("@" in found.group() or line.size <= 12)
        return (3.5 if line.size <= 4 or edge else 2.5 if "@" in found.group() and line.size <= 25 else 1.0), "contact line"
    networks = sum(word.lower() in international("follow") for word in line.words) if line.size <= 14 and not line.stopped else 0
    return (2.5 if networks > 1 else 1.2 * networks if page.tail(at) else 0.0), "follow us"


def quoted_rates(page: Page, at: int) -> tuple[float, str]:
    """Rates or the weather around the article."""
    line = page.lines[at]
    if line.size > LONGEST_TICKER or not (page.head(at) or page.tail(at)):
        return NONE
    forecast = page.shared(at) <= SHARED_FORECAST and is_forecast(line, page.language)
    return (4.5, "ticker") if forecast or (not line.stopped and is_ticker(line, page.language)) else NONE


def tagged(page: Page, at: int) -> tuple[float, str]:
    """The slug at the head of an agency's text, or the initials and the hour at its foot."""
    line = page.lines[at]
    if at <= 2 and line.size <= 10 and (SLUG.fullmatch(line.text) or NUMBERED_SLUG.fullmatch(line.text)):
        return 3.0, "agency slug"
    if page.tail(at) and ENDED.fullmatch(line.plain):
        return 4.5, "agency footer"
    if page.tail(at) and line.size <= 8 and not line.stopped and (FOOTER.search(line.text) or is_initials(line.text)):
        return 3.5, "agency footer"
    return NONE


def is_initials(text: str) -> bool:
    """Whether a text is nothing but the initials of who wrote and who read it.

    >>> [is_initials(text) for text in ("RMV // JPS", "(ab-CD)", "jvo mkr", "Low Fell", "AFP")]
    [True, True, True, False, False]
    """
    parts = INITIAL.split(text.strip(" ()."))
    short = len(parts) > 1 and all(2 <= len(part) <= 4 and part.isalpha() and part in (part.upper(), part.lower()) for part in parts)
    return short and ("/" in text or "-" in text or any(part.islower() for part in parts))


def tagline(page: Page, at: int) -> tuple[float, str]:
    """A line at the head without one capital letter in a language that has them: the motto of a site."""
    line = page.lines[at]
    small = line.text == line.text.lower() != line.text.upper() and lexicon(page.language).cased
    return (4.0, "motto") if small and page.head(at) and at and line.size >= 3 else NONE


def numbered(page: Page, at: int) -> tuple[float, str]:
    """Several numbered titles in one line, or titles that come again as subheadings."""
    line = page.lines[at]
    if line.size <= 60:
        numbers = [int(m.group(1)) for m in NUMBERED.finditer(line.text)]
        if len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return 4.0, "table of contents"
    announced_before = at and marks(page.language, "contents").opening(page.lines[at - 1])
    return (3.5, "table of contents") if announced_before and page.repeated[line.plain] > 1 else NONE


def trailing(page: Page, at: int) -> tuple[float, str]:
    """A trail to the headline: other words before it, or the headline cut short with dots."""
    line = page.lines[at]
    if not page.head(at) or line.size > 40:
        return NONE
    cut = line.plain.rstrip(". …").rstrip()
    for other in page.lines[at + 1:at + 8]:
        whole, dots = other.plain, line.text.rstrip().endswith(("...", "…"))
        for skip in range(1, min(8, len(cut.split()) - 2)):
            end = " ".join(cut.split()[skip:])
            if len(end) >= 12 and (whole.startswith(end) and (dots or end == whole)):
                return 4.5, "menu"
    return NONE


def repeated(page: Page, at: int) -> tuple[float, str]:
    """A short line that stands on the page again and again; a line of marks only."""
    line = page.lines[at]
    again = page.repeated[line.plain]
    if RULE.fullmatch(line.text):
        return 4.0, "separator"
    speaker = line.text.endswith((":", "：", "?", "？"))  # transcripts and interviews repeat their labels
    if again == 1 or line.size > 8 or page.head(at) or speaker:
        return NONE
    return 1.0 * min(again - 1, 3), "repeated line"


def recurring(page: Page, at: int) -> tuple[float, str]:
    """A line that other pages of the outlet have too; no paragraph inside the article: background is told again and again.

    Nor the outlet's bare name: it says whose the article is (none of 53 such lines in annotated stories is taken for boilerplate).
    """
    line = page.lines[at]
    if page.outlet and line.plain == fold(page.outlet):
        return NONE
    pages = page.again.get((line.start, line.end), 0)
    outside = page.head(at) or page.tail(at)
    if not pages or (line.prose and not at_edge(page, at)):
        return NONE
    return (3.0 if pages > 1 else 1.5) + (1.5 if outside else 0.0), "on other pages of the outlet"


def at_edge(page: Page, at: int) -> bool:
    """Whether all lines before a line, or all after it, come again on other pages too."""
    known = [(line.start, line.end) in page.again for line in page.lines]
    return all(known[:at]) or all(known[at + 1:])


def promoted(page: Page, at: int) -> tuple[float, str]:
    """What a house says about itself at the foot: a price, a question to the reader, the outlet's own name."""
    line = page.lines[at]
    if not page.tail(at) or line.size > 45 or line.text[:1] in "\"“„«'‘「":
        return NONE
    found = 0.0
    found += 0.8 if OFFER.search(line.plain) and page.shared(at) < 0.3 else 0.0
    found += 1.2 if re.match(r"[^.!。]{3,60}[?？؟]\s?\S", line.text) and page.shared(at) < 0.3 else 0.0
    found += 1.5 if page.outlet and fold(page.outlet) in line.plain and page.shared(at) < 0.5 else 0.0
    return found, "house promotion"


def furnished(page: Page, at: int) -> tuple[float, str]:
    """A line around the article that names a service of the house ("cookies", "subscribers", "horoscopes") and shares nothing with the
    article; at the head one that opens with the outlet's own name before a mark: a masthead with its motto."""
    line = page.lines[at]
    head = page.head(at)
    if line.size > LONGEST_HOUSE or not (head or page.tail(at)) or line.text[:1] in OPENING:
        return NONE
    name = fold(page.outlet or "")
    if head and name and line.plain.startswith(name) and is_motto(line.plain[len(name):], page.language):
        return NONE if names_staff(line, page.language) else (MASTHEAD, "motto")
    if page.shared(at) > SHARED_HOUSE or at == page.first:
        return NONE
    found = len({m.group().casefold() for m in house_words(page.language).finditer(unquoted(line.text))})
    return (3.2 if found == 1 else 4.2, "house promotion") if found else NONE


def is_motto(rest: str, language: str) -> bool:
    """Whether what stands behind an outlet's name at the head of a page is its motto or its section.

    >>> is_motto(" | news of the valley", "en"), is_motto(", the blog of the valley", "en"), is_motto(", with files from apn", "en")
    (True, True, False)
    """
    if MOTTO.match(rest):
        return True
    kinds = {fold(word) for word in own_words(language, "titles")} | BLOGS
    return COMMA.match(rest) is not None and not kinds.isdisjoint(rest.replace(",", " ").split()[:4])


@cache
def house_words(language: str) -> re.Pattern[str]:
    """What houses call their own services in a language."""
    return phrases_pattern(own_words(language, "house"), spaced=lexicon(language).spaced)


def boxed(page: Page, at: int) -> tuple[float, str]:
    """Behind the article a line that says of its author what that one does: "Jo Weber writes about rivers for the Gazette"."""
    line = page.lines[at]
    if at <= page.body[1] or line.size > LONGEST_BOX or line.text[:1] in OPENING:
        return NONE
    known = signed(page, line)
    if page.shared(at) > SHARED_BOX and not known:
        return NONE
    verbs = own_words(page.language, "author_verbs")
    opens = line.plain.partition(" ")[0] not in stop_words(page.language)  # "Die Straße war gesperrt" is about no author
    does = opens and any(says_of_author(line.text, size, verbs, cased=lexicon(page.language).cased) for size in (2, 3))
    return (4.5 if known else 3.6, "author box") if does else NONE


def signed(page: Page, line: Line) -> bool:
    """Whether a line opens with the two words of a name that a byline of the page has."""
    name = " ".join(line.plain.split()[:2])
    return any(label and label.kind == "byline" and name in other.plain for other, label in zip(page.lines, page.labels, strict=True))


def says_of_author(text: str, size: int, verbs: tuple[str, ...], *, cased: bool) -> bool:
    """Whether a text opens with a name of so many words and one of the verbs behind it."""
    words = text.split(maxsplit=size)
    if len(words) <= size or (cased and not all(word[0].isupper() for word in words[:size])):
        return False
    rest = fold(words[size][:60])
    return any(rest.startswith(fold(verb)) and not rest[len(fold(verb)):][:1].isalnum() for verb in verbs)


def remote(page: Page, at: int) -> tuple[float, str]:
    """A line at the head or foot that is no paragraph and shares no word with the article."""
    line = page.lines[at]
    if line.size > 45 or len(page.bags[at]) < 2 or page.shared(at) > 0:
        return NONE
    if line.prose and sum(other.prose for other in page.lines) <= FEW:
        return NONE
    if not page.tail(at):
        return (0.8, "unrelated line") if at and page.head(at) and line.size >= 3 else NONE
    open_end = not line.stopped and at > page.body[1]
    return (2.6 if open_end and line.size >= 4 else 1.0), "unrelated line"


def written(page: Page, at: int) -> tuple[float, str]:
    """Against: a paragraph; more so when it speaks of the article's subject."""
    line = page.lines[at]
    against = 0.0
    if line.size >= 8 and line.stopped:
        against += 0.8 + (0.8 if line.prose and not page.tail(at) else 0.0)
    if len(page.bags[at]) >= 4:
        against += 2.5 * min(page.shared(at), 0.6)
    if line.text[:1] in "\"“„«»'‘「" and line.size >= 5:
        against += 1.0
    return -against, ""


def entitled(page: Page, at: int) -> tuple[float, str]:
    """Against: the title as given, or the first line at the head whose words come again in the article."""
    if titled(page, at):
        return -40.0, ""
    return (-2.0, "") if at == page.first and page.shared(at) >= 0.25 else NONE


def titled(page: Page, at: int) -> bool:
    """Whether a line is the title as given."""
    title = fold(page.title)
    return len(title) >= 12 and page.lines[at].plain.startswith(title[:60])


FOR: tuple[Signal, ...] = (
    announced, separated, listed, sectioned, captioned, addressed, quoted_rates,
    tagged, tagline, numbered, trailing, repeated, recurring, promoted,
    furnished, appealing, boxed, remote,
)
LONG_LINE = 45  # words above which a line is no button, link, slug or remark of the house: all other signals are silent then
FOR_LONG: tuple[Signal, ...] = (announced, separated, captioned, tagline, numbered, repeated, recurring)
