"""Boilerplate: what stands on the page and is not the article.

Every line gets a score from signals that can be read off its surface, its place and its words; a line above one half is
boilerplate. Then links that follow a heading ("Also read") go with it, and the tail of another story is cut.

Source: Kohlschütter, Fankhauser and Nejdl 2010, "Boilerplate Detection using Shallow Text Features", sections 3 and 4: the
number of words and the density of links in a block and in its neighbours separate text from the rest. We have no links, only
text that somebody has extracted already; phrases, separators and the distance from the article's subject stand in for them. The
weights of signals are set by hand; what the place of a short line says beside them was fitted on annotated stories.
"""

from __future__ import annotations

import math
import re

from retold.divide.marks import marks
from retold.divide.pages import Page
from retold.divide.passages import Label
from retold.divide.signals import FOR, FOR_LONG, LONG_LINE, NAMES, addressed, entitled, titled, written
from retold.divide.tails import Paragraph, count_tail

BIAS = -2.0  # a line without any signal is boilerplate with probability .12
DECISIVE = 4.0  # a signal this strong stands against what the words of a line share with the article (captions share them)
OVERRULING = 7.0  # weights at the foot against which no sign of a byline, date line or credit stands
DOUBT = 0.3  # of what speaks against, beside a decisive signal
# log odds of a short line around the article, fitted (see docs/methods/divide.md)
AROUND = {"bias": -1.44, "signals": 1.3, "foot": 1.05, "after": 0.65, "stopped": -2.17}
MOST_SIGNALS = 8.0  # that count there
SHORTEST = 4  # words of such a line: shorter ones are names, initials and times
QUOTING = re.compile(r"[(（\[]|.*[\"“”„«»「」『』]")  # credits in brackets and speech are no such lines
LONGEST = 1500  # code points; longer lines are paragraphs, or glued pages that no rule can part
CLEAR = 0.65  # a short line this certain is not given back
HEADLINE = 2.0  # times what speaks for a headline, beside a label that opens headlines too
MOST_LINES = 20_000  # no article has more; a longer list is not weighed line by line (33 s a megabyte of one-letter lines)
MOST = 0.5  # of an article's words that lines other than menus may lose


def weigh(page: Page) -> list[Label | None]:
    """Each line's signals added up: a label with its probability for what is boilerplate, None for the rest."""
    return [weigh_line(page, at) if page.labels[at] is None or overruled(page, at) else None for at in range(len(page.lines))]


def overruled(page: Page, at: int) -> bool:
    """Whether a line at the foot that could be a byline, date line or credit is told from one by its signals ("About us | Contact")."""
    label = page.labels[at]
    if label is None or label.kind not in ("byline", "dateline", "credit") or not page.tail(at) or page.lines[at].size > LONG_LINE:
        return False
    return sum([signal(page, at)[0] for signal in FOR if signal is not addressed]) >= OVERRULING


def weigh_line(page: Page, at: int) -> Label | None:
    """The sum of a line's signals as a probability; the strongest gives the reason."""
    if len(page.lines[at].text) > LONGEST:
        return None
    found = [signal(page, at) for signal in (FOR if page.lines[at].size <= LONG_LINE else FOR_LONG)]
    in_favour = sum([weight for weight, _ in found])
    if BIAS + in_favour <= 0.0:
        return around(page, at, in_favour, max(found)[1])  # whatever speaks against
    doubt = DOUBT if max(found)[0] >= DECISIVE else 1.0
    announced = max(found)[1] in ("also read", "programme note")  # as headlines are, too: "Analysis: who pays for the dam"
    against = written(page, at)[0] * doubt + entitled(page, at)[0] * (HEADLINE if announced else doubt)
    probability = 1 / (1 + math.exp(-(BIAS + against + in_favour)))
    if probability <= 0.5:
        return around(page, at, in_favour, max(found)[1])
    return Label(kind="boilerplate", reason=max(found)[1], score=round(probability, 3))


def around(page: Page, at: int, signals: float, reason: str) -> Label | None:
    """What a short line before or behind the article is, by its place: more often of the page than of the article."""
    line, foot = page.lines[at], page.tail(at)
    if line.prose or line.size < SHORTEST or QUOTING.match(line.text):
        return None
    if not (foot or page.head(at)) or at == page.first or titled(page, at):
        return None
    odds = AROUND["bias"] + AROUND["signals"] * min(signals, MOST_SIGNALS)
    odds += AROUND["foot"] * foot + AROUND["after"] * (at > page.body[1]) + AROUND["stopped"] * line.stopped
    if odds <= 0:
        return None
    reason = reason if signals else "a short line around the article"
    return Label(kind="boilerplate", reason=reason, score=round(1 / (1 + math.exp(-odds)), 3))


# ---- runs and tails -----------------------------------------------------------------------------------------------

SENTENCE = 5  # words of a line with a full stop that is no title
LEAST_BEFORE = 3  # paragraphs of a whole article
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
    """Whether a line belongs to the heading before it: a title without a final stop, or anything remote at the foot of a long page."""
    line = page.lines[at]
    if at == page.first:
        return False
    if line.prose or (line.size >= SENTENCE and line.text.endswith((".", "。"))):
        return label.reason == "also read" and opens_other_story(page, at)
    after_body = not any(page.lines[j].prose and page.shared(j) >= 0.2 for j in range(at, len(page.lines)))
    if after_body:
        return True
    if line.stopped and page.shared(at) > 0:
        return False
    loose = any(other.gap for other in page.lines) and not line.gap  # set close to the heading, where paragraphs are set apart
    titled = line.size <= 25 and not line.text.endswith((".", "。"))
    return titled and (loose or line.size >= 6 or label.reason == "table of contents")


def opens_other_story(page: Page, at: int) -> bool:
    """Whether a sentence behind a heading of links tells another story: behind a whole article, quoting nobody and of none of its words.

    On short pages the article mostly goes on behind such a heading (in annotated ones 22 sentences did, and 3 told another story).
    """
    before = sum(line.prose for line in page.lines[:at])
    return before >= LEAST_BEFORE and at > page.body[1] and page.shared(at) < 0.2 and not QUOTING.match(page.lines[at].text)


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
    """Never cut more than half of an article's words: give back the least certain lines, but none that is clearly no prose."""
    total = sum(line.size for line in page.lines)
    cut = sum(line.size for line, label in zip(page.lines, found, strict=True) if label)
    doubtful = sorted(
        (label.score, at) for at, label in enumerate(found) if label and (page.lines[at].prose or label.score < CLEAR)
    )
    for _, at in doubtful:
        if cut <= MOST * total:
            return
        cut -= page.lines[at].size
        found[at] = None


def find_boilerplate(page: Page) -> list[Label | None]:
    """For each line of a page a label of kind boilerplate, or None for what is part of the article."""
    if len(page.lines) > MOST_LINES:
        return [None] * len(page.lines)
    found = weigh(page)
    follow_headings(page, found)
    close_gaps(page, found)
    cut_tail(page, found)
    spare_half(page, found)
    return found
