"""Boilerplate: what stands on the page and is not the article.

Every line gets a score from signals that can be read off its surface, its place and its words; a line above one half is
boilerplate. Then links that follow a heading ("Also read") go with it, and the tail of another story is cut.

Source: Kohlschütter, Fankhauser and Nejdl 2010, "Boilerplate Detection using Shallow Text Features", sections 3 and 4: the
number of words and the density of links in a block and in its neighbours separate text from the rest. We have no links, only
text that somebody has extracted already; phrases, separators and the distance from the article's subject stand in for them, and
the weights are set by hand, because no licensed training data covers our languages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from retold.divide.lines import Line, fold
from retold.divide.marks import Bearing, international, marks
from retold.divide.passages import Label, is_caption, is_dated, known_agency
from retold.divide.subjects import frequencies, share, stems
from retold.divide.tails import Paragraph, count_tail
from retold.lexicons import LANGUAGES, lexicon

BIAS = -2.0  # a line without any signal is boilerplate with probability .12
LONGEST = 1500  # code points; longer lines are paragraphs, or glued pages that no rule can part
NEAR = 0.12  # of a paragraph's content words that stand in others too, for it to end the body of the article
MOST = 0.5  # of an article's words that lines other than menus may lose
NAMES = {
    "also_read": "also read", "subscribe": "subscription", "consent": "cookie notice", "follow": "follow us", "advert": "advertisement",
    "credit": "photo credit", "contact": "contact line", "legal": "legal line", "comments": "comments", "navigation": "menu",
    "wire": "agency slug", "programme": "programme note", "author": "author box", "contents": "table of contents",
    "help": "reader feedback", "offer": "house promotion",
}
# How much a phrase weighs in the form in which a line bears it: whole line, label, short heading, opening, anywhere inside.
WEIGHTS = {
    "also_read": (5.0, 5.0, 3.0, 0.5, 0.0), "subscribe": (4.0, 3.5, 3.0, 1.6, 1.4), "consent": (4.0, 3.5, 2.8, 1.6, 2.8),
    "follow": (4.0, 3.5, 2.5, 0.5, 1.2), "advert": (5.0, 5.0, 3.0, 0.3, 0.0), "credit": (3.0, 4.5, 2.5, 0.8, 0.0),
    "contact": (3.0, 3.0, 2.2, 1.4, 1.2), "legal": (4.0, 3.5, 3.2, 3.0, 1.8), "comments": (4.0, 3.5, 3.0, 1.8, 1.2),
    "navigation": (4.0, 0.8, 0.5, 0.0, 0.0), "wire": (3.0, 5.0, 2.5, 1.0, 0.5), "programme": (3.5, 4.0, 2.5, 1.2, 1.2),
    "author": (3.0, 2.5, 2.5, 1.0, 1.5), "contents": (4.0, 3.0, 2.0, 0.0, 0.0), "help": (4.0, 3.5, 3.0, 2.0, 2.2),
    "offer": (2.5, 2.0, 2.2, 1.4, 1.4),
}
FORMS = ("whole", "label", "heading", "opening")
AGAIN = 0.35  # of a phrase's weight for each further phrase of its kind in a line
DECISIVE = 4.0  # a signal this strong stands against what the words of a line share with the article (captions share them)
DOUBT = 0.3  # of what speaks against, beside a decisive signal
FOOT = 0.8  # more for any phrase at the foot of the page, where houses speak of themselves
LONG = 1.2  # more for an opening of several words: "watch" opens sentences, "you may also like" does not
SEPARATOR = re.compile(r"\s*[|¦｜]\s*|\s+[>›→·•]\s+|\s+»\s+(?!.*«)|\t+| {2,}|\u3000+")
CRUMB = re.compile(r"\s[>›»→]\s|\s/\s|[｜|]|＞|＞")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|https?://\S+|\bwww\.\S+|(?<![\w.])[\w-]+\.(?:com|org|net|info|example|[a-z]{2})/\w*")
NUMBERED = re.compile(r"(?<!\S)(\d{1,2})[.)]\s+\S")
FILE_NAME = re.compile(r"\w+(?:_\w+)+(?:\.\w{2,4})?|\w+\.(?:jpe?g|png|gif|webp|svg)", re.IGNORECASE)
SLUG = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?:,\s.{1,30})?")
FOOTER = re.compile(r"(?<!\w)(?:\d{4}[A-Z]{2,4}|\d{6}\s?[A-Z]{3}|\d{4}\s?GMT|[a-z]{2,4}/[a-z]{2,4})(?!\w)")
OFFER = re.compile(r"[$€£¥₽₴₺]|\d\s?(?:%|zł|kč|tl|грн|руб|元|円)")
CODES = frozenset((*LANGUAGES, "ua", "eng", "укр", "рус", "deu", "fra", "esp", "ua", "cz", "cn", "jp", "br", "gb", "us", "kz", "中文", "日本語"))


@dataclass(frozen=True, kw_only=True)
class Page:
    """The lines of an article with what is known of them before their signals are weighed.

    `labels` holds what `passages.label_evidence` found; such lines stay.
    """

    lines: tuple[Line, ...]
    labels: tuple[Label | None, ...]
    language: str
    title: str = ""
    outlet: str = ""

    @cached_property
    def body(self) -> tuple[int, int]:
        """The first line that reads like a paragraph and the last one that does so and shares words with others.

        (0, number of lines) when none does.
        """
        prose = [at for at, line in enumerate(self.lines) if line.prose]
        if not prose:
            return 0, len(self.lines)
        near = [at for at in prose if share(self.bags[at], self.paragraphs) >= NEAR]
        return prose[0], (near or prose)[-1]

    @cached_property
    def paragraphs(self) -> Counter[str]:
        """In how many paragraphs each stem stands."""
        return frequencies(bag for line, bag in zip(self.lines, self.bags, strict=True) if line.prose)

    @cached_property
    def bags(self) -> tuple[frozenset[str], ...]:
        """The stems of each line."""
        return tuple(stems(line, self.language) for line in self.lines)

    @cached_property
    def counts(self) -> Counter[str]:
        """The same with the headline and the title as given counted as paragraphs."""
        heads = [self.bags[self.first]] if self.first >= 0 else []
        return self.paragraphs + frequencies([*heads, stems(Line(start=0, end=0, text=self.title), self.language)])

    @cached_property
    def first(self) -> int:
        """The line that is most likely the headline: at the head, four words at least, the most of them in the paragraphs."""
        prose = self.paragraphs
        heads = [at for at in range(self.body[0]) if self.lines[at].size >= 4 and self.labels[at] is None]
        return max(heads, key=lambda at: (round(share(self.bags[at], prose, own=False), 1) if self.bags[at] else 0, -at), default=-1)

    @cached_property
    def repeated(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(line.plain for line in self.lines)

    def head(self, at: int) -> bool:
        """Whether a line stands before the first paragraph."""
        return at < self.body[0]

    def tail(self, at: int) -> bool:
        """Whether a line stands after the last paragraph, or is one of the last three and not before the second paragraph."""
        first, last = self.body
        return at > last or (at >= len(self.lines) - 3 and at > first)

    def shared(self, at: int) -> float:
        """Which part of a line's stems stands in other paragraphs."""
        return share(self.bags[at], self.counts, own=self.lines[at].prose or at == self.first)


Signal = Callable[[Page, int], "tuple[float, str]"]
NONE = (0.0, "")


def announced(page: Page, at: int) -> tuple[float, str]:
    """A phrase of the lexicon, by its kind and the form in which the line bears it."""
    line = page.lines[at]
    if line.size > 70:
        return NONE
    weight, reason = weigh_phrases(line.text, page.language)
    foot = FOOT if weight and page.tail(at) and line.size <= 45 else 0.0
    return weight + foot, reason


@lru_cache(maxsize=4096)
def weigh_phrases(text: str, language: str) -> tuple[float, str]:
    """What the phrases in a line weigh: the strongest kind, and a part of the others."""
    line = Line(start=0, end=len(text), text=text)
    found = sorted(((bearing_weight(line, key, language), NAMES[key]) for key in WEIGHTS), reverse=True)
    return found[0][0] + 0.4 * min(sum(weight for weight, _ in found[1:4]), 3.0), found[0][1]


def bearing_weight(line: Line, key: str, language: str) -> float:
    """What one kind of phrase weighs in a line."""
    weights, own = WEIGHTS[key], marks(language, key)
    bearing = own.opening(line)
    if bearing is None and line.bare[:1].isdigit() and line.size <= 12 and own.opening(uncounted(line)):
        return weights[FORMS.index("heading")]
    found = 0.0
    if bearing:
        found = weights[FORMS.index(bearing.form)] + (LONG if bearing.form == "opening" and bearing.long and weights[3] else 0.0)
        if bearing.form == "label" and not firmly(bearing, line):
            found *= 0.6
    inside = own.count_inside(line.plain) if weights[4] > found and line.size <= 45 else 0
    return max(found, weights[4] * (1 + AGAIN * (inside - 1))) if inside else found


def uncounted(line: Line) -> Line:
    """A line without the number before it ("41 comments")."""
    return Line(start=line.start, end=line.end, text=line.bare.lstrip("0123456789.,  "))


def firmly(bearing: Bearing, line: Line) -> bool:
    """Whether a label is more than a common word before a dash or in capitals: "Watch: …", not "Home – at last"."""
    rest = line.bare[len(bearing.phrase):].lstrip()
    return not bearing.phrase[-1].isalnum() or rest[:1] in ":|]】" or bearing.long


def separated(page: Page, at: int) -> tuple[float, str]:
    """Short pieces between separators: a menu, a row of buttons, a breadcrumb trail."""
    line = page.lines[at]
    if len(line.text) > 400:
        return NONE
    parts = [part for part in SEPARATOR.split(line.text) if part.strip()]
    sizes = [len(part.split()) for part in parts]
    if len(parts) >= 3 and max(sizes) <= 9 and sum(sizes) <= 4.5 * len(sizes):
        return 4.5, "menu"
    if len(parts) >= 2 and CRUMB.search(line.text) and max(sizes) <= 3 and not line.stopped:
        return 3.5, "menu"
    return NONE


def listed(page: Page, at: int) -> tuple[float, str]:
    """Words that are all buttons or sections, or codes of languages."""
    line = page.lines[at]
    if line.size > 12 or line.stopped or not line.words:
        return NONE
    if len(line.words) >= 2 and all(word.lower() in CODES for word in line.words):
        return 4.5, "menu"
    rest, covered = line.plain, 0
    while rest and (bearing := button(page, rest)):
        covered, rest = covered + 1, rest[len(bearing.phrase):].lstrip(" ,;|/·•-–—→>")
    return (4.0, "menu") if not rest and covered >= 3 else NONE


def button(page: Page, rest: str) -> Bearing | None:
    """The section or button with which a folded text opens."""
    line = Line(start=0, end=len(rest), text=rest)
    keys = ("navigation", "follow", "comments", "subscribe")
    found = [bearing for key in keys if (bearing := marks(page.language, key).opening(line))]
    return max(found, key=lambda bearing: len(bearing.phrase), default=None)


def captioned(page: Page, at: int) -> tuple[float, str]:
    """A photo credit in brackets or after a label at the end of a short line; the name of a file."""
    line = page.lines[at]
    if line.size > 70:
        return NONE
    if is_caption(line, page.language):
        return 6.0, "photo credit"
    if line.size <= 3 and FILE_NAME.fullmatch(line.text) and line.text.strip("_"):
        return 3.5, "photo credit"
    return (4.5, "photo credit") if line.size <= 45 and credited(line, page.language) else NONE


def credited(line: Line, language: str) -> bool:
    """Whether a photo credit stands at the end of a line: "… at the quay. Photo: Jo Weber", "… au quai. Photo Jo Weber"."""
    tail = line.plain[-90:]
    for phrase in marks(language, "credit").exact:
        at = tail.rfind(phrase)
        if at < 0 or len(phrase) < 2 or (at and tail[at - 1].isalnum() and phrase[0].isascii()):
            continue
        after = tail[at + len(phrase):].lstrip()
        if not phrase[-1].isalnum() or after[:1] in tuple(":/=©") or (" " in phrase and phrase in international("credit")):
            return True
        if at and tail[:at].rstrip()[-1:] in ".!?)" and 0 < len(after.split()) <= 5 and not line.stopped:
            return True
    return False


def addressed(page: Page, at: int) -> tuple[float, str]:
    """An e-mail address or a link in a short line; the names of several networks."""
    line = page.lines[at]
    found = ADDRESS.search(line.text) if line.size <= 40 else None
    if found:
        edge = (page.tail(at) or page.head(at)) and ("@" in found.group() or line.size <= 12)
        return (3.5 if line.size <= 4 or edge else 2.5 if "@" in found.group() and line.size <= 18 else 1.0), "contact line"
    networks = sum(word.lower() in international("follow") for word in line.words) if line.size <= 14 and not line.stopped else 0
    return (2.5 if networks > 1 else 1.2 * networks if page.tail(at) else 0.0), "follow us"


def tagged(page: Page, at: int) -> tuple[float, str]:
    """The slug at the head of an agency's text, or the initials and the hour at its foot."""
    line = page.lines[at]
    if at <= 2 and line.size <= 10 and SLUG.fullmatch(line.text):
        return 3.0, "agency slug"
    if page.tail(at) and line.size <= 8 and not line.stopped and FOOTER.search(line.text):
        return 3.5, "agency footer"
    return NONE


def tagline(page: Page, at: int) -> tuple[float, str]:
    """A line at the head without one capital letter in a language that has them: the motto of a site."""
    line = page.lines[at]
    if page.head(at) and at and line.size >= 3 and line.text == line.text.lower() != line.text.upper() and lexicon(page.language).cased:
        return 4.0, "motto"
    return NONE


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
    if not any(map(str.isalnum, line.plain)):
        return 4.0, "separator"
    speaker = line.text.endswith((":", "：", "?", "？"))  # transcripts and interviews repeat their labels
    return (1.0 * min(again - 1, 3), "repeated line") if again > 1 and line.size <= 8 and not page.head(at) and not speaker else NONE


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


def remote(page: Page, at: int) -> tuple[float, str]:
    """A line at the head or foot that is no paragraph and shares no word with the article."""
    line = page.lines[at]
    if line.size > 45 or len(page.bags[at]) < 2 or page.shared(at) > 0:
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
    line = page.lines[at]
    title = fold(page.title)
    if title and len(title) >= 12 and line.plain.startswith(title[:60]):
        return -6.0, ""
    return (-2.0, "") if at == page.first and page.shared(at) >= 0.25 else NONE


SIGNALS: tuple[Signal, ...] = (
    announced, separated, listed, captioned, addressed, tagged, tagline, numbered, trailing, repeated, promoted, remote, written, entitled,
)


def weigh(page: Page) -> list[Label | None]:
    """Each line's signals added up: a label with its probability for what is boilerplate, None for the rest."""
    return [None if page.labels[at] else weigh_line(page, at) for at in range(len(page.lines))]


def weigh_line(page: Page, at: int) -> Label | None:
    """The sum of a line's signals as a probability; the strongest gives the reason."""
    if len(page.lines[at].text) > LONGEST:
        return None
    found = [signal(page, at) for signal in SIGNALS]
    against = sum(min(weight, 0.0) for weight, _ in found) * (DOUBT if max(found)[0] >= DECISIVE else 1.0)
    probability = 1 / (1 + math.exp(-(BIAS + against + sum(max(weight, 0.0) for weight, _ in found))))
    if probability <= 0.5:
        return None
    return Label(kind="boilerplate", reason=max(found)[1], score=round(probability, 3))


# ---- runs and tails -----------------------------------------------------------------------------------------------

RUN_HEADS = frozenset({"also read", "advertisement", "table of contents", "programme note"})


def follow_headings(page: Page, found: list[Label | None]) -> None:
    """Give what a heading of links or an advertisement announces to it: the titles, or at the foot all that follows."""
    at = 0
    while at < len(found):
        label = found[at]
        at += 1
        if label is None or label.reason not in RUN_HEADS or not opens_run(page, at - 1, label):
            continue
        limit = 1 if label.reason == "advertisement" else 12
        while at < len(found) and limit and page.labels[at] is None and found[at] is None and belongs(page, at, label):
            found[at] = Label(kind="boilerplate", reason=f"after {label.reason}", score=round(0.9 * label.score, 3))
            at, limit = at + 1, limit - 1


def opens_run(page: Page, at: int, label: Label) -> bool:
    """Whether a line is a bare heading: it announces what follows and holds no title of its own."""
    line = page.lines[at]
    for key, name in NAMES.items():
        bearing = marks(page.language, key).opening(line) if name == label.reason else None
        if bearing and (bearing.form in ("whole", "heading") or len(line.bare) <= len(bearing.phrase) + 3):
            return True
    return False


def belongs(page: Page, at: int, label: Label) -> bool:
    """Whether a line belongs to the heading before it: a title without a final stop, or anything remote at the foot."""
    line = page.lines[at]
    after_body = not any(page.lines[j].prose and page.shared(j) >= 0.2 for j in range(at, len(page.lines)))
    if after_body:
        return page.shared(at) < 0.5 or not line.prose
    if line.prose or (line.stopped and page.shared(at) > 0):
        return False
    loose = any(other.gap for other in page.lines) and not line.gap  # set close to the heading, where paragraphs are set apart
    return line.size <= 25 and not line.text.endswith((".", "。")) and (loose or line.size >= 6 or label.reason == "table of contents")


def close_gaps(page: Page, found: list[Label | None]) -> None:
    """Give a short line between two boilerplate lines at the head or the foot to them when it shares little with the article."""
    for at in range(1, len(found) - 1):
        before, after = found[at - 1], found[at + 1]
        if found[at] or page.labels[at] or not (before and after) or not page.tail(at) or page.lines[at].prose:
            continue
        if page.shared(at) < 0.34 and not page.lines[at].stopped:
            found[at] = Label(kind="boilerplate", reason="between boilerplate lines", score=0.6)


def cut_tail(page: Page, found: list[Label | None]) -> None:
    """Mark the last paragraphs that tell another story (see `retold.divide.tails`)."""
    kept = [i for i, line in enumerate(page.lines) if line.prose and found[i] is None and page.labels[i] is None]
    body = [Paragraph(text=page.lines[i].text, bag=page.bags[i]) for i in kept]
    for at in kept[len(kept) - count_tail(body, page.language):]:
        found[at] = Label(kind="boilerplate", reason="tail about another story", score=0.65)


def spare_half(page: Page, found: list[Label | None]) -> None:
    """Never cut more than half of an article's words: give back the least certain lines that are no menus."""
    total = sum(line.size for line in page.lines)
    cut = sum(line.size for line, label in zip(page.lines, found, strict=True) if label)
    doubtful = sorted((label.score, at) for at, label in enumerate(found) if label and label.reason != "menu")
    for _, at in doubtful:
        if cut <= MOST * total:
            return
        cut -= page.lines[at].size
        found[at] = None


def find_boilerplate(page: Page) -> list[Label | None]:
    """For each line of a page a label of kind boilerplate, or None for what is part of the article."""
    found = weigh(page)
    follow_headings(page, found)
    close_gaps(page, found)
    cut_tail(page, found)
    spare_half(page, found)
    return found


def lines_kept(lines: Sequence[Line], found: Sequence[Label | None]) -> list[Line]:
    """The lines that are part of the article."""
    return [line for line, label in zip(lines, found, strict=True) if label is None]
