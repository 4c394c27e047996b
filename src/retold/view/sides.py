"""The sides of a disagreement as they are shown: no passage twice, a number to call it by, and one line for what is hardly one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from retold.view.articles import Excerpt
from retold.view.findings import Claim, Conflict, ConflictVersion, Story
from retold.view.naming import CLOSING, ENDS, OPENING
from retold.view.visible import shorten
from retold.view.wording import V, about, alike, bare, conviction, listed

CLAUSE = ENDS + ",;:–—،؛、，；：「『（)(\n"  # what stands before and after a clause
MOSTLY_NONE = "Less likely than not, and not counted: most of these are no disagreements."
MARKED = 60  # code points of marked words in a line


def wordings(versions: Iterable[V]) -> list[list[V]]:
    """Versions with the very same words together; of a side of a conflict without passages that stand within another one's."""
    found = list(versions)
    anything: list[object] = list(found)
    again = repeats([v for v in anything if isinstance(v, ConflictVersion)])
    return alike(v for v in found if not any(v is other for other in again))


def once(side: Sequence[ConflictVersion]) -> list[ConflictVersion]:
    """A side without what it says twice: where a passage of an article holds another one, that which has the marked words and is no
    torn-off piece, the shorter of two such. Passages of one article that lie apart all stay."""
    kept: list[ConflictVersion] = []
    for version in side:
        rivals = [k for k in kept if nested(k.excerpt, version.excerpt)]
        best = shown_of([*rivals, version])
        at = min((i for i, k in enumerate(kept) if any(k is r for r in rivals)), default=len(kept))
        kept = [k for k in kept if not any(k is r for r in rivals)]
        kept.insert(at, best)
    return kept


def repeats(side: Sequence[ConflictVersion]) -> list[ConflictVersion]:
    """What `once` leaves out."""
    kept = once(side)
    return [v for v in side if not any(v is k for k in kept)]


def nested(one: Excerpt, other: Excerpt) -> bool:
    """Whether one of two passages holds the other."""
    return one.document == other.document and (holds(one, other) or holds(other, one))


def holds(outer: Excerpt, inner: Excerpt) -> bool:
    """Whether all of a passage stands in another one."""
    return outer.start <= inner.start and inner.end <= outer.end


def shown_of(among: Sequence[ConflictVersion]) -> ConflictVersion:
    """Of passages that hold each other the one to show."""
    return min(among, key=lambda version: rank(version, among))


def rank(version: ConflictVersion, among: Sequence[ConflictVersion]) -> tuple[bool, bool, int]:
    """The key of a passage among those of its article that overlap: the least is shown."""
    marks = [mark for v in among if (mark := differing(v))]
    own = differing(version) is not None and all(holds(version.excerpt, mark) for mark in marks)
    longest = max((v.excerpt for v in among), key=lambda e: e.end - e.start)
    return bool(marks) and not own, torn(version.excerpt, longest), version.excerpt.end - version.excerpt.start


def torn(words: Excerpt, home: Excerpt) -> bool:
    """Whether a passage begins or ends within a clause of the passage that holds it."""
    before, after = home.text[:max(0, words.start - home.start)], home.text[words.end - home.start:]
    ends = words.text.rstrip(CLOSING)[-1:] + after.lstrip(CLOSING)[:1]
    begins = before.rstrip(OPENING)[-1:]
    return bool((begins and begins not in CLAUSE) or (after.strip(CLOSING) and not any(mark in CLAUSE for mark in ends)))


def differing(version: ConflictVersion) -> Excerpt | None:
    """The words of a passage that differ from the other sides; None where they were not singled out: all of it is no part of it."""
    mark, words = version.mark, version.excerpt
    if mark is None or not words.start <= mark.start < mark.end <= words.end or bare(mark.text) == bare(words.text):
        return None
    return mark


def telling(side: Sequence[ConflictVersion], why: str) -> Excerpt:
    """The words of a side that tell what the disagreement is: those by which it is explained, else those of its first article."""
    marks = [version.mark or version.excerpt for version in side]
    return next((m for m in marks if f"“{' '.join(m.text.split())}”" in why), marks[0])


def number_of(story: Story, conflict: str) -> int:
    """The number that a conflict is called by: they are counted from the surest on, those that do not count last; 0 for an unknown one."""
    return next((i for i, c in enumerate(story.conflicts, 1) if c.id == conflict), 0)


def disputes(story: Story, claim: Claim) -> list[Conflict]:
    """The conflicts that dispute a claim."""
    return [c for c in story.conflicts if c.id in claim.conflicts]


def disputed_by(story: Story, claim: Claim) -> str:
    """The conflicts that dispute a claim, by number; "" where there is none."""
    numbers = [str(number_of(story, c.id)) for c in disputes(story, claim)]
    return f"conflict{'s' if len(numbers) > 1 else ''} {listed(numbers)}" if numbers else ""


def in_a_line(conflict: Conflict, labels: Mapping[str, str]) -> str:
    """A conflict in one line: what it is about, how sure, and the words of each side with the outlets that have them."""
    sides = []
    for side in filter(None, conflict.sides):
        words = shorten(" ".join(telling(side, conflict.why).text.split()), MARKED)
        who = listed([shorten(labels.get(id_, id_), MARKED) for id_ in dict.fromkeys(v.excerpt.document for v in side)])
        sides.append(f"“{words}” ({who})")
    return f"{about(conflict)}, {conviction(conflict)}: {' ↔ '.join(sides)}"
