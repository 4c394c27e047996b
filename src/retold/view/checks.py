"""What a reporter should look at before publishing: the few findings that most often make a story wrong, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retold.view.articles import Excerpt
from retold.view.findings import Alteration, Claim, Story
from retold.view.naming import names
from retold.view.sides import telling
from retold.view.visible import shorten
from retold.view.voices import is_told
from retold.view.wording import count, turned

MOST = 3  # of a kind: a list that nobody reads to the end checks nothing
VOICES = 3  # articles from which one origin behind many voices is worth a warning
ABOUT = {
    "number": "on a number", "date": "on a date", "place": "on a place",
    "negation": "whether it is so", "status": "on how things stand", "certainty": "how sure it is",
}
SAID = {"actor": "on who did or said what", "attribution": "on who said it"}  # what the words that differ do not tell by themselves
TELLING = 120  # code points of a wording quoted in the list


CUT = {  # what became of a quote, the gravest first
    "misattributed": "Did {who} say it? In {articles} it seems to be said by {other}",
    "altered": "A quote of {who} is worded otherwise in {articles}",
    "truncated": "Of a quote of {who} a part is left out in {articles}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something to look at: `kind` a word for its chip, `letter` and `thing` what it leads to, `excerpt` the words where there are any."""

    kind: str
    words: str
    letter: str
    thing: str
    excerpt: Excerpt | None = None


def find_checks(story: Story) -> tuple[Check, ...]:
    """The list for a story; empty where nothing stands out."""
    return (*disputed(story), *one_source(story), *changed(story), *cut_quotes(story), *without_lineage(story))


def disputed(story: Story) -> Iterator[Check]:
    """Conflicts, the surest first."""
    for conflict in [c for c in story.conflicts if c.counts][:MOST]:
        if conflict.kind in SAID:
            words = f"The articles disagree {SAID[conflict.kind]}: {conflict.why}"
            yield Check(kind="conflict", words=words, letter="x", thing=conflict.id)
            continue
        marks = [telling(side, conflict.why) for side in conflict.sides if side]
        sides = " ↔ ".join(f"“{shorten(' '.join(m.text.split()), 60)}”" for m in marks)
        about = ABOUT.get(conflict.kind, conflict.kind)
        yield Check(kind="conflict", words=f"The articles disagree {about}: {sides}", letter="x", thing=conflict.id)


def one_source(story: Story) -> Iterator[Check]:
    """Claims that many articles have from one origin, by links that count: a claim alone does not show that all of them do."""
    many: list[tuple[int, Claim]] = []
    labels = {n.id: n.label for n in story.nodes}
    for claim in story.claims:
        if claim.verdict == "dependent" and claim.origins:
            if names(claim.text, labels.get(claim.origins[0], "")):
                continue  # "The newspaper is Northern Wire": that all have it from there is no news
            told = followers(story, claim.origins[0]) & {m.excerpt.document for m in claim.mentions}
            many += [(len(told), claim)] if len(told) >= VOICES else []
    for number, claim in sorted(many, key=lambda row: -row[0])[:MOST]:
        origin = from_whom(story, claim)
        some = f"{number} of {claim.documents} articles have it, as the links show,"
        who = f"{count('article', number)} say it, all" if number == claim.documents else some
        words = f"{who} from {shorten(origin, 60)}: {shorten(claim.text, TELLING)}"
        yield Check(kind="one source", words=words, letter="c", thing=claim.id)


def from_whom(story: Story, claim: Claim) -> str:
    """Whom all have a claim from, by name: its origin where an article says so or where that is a text; else the one article that has
    anything from there, for what such an article tells in its own words need not be what its source told it."""
    node = next((n for n in story.nodes if n.id == claim.origins[0]), None)
    if node is None:
        return "one origin"
    first = [e.target for e in story.links if e.source == node.id]
    if is_told(story, claim, node) or len(first) != 1:
        return node.label
    return next((n.label for n in story.nodes if n.id == first[0]), node.label)


def followers(story: Story, origin: str) -> set[str]:
    """The articles that an origin leads to by links that count, and itself."""
    found, waiting = {origin}, [origin]
    while waiting:
        source = waiting.pop()
        further = {e.target for e in story.edges if e.counts and e.source == source} - found
        found |= further
        waiting += further
    return found


def changed(story: Story) -> Iterator[Check]:
    """Changes on the way, each sort once before any twice."""
    seen: dict[str, int] = {}
    ranked: list[tuple[int, int, Alteration]] = []
    for change in story.alterations:
        seen[change.kind] = seen.get(change.kind, 0) + 1
        ranked.append((seen[change.kind], len(ranked), change))
    for _, _, change in sorted(ranked, key=lambda r: r[:2])[:MOST]:
        who = story.node(change.target).label if any(n.id == change.target for n in story.nodes) else change.target
        yield Check(kind="changed", words=f"In {shorten(who, 60)}: {turned(change)}", letter="a", thing=change.id,
                    excerpt=change.after or change.before)


def cut_quotes(story: Story) -> Iterator[Check]:
    """Quotes of which some version is not what was said, the gravest change first."""
    bad = tuple(CUT)
    worst = [(min((v for v in q.versions if v.change in bad), key=lambda v: bad.index(v.change)), q)
             for q in story.quotes if any(v.change in bad for v in q.versions)]
    for version, quote in sorted(worst, key=lambda row: bad.index(row[0].change))[:MOST]:
        who = quote.speaker or "somebody"
        where = {v.excerpt.document for v in quote.versions if v.change == version.change}
        words = CUT[version.change].format(who=shorten(who, 60), articles=count("article", len(where)),
                                           other=shorten(version.speaker or "somebody else", 60))
        yield Check(kind="quote", words=words, letter="q", thing=quote.id, excerpt=version.excerpt)


def without_lineage(story: Story) -> Iterator[Check]:
    """How many claims have no known origin."""
    lost = [c for c in story.claims if c.verdict == "lineage unknown" and c.documents > 1]
    if lost:
        worst = next((c for c in lost if not any(cell.attributed_to for cell in c.cells)), lost[0])
        words = f"Of {count('shared claim', len(lost))} nobody can say where the articles have them from, such as: "
        yield Check(kind="unknown", words=words + shorten(worst.text, TELLING), letter="c", thing=worst.id)
