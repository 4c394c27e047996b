"""The report as Markdown: the same findings, with every character of others' text that Markdown or HTML would act on escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.view import wording
from retold.view.articles import Excerpt
from retold.view.changes import changes_of, how
from retold.view.findings import Cell, Claim, Conflict, Name, Original, Quote, QuoteVersion, Story
from retold.view.matrix import by_article
from retold.view.naming import source_name
from retold.view.reasons import strength, weightiest_first
from retold.view.report import Report
from retold.view.sides import MOSTLY_NONE, differing, disputed_by, in_a_line, number_of, once
from retold.view.visible import shorten, visible

ACTIVE = re.compile(r"[\\`*_\[\]{}<>|~&$^@#!=]|^[-+]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
SINGLE = 200  # code points of a claim that one article alone makes


def render_markdown(report: Report) -> str:
    """The report as one Markdown document with a blank line between blocks."""
    told = report.told
    blocks = [f"# {wording.count('article', len(report.documents))}, {wording.count('story', len(report.stories))}"]
    for story in told:
        blocks.extend(story_blocks(story, {d.id: d.label for d in report.documents}))
    if report.alone:
        blocks.append("## Articles that share no story with the others")
        blocks.append("\n".join(f"- {safe(s.documents[0].label)}: {safe(s.title)}" for s in report.alone))
    if report.decisions:
        blocks.append("## Decided by people")
        blocks.append("\n".join(f"- {safe(wording.decided(d))}" for d in report.decisions))
    if report.failures:
        blocks.append(f"## {wording.count('failure', len(report.failures))}")
        blocks.append("\n".join(f"- {safe(f.message)}" for f in report.failures))
    terms = wording.VERDICTS | wording.TERMS
    blocks += ["## How to read this", "\n".join(f"- **{term}**: {meaning}" for term, meaning in terms.items())]
    blocks.append(f"Made by Retold {safe(report.version)}.")
    return "\n\n".join(blocks) + "\n"


def safe(text: str) -> str:
    """Words of others on one line: Markdown shows them as they are, and never as a heading, link, image, tag or table cell.

    >>> safe("a [link](x) | <b>")
    'a \\\\[link\\\\](x) \\\\| \\\\<b\\\\>'
    """
    return ACTIVE.sub(r"\\\g<0>", " ".join(visible(text, lines=False).split()))


def quoted(excerpt: Excerpt, labels: dict[str, str], limit: int = 280) -> str:
    """Words with where they stand."""
    where = f"{safe(labels.get(excerpt.document, excerpt.document))} {excerpt.start}–{excerpt.end}"
    return f"“{safe(shorten(excerpt.text, limit))}” ({where})"


def story_blocks(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """One story, block by block."""
    labels = labels | {n.id: n.label for n in story.nodes}
    yield f"## {safe(story.title)}"
    yield f"**{wording.answer(story)}** ({wording.reach(story)}). {safe(wording.behind(story))}"
    yield " → ".join(f"{number} {what}" for number, what in wording.funnel(story))
    yield wording.tally(story)
    yield "### Origins"
    yield "\n".join(origin_lines(story)) or "None could be established."
    if story.edges:
        yield "### Who had it from whom"
        yield "Under each link stands what speaks for it and against it, the weightiest first; “also” goes with a reason above."
        yield "\n".join(edge_lines(story, labels))
    if story.originals:
        yield "### Reports that are not here"
        yield "\n".join(line for o in story.originals for line in original_lines(o))
    if story.claims:
        yield "### Claims"
        yield claim_table(story)
        yield "\n".join(line for c in story.claims if c.documents > 1 for line in claim_lines(story, c, labels))
    yield from finding_blocks(story, labels)


def finding_blocks(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """Conflicts, quotes, changes, names, what is not known, and what one article alone says."""
    sections = (
        ("Conflicts", list(conflict_lines(story, labels))),
        ("Quotes", [quote_line(q, labels) for q in story.quotes]),
        ("What changed on the way", list(ledger_lines(story, labels))),
        ("Names", [name_line(n, labels) for n in story.names]),
        ("Cut off as boilerplate", [
            f"- {quoted(c.excerpt, labels, 120)}: {safe(c.reason)}" for d in story.documents for c in d.boilerplate
        ]),
        ("What could not be known", [f"- {safe(u.words)}" for u in story.unknowns]),
        ("Claims of one article alone", list(single_lines(story, labels))),
    )
    for title, lines in sections:
        if lines:
            yield f"### {title}"
            yield "\n".join(lines)


def origin_lines(story: Story) -> Iterator[str]:
    """The origins, those that count first."""
    for o in story.origins:
        note = "" if o.independent else ", not counted"
        kind = f"{safe(o.kind)}, " if wording.kind_of(o.kind) else ""
        yield f"- **{safe(o.label)}** ({kind}{wording.whereabouts(o)}{note}): {safe(o.why)}"


def original_lines(original: Original) -> Iterator[str]:
    """A report that is not here, with what it is likely to have said."""
    yield f"- **{safe(original.label)}**: {safe(wording.search_for(original))}"
    for c in original.claims:
        yield f"    - {c.support} of {len(original.retellings)}: {safe(shorten(c.text, 200))}"


def edge_lines(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """The edges with their evidence."""
    for e in story.edges:
        note = "" if e.counts else ", not counted"
        names = f"{safe(labels.get(e.target, e.target))} {safe(e.kind)} **{safe(labels.get(e.source, source_name(e.source)))}**"
        yield f"- {names} ({wording.sureness(e)}{note})"
        for reason in weightiest_first(e.evidence):
            places = "; ".join(quoted(p, labels, 160) for p in (reason.excerpt, reason.other) if p)
            yield f"    - {strength(reason.weight)}: {safe(reason.words)}{': ' + places if places else ''}"


def claim_table(story: Story) -> str:
    """The matrix of the claims in more than one article."""
    shared = [c for c in story.claims if c.documents > 1]
    head = f"{wording.count('claim', story.numbers.claims)}, {story.numbers.shared_claims} in more than one article."
    if not shared:
        return head
    names = [safe(d.label) for d in story.documents]
    rows = [f"| claim | verdict | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for c in shared:
        changes = changes_of(story, c)
        cells = " | ".join(cell_text(cell, [how(change) for id_, change in changes if id_ == cell.document]) for cell in c.cells)
        rows.append(f"| {safe(shorten(c.text, 200))} | {verdict(story, c)} | {cells} |")
    key = ", ".join(f"{wording.SIGNS[s]} {meaning}" for s, meaning in wording.STANCES.items())
    return "\n\n".join((head, "\n".join(rows), key))


def cell_text(cell: Cell, changes: list[str]) -> str:
    """What an article does with a claim: the sign, how it altered the claim, and whom it names for it."""
    said = [safe("; ".join(changes))] if changes else []
    said += [safe(", ".join(cell.attributed_to))] if cell.attributed_to else []
    return " ".join([wording.SIGNS[cell.stance], " · ".join(said)]).rstrip()


def verdict(story: Story, claim: Claim) -> str:
    """The verdict on a claim, with the conflicts that dispute it by number."""
    by = disputed_by(story, claim)
    return wording.verdict_of(claim) + (f": {by}" if by else "")


def claim_lines(story: Story, claim: Claim, labels: dict[str, str]) -> Iterator[str]:
    """Why a claim has its verdict, and where it stands."""
    origins = ", ".join(safe(labels.get(o, source_name(o))) for o in claim.origins)
    whence = f"from {origins}" if origins else "no origin is known"
    yield f"- {safe(shorten(claim.text, 120))}: **{verdict(story, claim)}** ({whence}): {safe(claim.why)}"
    for document, change in changes_of(story, claim):
        yield f"    - {wording.SIGNS['altered']} {safe(labels.get(document, document))}: {safe(how(change))}"
    for mention in claim.mentions:
        yield f"    - {mention.stance}: {quoted(mention.excerpt, labels, 160)}"


def single_lines(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """The claims that one article alone makes, by article."""
    for document, claims in by_article(story.claims).items():
        yield f"- **{safe(labels.get(document, document))}**"
        for claim in claims:
            yield f"    - “{safe(shorten(claim.mentions[0].excerpt.text, SINGLE))}” ({verdict(story, claim)})"


def conflict_lines(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """The conflicts, each with the number that claims name it by; those less likely than not in a line each."""
    yield from (conflict_line(story, c, labels) for c in story.conflicts if c.counts)
    faint = [c for c in story.conflicts if not c.counts]
    if faint:
        yield f"- {MOSTLY_NONE}"
        yield from (f"    - conflict {number_of(story, c.id)}: {safe(in_a_line(c, labels))}" for c in faint)


def conflict_line(story: Story, conflict: Conflict, labels: dict[str, str]) -> str:
    """A conflict with the wordings of its sides."""
    head = f"- **Conflict {number_of(story, conflict.id)}: {safe(wording.about(conflict))}** ({wording.conviction(conflict)})"
    lines = [f"{head}: {safe(conflict.why)}"]
    for number, side in enumerate(conflict.sides, 1):
        for version in once(side):
            mark = differing(version)
            lines.append(f"    - side {number}: {quoted(version.excerpt, labels)}{f' — differs in “{safe(mark.text)}”' if mark else ''}")
    return "\n".join(lines)


def quote_line(quote: Quote, labels: dict[str, str]) -> str:
    """A quote with all its versions."""

    def how(version: QuoteVersion) -> str:
        marks = ", without quotation marks" if version.reported else ""
        return wording.stands(version, quote) + (marks if version is quote.fullest else "")

    lines = [f"- **{safe(quote.speaker or 'speaker not known')}**"]
    return "\n".join([*lines, *(f"    - {safe(how(v))}: {quoted(v.excerpt, labels, 400)}" for v in quote.versions)])


def name_line(name: Name, labels: dict[str, str]) -> str:
    """A name with its spellings, and the articles outside of the story that have it too."""
    spellings = ", ".join(f"{safe(s.text)} × {len(s.places)}" for s in name.spellings)
    others = ", ".join(safe(labels.get(id_, id_)) for id_ in dict.fromkeys(p.document for p in name.elsewhere))
    return f"- **{safe(name.label)}** ({safe(name.kind)}): {spellings}" + (f"; outside of this story also in {others}" if others else "")


def ledger_lines(story: Story, labels: dict[str, str]) -> Iterator[str]:
    """The ledger of changes."""
    for a in story.alterations:
        turn = " → ".join(f"“{safe(shorten(x.text, 160))}”" for x in (a.before, a.after) if x)
        way = f"{safe(labels.get(a.source, source_name(a.source)))} → {safe(labels.get(a.target, a.target))}"
        yield f"- {way}: {safe(wording.turn_of(a))}, {safe(wording.turned(a))}{safe(wording.carriers(a, labels))}: {turn}"
