"""How claims are stated along a derivation: as fact where the source says whose word it is, flatly where it leaves them open, and
claims that are in no source at all.

Only what is the same in all mentions of a claim in both articles counts, and only in prose: a headline drops attributions that the
text below it gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from retold.base.records import Alteration, Attribution, Claim, Date, Derivation, Name, Quantity, QuoteVersion, Sentence, make_id
from retold.lexicons import lexicon

ALIKE = 0.85  # score from which a mention is surely of its claim
OPEN, FLAT = 0.65, 0.9  # certainty up to which a claim is left open, and from which it is stated flatly
DROPPED, ADDED, SURER = 0.5, 0.4, 0.6  # scores: of planted changes found in news of several languages; see docs/methods/trace.md
SHORTEST = 5  # words from which a sentence says something that can be called added; signs count for half a word where words are not spaced
NEAR = 0.1  # share by which two figures differ that may be one, rounded or converted
NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stances are read from, by article. `claims`: by group, only mentions that are surely of it; `tellers`: who tells a group."""

    texts: Mapping[str, str]
    languages: Mapping[str, str]
    claims: Mapping[str, Mapping[str, Sequence[Claim]]]
    tellers: Mapping[str, frozenset[str]]
    attributions: Mapping[str, Attribution]
    spoken: Mapping[str, Sequence[Attribution]]
    quotes: Mapping[str, Mapping[str, QuoteVersion]]
    sentences: Mapping[str, Sentence]
    orders: Mapping[str, Mapping[int, Sentence]]
    names: Mapping[str, Sequence[Name]]
    figures: Mapping[str, Sequence[Quantity]]
    dates: Mapping[str, Sequence[Date]]


def stance_changes(said: Said, row: Derivation, below: Sequence[str]) -> Iterator[Alteration]:
    """Claims that the target states as fact, or flatly, where its source does not; one a kind and pair of sentences."""
    mine, theirs = said.claims.get(row.target, {}), said.claims.get(row.source, {})
    found: dict[tuple[str, str, str], list[tuple[Claim, Claim, str, str]]] = {}
    for group in sorted(mine.keys() & theirs.keys()):
        change = change_of(said, theirs[group], mine[group])
        if change:
            before, after = theirs[group][0], mine[group][0]
            found.setdefault((change[0], before.sentence, after.sentence), []).append((before, after, change[1], group))
    for (kind, *_), rows in found.items():
        places = [(min(c.start for c in side), max(c.end for c in side)) for side in ([r[0] for r in rows], [r[1] for r in rows])]
        groups = [r[3] for r in rows]
        carried = (d for d in below for g in groups if (change_of(said, theirs[g], said.claims.get(d, {}).get(g, ())) or ("",))[0] == kind)
        yield Alteration(
            id=make_id("al", row.id, groups[0], kind), story=row.story, source=row.source, target=row.target, kind=kind, words=rows[0][2],
            source_start=places[0][0], source_end=places[0][1], target_start=places[1][0], target_end=places[1][1],
            carried=tuple(dict.fromkeys(carried)), method="claims compared", score=DROPPED if kind == "attribution" else SURER)


def change_of(said: Said, before: Sequence[Claim], after: Sequence[Claim]) -> tuple[str, str] | None:
    """How the stance to a claim changed, if it did in every pair of its mentions: kind and words."""
    found = [stance_change(said, a, b) for a, b in product(before, after)]
    kinds = {change[0] if change else "" for change in found}
    return found[0] if len(kinds) == 1 and found and found[0] else None


def stance_change(said: Said, before: Claim, after: Claim) -> tuple[str, str] | None:
    """The same for one pair of mentions."""
    if not all(in_prose(said, c) for c in (before, after)) or is_attributed(said, after):
        return None
    source = said.attributions.get(before.attribution)
    if source and source.source:
        return ("attribution", dropped(said, source)) if told_by_another(source, before) and not runs_on(said, source, after) else None
    if before.certainty <= OPEN and after.certainty >= FLAT and all(alone(said, c) for c in (before, after)):
        return "certainty", "stated more surely than the source does"
    return None


def in_prose(said: Said, claim: Claim) -> bool:
    """Whether a claim stands in a sentence of the text."""
    home = said.sentences.get(claim.sentence)
    return home is not None and home.kind == "paragraph"


def alone(said: Said, claim: Claim) -> bool:
    """Whether a claim is the only one of its sentence: what is hedged in a longer one is often another part."""
    return sum(c.sentence == claim.sentence for found in said.claims.get(claim.article, {}).values() for c in found) == 1


def told_by_another(source: Attribution, claim: Claim) -> bool:
    """Whether somebody who is not what the claim is about says it."""
    known = source.source_kind not in ("outlet", "agency", "unknown")
    return known and all(end <= claim.start or start >= claim.end for start, end in source.source)


def dropped(said: Said, source: Attribution) -> str:
    """Who is no longer named: by name where there is one, by description, or without words where it is a pronoun."""
    start, end = source.source[0]
    named = [n.label for n in said.names.get(source.article, ()) if n.start < end and n.end > start and n.kind == "person"]
    words = " ".join(said.texts[source.article][start:end].split())
    if not named and words.casefold() in pronouns(said.languages.get(source.article, "")):
        return "stated as fact, no longer as somebody's word"
    return f"stated as fact: “{named[0] if named else words}” is gone"


@cache
def pronouns(language: str) -> frozenset[str]:
    """The pronouns that stand for whoever is quoted."""
    return frozenset(w for key in ("pronouns_person", "pronouns_it", "pronouns_first") for w in lexicon(language).words("sources", key))


def is_attributed(said: Said, claim: Claim) -> bool:
    """Whether any attribution or quote reaches into a claim."""
    quoted = any(q.start < claim.end and q.end > claim.start for q in said.quotes.get(claim.article, {}).values())
    return bool(claim.attribution) or quoted or any(touches(a, claim) for a in said.spoken.get(claim.article, ()))


def runs_on(said: Said, source: Attribution, claim: Claim) -> bool:
    """Whether a claim without an attribution stands among somebody's words: the sentence before it in the paragraph has one, or a
    sentence beside it names who said so in the source.
    """
    home = said.sentences[claim.sentence]
    beside = [s for s in (said.orders[claim.article].get(home.order + d) for d in (-1, 1)) if s is not None and s.kind == "paragraph"]
    start, end = source.source[0]
    entities = {n.entity for n in said.names.get(source.article, ()) if n.start < end and n.end > start}
    for s in beside:
        if s.order < home.order and s.passage == home.passage and any(touches(a, s) for a in said.spoken.get(claim.article, ())):
            return True
        if any(n.entity in entities for n in said.names.get(claim.article, ()) if s.start <= n.start < s.end):
            return True
    return False


def touches(row: Attribution, part: Sentence | Claim) -> bool:
    """Whether an attribution has words in a sentence or claim."""
    return any(a < part.end and b > part.start for a, b in (*row.source, *row.cue, *row.content))


def added(said: Said, story: str, target: str, sources: frozenset[str], below: Sequence[str]) -> Iterator[Alteration]:
    """Sentences that an article adds and attributes to nobody: neither their claims nor some name, day or figure is in a source."""
    own = {target, *below}
    main = max(sorted(sources), key=lambda source: sum(source in said.tellers[g] for g in said.claims.get(target, {})))
    by_sentence: dict[str, list[tuple[str, Claim]]] = {}
    for group, claims in sorted(said.claims.get(target, {}).items()):
        for c in claims:
            by_sentence.setdefault(c.sentence, []).append((group, c))
    for home, rows in sorted(by_sentence.items()):
        s = said.sentences.get(home)
        if s is None or s.kind != "paragraph" or not whole(said, s):
            continue
        if any(said.tellers[g] - own for g, _ in rows) or any(is_attributed(said, c) for _, c in rows):
            continue
        if any(touches(a, s) for a in said.spoken.get(target, ())) or not new_detail(said, s, sources):
            continue
        yield Alteration(
            id=make_id("al", target, home, "added"), story=story, source=main, target=target, kind="added",
            words="found in no known source of the article, and attributed to nobody", source_start=NOWHERE[0], source_end=NOWHERE[1],
            target_start=s.start, target_end=s.end, carried=tuple(sorted({a for g, _ in rows for a in said.tellers[g]} - {target})),
            method="claims compared", score=ADDED)


def whole(said: Said, s: Sentence) -> bool:
    """Whether a sentence is a whole one: long enough to say something, and with a mark at its end."""
    text = said.texts[s.article][s.start : s.end].strip().rstrip("\"'”’»“」』)")
    long = len(text.split()) if lexicon(s.language).spaced else len(text) // 2
    return long >= SHORTEST and text.endswith((".", "!", "。", "！", "…"))


def new_detail(said: Said, s: Sentence, sources: frozenset[str]) -> bool:
    """Whether a sentence has a name, a day or a figure that none of the sources has."""
    theirs_named = {n.entity for a in sources for n in said.names.get(a, ())}
    if any(n.entity not in theirs_named for n in said.names.get(s.article, ()) if s.start <= n.start < s.end):
        return True
    days = {d.earliest[:10] for a in sources for d in said.dates.get(a, ())}
    if any(d.grain == "day" and d.earliest[:10] not in days for d in said.dates.get(s.article, ()) if s.start <= d.start < s.end):
        return True
    values = [q.value for a in sources for q in said.figures.get(a, ())]
    return any(all(abs(q.value - v) > NEAR * abs(v) for v in values) for q in said.figures.get(s.article, ()) if s.start <= q.start < s.end)
