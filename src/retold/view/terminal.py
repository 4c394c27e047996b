"""The report for a terminal: the answer first, then what stands behind it. What articles say cannot move the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from retold.view import wording
from retold.view.branches import lineage
from retold.view.changes import changes_of, how
from retold.view.findings import Claim, Conflict, ConflictVersion, QuoteVersion, Story
from retold.view.lines import LABEL, inset, joined, plain, section
from retold.view.naming import source_name
from retold.view.report import Report
from retold.view.sides import MOSTLY_NONE, differing, disputed_by, in_a_line, number_of, wordings
from retold.view.visible import shorten

LOOKS = {"established": "bold green", "possible": "yellow", "dependent": "cyan", "lineage unknown": "dim"}
MAX_CLAIMS = 15  # rows of the table; the rest is counted
MAX_CONFLICTS = 8
MAX_QUOTES = 5
MAX_SAID = 6  # claims of a report that is not here
MAX_STORIES = 5
HANDFUL = 5  # articles up to which it is told how to keep them together: whoever hands over so few mostly means one story
TOGETHER = "Short articles have little in common. If you know that these tell one story: --one-story"
FURTHER = "A summary. All of it, with the exact words behind every finding: -o report.html, or --format html or markdown."
MAX_FAINT = 4  # conflicts that do not count
MAX_CHANGES = 3  # changes told beside a claim
MAX_SIDES = 3  # sides beside each other; more stand one under another
MAX_COLUMNS = 9  # articles across the table of claims; beyond, each claim says in how many it stands


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


def story_parts(story: Story) -> Iterator[RenderableType]:
    """Everything about one story, most important first."""
    funnel = " → ".join(f"{number} {what}" for number, what in wording.funnel(story))
    yield Group(Text(), plain(shorten(story.title, 160)), Text(wording.answer(story), style="bold"))
    yield inset(plain(wording.behind(story)))
    yield inset(plain(f"{funnel} ({wording.reach(story)})", "dim"))
    yield inset(plain(wording.tally(story), "dim"))
    yield from origins(story)
    yield from lineage(story)
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
        table.add_row(claim_text(story, claim), verdict_text(story, claim), *cells(claim, wide))
    yield inset(table)
    yield inset(key(story, len(shared) - MAX_CLAIMS, wide=wide))
    shown = dict.fromkeys(c.verdict for c in shared[:MAX_CLAIMS])
    yield inset(Group(*(plain(f"{verdict}: {wording.VERDICTS[verdict]}", "dim") for verdict in wording.VERDICTS if verdict in shown)))


def claim_text(story: Story, claim: Claim) -> Text:
    """What a claim is called, and below who altered it and how."""
    labels = {d.id: shorten(d.label, LABEL) for d in story.documents}
    found = changes_of(story, claim)
    lines = [f"{wording.SIGNS['altered']} {labels.get(id_, id_)}: {shorten(how(change), 140)}" for id_, change in found[:MAX_CHANGES]]
    lines += [f"… and {wording.more('change', len(found) - MAX_CHANGES)}"] if len(found) > MAX_CHANGES else []
    return Text("\n").join([plain(shorten(claim.text, 160)), *(plain(line, "dim") for line in lines)])


def verdict_text(story: Story, claim: Claim) -> Text:
    """The verdict on a claim, with the conflicts that dispute it by number."""
    by = disputed_by(story, claim)
    return Text(wording.verdict_of(claim) + (f": {by}" if by else ""), style=LOOKS.get(claim.verdict, ""))


def cells(claim: Claim, wide: bool) -> Iterable[Text]:
    """What each article does with a claim, or in how many it stands."""
    if wide:
        return [Text(wording.SIGNS[cell.stance], style="bold red" if cell.stance == "altered" else "") for cell in claim.cells]
    return [Text(str(claim.documents))]


def key(story: Story, more: int, *, wide: bool) -> RenderableType:
    """What the signs and numbers of the table mean, and how many claims stand elsewhere."""
    lines = [" ".join(f"{wording.SIGNS[s]} {meaning}" for s, meaning in wording.STANCES.items())]
    lines += [" ".join(f"{d.number} {shorten(d.label, 24)}" for d in story.documents)] if wide else []
    alone = sum(c.documents == 1 for c in story.claims)
    lines += [f"… and {wording.more('claim', more)} in several articles"] if more > 0 else []
    lines += [f"{wording.count('claim', alone)} of one article alone: listed in the full report"] if alone else []
    return Group(*(plain(line, "dim") for line in lines if line))


def conflicts(story: Story) -> Iterator[RenderableType]:
    """The disagreements, the wordings side by side; those less likely than not in a line each."""
    if story.conflicts:
        yield section("Conflicts")
    counted, faint = ([c for c in story.conflicts if c.counts is counts] for counts in (True, False))
    labels = {d.id: d.label for d in story.documents}
    for conflict in counted[:MAX_CONFLICTS]:
        head = f"{number_of(story, conflict.id)}. {wording.about(conflict)}, {wording.conviction(conflict)}"
        yield inset(plain(f"{head}: {conflict.why}"))
        yield inset(sides(conflict, labels))
    if len(counted) > MAX_CONFLICTS:
        yield inset(plain(f"… and {wording.more('conflict', len(counted) - MAX_CONFLICTS)}", "dim"))
    if faint:
        yield inset(plain(MOSTLY_NONE, "dim"))
    for conflict in faint[:MAX_FAINT]:
        yield inset(plain(f"{number_of(story, conflict.id)}. {in_a_line(conflict, labels)}", "dim"))
    if len(faint) > MAX_FAINT:
        yield inset(plain(f"… and {len(faint) - MAX_FAINT} more like these", "dim"))


def sides(conflict: Conflict, labels: dict[str, str]) -> RenderableType:
    """The sides of a conflict in columns; the words that differ stand between arrowheads."""
    columns = []
    for side in conflict.sides:
        rows: list[RenderableType] = []
        told = wordings(side)
        for same in told[:4]:
            rows.append(marked(same[0]))
            rows.append(plain(f"— {sayers(same, labels)}", "dim"))
        if len(told) > 4:
            rows.append(plain(f"… and {len(told) - 4} more", "dim"))
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


def marked(version: ConflictVersion) -> Text:
    """The words of a side with the part that differs between arrowheads."""
    words, mark = version.excerpt, differing(version)
    if mark is None:
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
        way = " → ".join(shorten(labels.get(id_, source_name(id_)), LABEL) for id_ in (a.source, a.target))
        yield inset(plain(f"{way}: {wording.turn_of(a)}: {wording.turned(a)}{wording.carriers(a, labels)}"))
        words = [f"“{shorten(e.text, 90)}”" for e in (a.before, a.after) if e]
        if words:
            yield inset(plain(" → ".join(words), "dim"), 4)
    if len(story.alterations) > MAX_CLAIMS:
        yield inset(plain(f"… and {len(story.alterations) - MAX_CLAIMS} more", "dim"))
