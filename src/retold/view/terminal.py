"""The report for a terminal: the answer first, then what stands behind it. What articles say cannot move the cursor."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from retold.view import wording
from retold.view.articles import Document, Excerpt
from retold.view.findings import Claim, Conflict, ConflictVersion, Edge, Node, QuoteVersion, Story
from retold.view.report import Report
from retold.view.visible import shorten, visible

SIGNS = {"stated": "●", "attributed": "◐", "altered": "▲", "absent": "·"}
LOOKS = {"established": "bold green", "possible": "yellow", "dependent": "cyan", "lineage unknown": "dim"}
MAX_CLAIMS = 15  # rows of the table; the rest is counted
MAX_CONFLICTS = 8
MAX_QUOTES = 5
MAX_SAID = 6  # claims of a report that is not here
MAX_STORIES = 5
HANDFUL = 5  # articles up to which it is told how to keep them together: whoever hands over so few mostly means one story
TOGETHER = "Short articles have little in common. If you know that these tell one story: --one-story"
FURTHER = "A summary. All of it, with the exact words behind every finding: -o report.html, or --format html or markdown."
LABEL = 50  # code points of what an article is called: where there is no outlet, titles stand for articles
MAX_DEPTH = 8  # of the tree; deeper branches begin a tree of their own, for an indent of 40 columns leaves no room
MAX_SIDES = 3  # sides beside each other; more stand one under another
MAX_COLUMNS = 9  # articles across the table of claims; beyond, each claim says in how many it stands
INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f]")  # marks without width: harmless in a page, but they upset columns


def render_terminal(report: Report, *, colour: bool = False, width: int = 100) -> str:
    """The report as text for people, `width` columns wide; without `colour` not one escape sequence is in it."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None,
        legacy_windows=False, markup=False, emoji=False, highlight=False,
    )
    told = report.told
    for part in head(report) if len(told) != 1 else ():  # where there is one story its answer comes first
        console.print(part)
    for story in told[:MAX_STORIES]:
        for part in story_parts(story):
            console.print(part)
    for part in tail(report, len(told) - MAX_STORIES):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).lstrip("\n") + "\n"


def plain(words: str, style: str = "") -> Text:
    """Words of others on one line, with nothing in them that a terminal would obey."""
    return Text(INVISIBLE.sub("", visible(words, lines=False)), style=style)


def joined(*parts: Text | str) -> Text:
    """Pieces as one text; strings are made safe."""
    return Text().join(part if isinstance(part, Text) else plain(part) for part in parts)


def head(report: Report) -> Iterator[RenderableType]:
    """One line about the whole collection."""
    failed = f", {wording.count('failure', len(report.failures))}" if report.failures else ""
    yield plain(f"{wording.count('article', len(report.documents))}, {wording.count('story', len(report.stories))}{failed}", "dim")
    if len(report.stories) > 1 and len(report.documents) <= HANDFUL:
        yield plain(TOGETHER, "dim")


def tail(report: Report, more: int) -> Iterator[RenderableType]:
    """What else there is, what failed, and where to read on."""
    if more > 0:
        yield plain(f"… and {wording.more('story', more)}")
    if report.told and report.alone:
        yield section("Another story" if len(report.told) == 1 else "In no story with others")
        alone = [(d, s.title) for s in report.alone for d in s.documents]
        for document, title in alone[:MAX_CLAIMS]:
            head = "" if document.label == title else f": {shorten(title, 80)}"
            yield inset(plain(f"– {' · '.join(filter(None, (shorten(document.label, 60), document.day)))}{head}"))
        if len(alone) > MAX_CLAIMS:
            yield inset(plain(f"… and {wording.more('article', len(alone) - MAX_CLAIMS)}", "dim"))
    if report.decisions:
        yield section("Decided by people")
        yield from (inset(plain(f"– {wording.decided(d)}")) for d in report.decisions)
    if report.failures:
        yield section("Could not be used")
        yield from (inset(plain(f.message)) for f in report.failures)
    if report.told:
        yield Group(Text(), plain(FURTHER, "dim"))


def inset(what: RenderableType, by: int = 2) -> RenderableType:
    """Something moved to the right."""
    return Padding(what, (0, 0, 0, by))


def section(name: str) -> RenderableType:
    """A heading with a blank line above."""
    return Group(Text(), Text(name, style="bold"))


def story_parts(story: Story) -> Iterator[RenderableType]:
    """Everything about one story, most important first."""
    funnel = " → ".join(f"{number} {what}" for number, what in wording.funnel(story))
    yield Group(Text(), plain(shorten(story.title, 160)), Text(wording.answer(story), style="bold"))
    yield inset(plain(wording.behind(story)))
    yield inset(plain(f"{funnel} ({wording.reach(story)})", "dim"))
    yield inset(plain(wording.tally(story), "dim"))
    yield from origins(story)
    if story.edges:
        kinds = "; ".join(f"{kind}: {meaning}" for kind, meaning in wording.KINDS.items() if any(e.kind == kind for e in story.links))
        yield Group(section("Who had it from whom"), inset(tree(story)))
        yield inset(plain(f"{kinds}. The figure says how likely the link is.", "dim")) if kinds else Text()
    yield from originals(story)
    yield from claims(story)
    yield from conflicts(story)
    yield from quotes(story)
    yield from ledger(story)
    if story.unknowns:
        yield section("Could not be known")
        yield from (inset(plain(f"– {u.words}")) for u in story.unknowns[:MAX_CLAIMS])
        if len(story.unknowns) > MAX_CLAIMS:
            yield inset(plain(f"… and {len(story.unknowns) - MAX_CLAIMS} more", "dim"))


def origins(story: Story) -> Iterator[RenderableType]:
    """The roots, those that count first."""
    yield section("Origins")
    if not story.origins:
        yield inset(plain("none could be established"))
    for o in story.origins:
        sign = "◆" if o.independent else "◇"
        note = "" if o.independent else " · not counted"
        name = plain(o.label, "bold" if o.independent else "")
        kind = f" · {o.kind}" if wording.kind_of(o.kind) else ""
        yield inset(joined(f"{sign} ", name, f"{kind} · {wording.whereabouts(o)}{note}"))
        if o.why:
            yield inset(plain(o.why, "dim"), 4)


def originals(story: Story) -> Iterator[RenderableType]:
    """The reports that are not here, with what they are likely to have said."""
    if not story.originals:
        return
    yield section("Reports that are not here")
    for o in story.originals[:MAX_QUOTES]:
        yield inset(joined(plain(o.label, "bold"), f": {wording.search_for(o)}"))
        for c in o.claims[:MAX_SAID]:
            yield inset(plain(f"{c.support} of {len(o.retellings)}: {shorten(c.text, 160)}", "dim"), 4)
        if len(o.claims) > MAX_SAID:
            yield inset(plain(f"… and {wording.more('claim', len(o.claims) - MAX_SAID)}", "dim"), 4)
    if len(story.originals) > MAX_QUOTES:
        yield inset(plain(f"… and {len(story.originals) - MAX_QUOTES} more", "dim"))


def tree(story: Story) -> RenderableType:
    """The graph from its roots; an article with several sources stands under each, and is unfolded once."""
    targets: dict[str, list[Edge]] = {}
    for edge in story.links:
        targets.setdefault(edge.source, []).append(edge)
    nodes = {n.id: n for n in story.nodes}
    inner = {e.target for e in story.links}
    roots = [n.id for n in story.nodes if n.id not in inner and n.id in targets]
    articles = [n.id for n in story.nodes if n.kind == "article"]  # those without a source, and circles that no root leads into
    seen: set[str] = set()
    waiting = deque([*roots, *articles])
    grown: list[RenderableType] = []
    while waiting:
        id_ = waiting.popleft()
        if id_ not in seen:
            grown.append(grow(id_, nodes, targets, seen, waiting))
    return Group(*grown)


def grow(root: str, nodes: dict[str, Node], targets: dict[str, list[Edge]], seen: set[str], further: deque[str]) -> Tree:
    """A node with everything that was had from it, without recursion.

    What lies deeper than `MAX_DEPTH` is put at the front of `further`, to be grown on its own.
    """
    top = Tree(node_text(nodes[root]), guide_style="dim")
    seen.add(root)
    todo = [(top, root, 1)]
    while todo:
        branch, id_, depth = todo.pop()
        for edge in targets.get(id_, []):
            again = edge.target in seen
            leads_on = edge.target in targets
            note = "" if not leads_on else " (see above)" if again else " (see below)" if depth == MAX_DEPTH else ""
            label = joined(plain(f"{edge.kind} {wording.sureness(edge)} ", "dim"), node_text(nodes[edge.target]), note)
            twig = branch.add(label)
            if again:
                continue
            if depth == MAX_DEPTH and leads_on:
                further.appendleft(edge.target)
            else:
                seen.add(edge.target)
                todo.append((twig, edge.target, depth + 1))
    return top


def node_text(node: Node) -> Text:
    """A node in words."""
    if node.kind == "article":
        return joined(plain(shorten(node.label, 50), "bold"), " · ".join(["", *filter(None, (node.language, node.day))]))
    where = " inferred" if node.inferred else " not here" if node.missing else ""
    return joined(plain(f"({shorten(node.label, 50)})", "bold"), where)


def claims(story: Story) -> Iterator[RenderableType]:
    """The claims in more than one article as a table; one column an article while they fit."""
    shared = [c for c in story.claims if c.documents > 1]
    if not story.claims:
        return
    yield section("Claims")
    n = story.numbers
    counted = f"{wording.count('claim', n.claims)}, {n.shared_claims} in more than one article"
    yield inset(plain(f"{counted}; {wording.verdict_counts(story)}"))
    if not shared:
        return
    wide = len(story.documents) <= MAX_COLUMNS
    table = Table(box=None, padding=(0, 1), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column("claim", ratio=1)
    table.add_column("verdict", width=15)
    for document in story.documents if wide else ():
        table.add_column(plain(str(document.number)), justify="center", width=2)
    if not wide:
        table.add_column("articles", justify="right")
    for claim in shared[:MAX_CLAIMS]:
        verdict = Text(wording.verdict_of(claim), style=LOOKS.get(claim.verdict, ""))
        table.add_row(plain(shorten(claim.text, 160)), verdict, *cells(claim, wide))
    yield inset(table)
    yield inset(key(story.documents if wide else (), len(shared) - MAX_CLAIMS))
    shown = dict.fromkeys(c.verdict for c in shared[:MAX_CLAIMS])
    yield inset(Group(*(plain(f"{verdict}: {wording.VERDICTS[verdict]}", "dim") for verdict in wording.VERDICTS if verdict in shown)))


def cells(claim: Claim, wide: bool) -> Iterable[Text]:
    """What each article does with a claim, or in how many it stands."""
    if wide:
        return [Text(SIGNS[cell.stance], style="bold red" if cell.stance == "altered" else "") for cell in claim.cells]
    return [Text(str(claim.documents))]


def key(documents: Iterable[Document], more: int) -> RenderableType:
    """What the signs and numbers of the table mean."""
    lines = [" ".join(f"{SIGNS[s]} {meaning}" for s, meaning in wording.STANCES.items())]
    lines += [" ".join(f"{d.number} {shorten(d.label, 24)}" for d in documents)]
    lines += [f"… and {wording.more('claim', more)}"] if more > 0 else []
    return Group(*(plain(line, "dim") for line in lines if line))


def conflicts(story: Story) -> Iterator[RenderableType]:
    """The disagreements, the wordings side by side."""
    counted = [c for c in story.conflicts if c.counts]
    if counted:
        yield section("Conflicts")
    labels = {d.id: d.label for d in story.documents}
    for conflict in counted[:MAX_CONFLICTS]:
        yield inset(plain(f"{wording.about(conflict)}, {wording.conviction(conflict)}: {conflict.why}"))
        yield inset(sides(conflict, labels))
    if len(counted) > MAX_CONFLICTS:
        yield inset(plain(f"… and {wording.more('conflict', len(counted) - MAX_CONFLICTS)}", "dim"))


def sides(conflict: Conflict, labels: dict[str, str]) -> RenderableType:
    """The sides of a conflict in columns; the words that differ stand between arrowheads."""
    columns = []
    for side in conflict.sides:
        rows: list[RenderableType] = []
        wordings = wording.alike(side)
        for same in wordings[:4]:
            rows.append(marked(same[0].excerpt, same[0].mark))
            rows.append(plain(f"— {sayers(same, labels)}", "dim"))
        if len(wordings) > 4:
            rows.append(plain(f"… and {len(wordings) - 4} more", "dim"))
        columns.append(Panel(Group(*rows), border_style="dim"))
    if len(columns) > MAX_SIDES:
        return Group(*columns)
    grid = Table.grid(expand=True)
    for _ in columns:
        grid.add_column(ratio=1)
    grid.add_row(*columns)
    return grid


def sayers(same: Sequence[ConflictVersion | QuoteVersion], labels: dict[str, str]) -> str:
    """The articles that have the same wording, each once."""
    return wording.listed([shorten(labels.get(id_, id_), LABEL) for id_ in dict.fromkeys(v.excerpt.document for v in same)])


def marked(words: Excerpt, mark: Excerpt | None) -> Text:
    """Words with the part that differs between arrowheads."""
    if mark is None or not words.start <= mark.start < mark.end <= words.end:
        return plain(shorten(words.text, 240))
    before, after = words.text[: mark.start - words.start], words.text[mark.end - words.start :]
    return joined(shorten_left(before, 110), plain(f"›{mark.text}‹", "bold red"), shorten(after, 110))


def shorten_left(text: str, limit: int) -> str:
    """The end of a text, from a whole word on where there is one in its first third.

    >>> shorten_left("the harbour master resigned", 20)
    '… master resigned'
    """
    if len(text) <= limit:
        return text
    head, space, rest = text[-limit:].partition(" ")
    return f"… {rest}" if space and 3 * len(head) < limit else f"…{text[-limit:]}"


def quotes(story: Story) -> Iterator[RenderableType]:
    """Quotes of which there are several versions."""
    varied = [q for q in story.quotes if len(q.versions) > 1]
    if not varied:
        return
    yield section("Quotes")
    labels = {d.id: d.label for d in story.documents}
    for quote in varied[:MAX_QUOTES]:
        speaker = plain(quote.speaker or "speaker not known", "bold")
        words = wording.in_marks(quote.fullest, shorten(quote.fullest.excerpt.text, 240))
        yield inset(joined(speaker, f": {words} ({sayers([quote.fullest], labels)})"))
        for same in wording.alike(v for v in quote.versions if v is not quote.fullest):
            how = wording.became(same[0], quote.fullest)
            yield inset(plain(f"{how} · {sayers(same, labels)}: {wording.in_marks(same[0], shorten(same[0].excerpt.text, 200))}"), 4)
    left = [wording.more("quote", len(varied) - MAX_QUOTES)] if len(varied) > MAX_QUOTES else []
    left += [f"{len(story.quotes) - len(varied)} in one wording only"] if len(story.quotes) > len(varied) else []
    if left:
        yield inset(plain(f"… and {' and '.join(left)}", "dim"))


def ledger(story: Story) -> Iterator[RenderableType]:
    """What changed along the edges."""
    if not story.alterations:
        return
    yield section("What changed on the way")
    labels = {n.id: n.label for n in story.nodes}
    for a in story.alterations[:MAX_CLAIMS]:
        way = " → ".join(shorten(labels.get(id_, id_), LABEL) for id_ in (a.source, a.target))
        yield inset(plain(f"{way}: {wording.turn_of(a)}: {wording.turned(a)}{wording.carriers(a, labels)}"))
        words = [f"“{shorten(e.text, 90)}”" for e in (a.before, a.after) if e]
        if words:
            yield inset(plain(" → ".join(words), "dim"), 4)
    if len(story.alterations) > MAX_CLAIMS:
        yield inset(plain(f"… and {len(story.alterations) - MAX_CLAIMS} more", "dim"))
