"""How close a report comes to an annotated story.

The figures, all from 0 to 1 and best at 1 but for `count_error` (annotations: see `annotations.py`):

    membership             which articles belong to the story
    links                  the direct source of each article; whoever cites a true but indirect source is not blamed for it
    origins                the independent roots;  .count_error: by how many their number is wrong
    claims                 pairs of mentions in two articles that make the same claim;  .coverage: mentions that some claim touches
    behind                 the origins of each annotated claim, by the claim told that has most of its mentions;  .verdict: rightly told
    conflicts              disagreements, found when two of their sides are;  .kind: of the right kind
    quotes                 pairs of versions of one quote in two articles;  .change, .speaker: rightly told
    names                  pairs of spellings of one name
    boilerplate            characters that are no part of the article, white space left out

Each is an F1 and has .precision and .recall beside it. A span matches an excerpt when they share half of the shorter one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from annotations import Annotation, Item, Place, same_name, shorten

LONGEST = 400  # code points: a mention of a claim that is longer could stand for anything, and matches nothing
LIKELY = 0.5  # probability from which a link, confidence from which a conflict is taken at its word
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by name, and in words what was missed and what was wrong."""

    figures: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, *, right: int, given: int, found: int, wanted: int, **further: float) -> None:
        """Precision (right of given), recall (found of wanted) and F1; nothing given is perfect only where nothing is wanted."""
        precision = right / given if given else float(not wanted)
        recall = found / wanted if wanted else 1.0
        both = precision + recall
        self.figures[name] = 2 * precision * recall / both if both else 0.0
        self.figures.update({f"{name}.precision": precision, f"{name}.recall": recall})
        self.figures.update({f"{name}.{key}": value for key, value in further.items()})

    def note(self, words: Iterable[str]) -> None:
        """Add notes."""
        self.notes.extend(words)


def score(annotation: Annotation, report: Item) -> Score:
    """All figures of a report (the JSON of `Report.to_json`, as a mapping) about one story."""
    out = Score()
    story = told_story(annotation, report)
    for part in PARTS:
        part(annotation, story, out)
    score_boilerplate(annotation, report, out)
    return out


def told_story(annotation: Annotation, report: Item) -> Item:
    """The story of the report that has most of the annotated documents; an empty one where there is none."""
    stories = report.get("stories", [])
    best: Item = max(stories, key=lambda s: len(annotation.members.intersection(s["documents"])), default={})
    parts = ("documents", "links", "origins", "claims", "conflicts", "quotes", "names")
    return {part: best.get(part, []) for part in parts}


# ---- articles, links, origins -------------------------------------------------------------------------------------


def score_membership(annotation: Annotation, story: Item, out: Score) -> None:
    """Articles in the story and articles that belong there."""
    told = set(story["documents"])
    right = len(told & annotation.members)
    out.add("membership", right=right, given=len(told), found=right, wanted=len(annotation.members))
    out.note(f"article left out: {name}" for name in sorted(annotation.members - told))
    out.note(f"article of another story: {name}" for name in sorted(told - annotation.members))


def score_links(annotation: Annotation, story: Item, out: Score) -> None:
    """Edges from sources to articles. Not judged: accepted ones, and citations of a source further up."""
    true, free = annotation.data["derivations"], annotation.data.get("also_accepted", [])
    right = given = 0
    found: set[int] = set()
    for link in story["links"]:
        if link.get("probability", 1.0) < LIKELY:
            continue
        hits = {i for i, edge in enumerate(true) if same_edge(annotation, link, edge)}
        if not hits and (any(same_edge(annotation, link, edge) for edge in free) or cites_further_up(annotation, link)):
            continue
        given += 1
        right += bool(hits)
        found |= hits
        if not hits:
            out.note([f"link wrong: {link['source']} → {link['target']} ({link.get('kind')})"])
    out.add("links", right=right, given=given, found=len(found), wanted=len(true))
    out.note(f"link missed: {e['source']} → {e['target']} ({e['kind']})" for i, e in enumerate(true) if i not in found)


def same_edge(annotation: Annotation, link: Item, edge: Item) -> bool:
    """Whether a link is an annotated edge, whatever its kind."""
    return bool(link["target"] == edge["target"]) and annotation.same_source(link["source"], edge["source"])


def cites_further_up(annotation: Annotation, link: Item) -> bool:
    """Whether a link is a citation of a source from which its article has the story by way of others."""
    above: list[str] = []
    waiting = [link["target"]]
    while waiting:
        article = waiting.pop()
        sources = [e["source"] for e in annotation.data["derivations"] if e["target"] == article]
        new = [source for source in sources if source not in above]
        above += new
        waiting += new
    return link.get("kind") == "cites" and any(annotation.same_source(link["source"], source) for source in above)


def score_origins(annotation: Annotation, story: Item, out: Score) -> None:
    """Independent origins, and by how many their number is wrong."""
    true = [o["id"] for o in annotation.data["origins"] if o["independent"]]
    told = [o["id"] for o in story["origins"] if o.get("independent", True)]
    wrong = [t for t in told if not any(annotation.same_source(t, o) for o in true)]
    missed = [o for o in true if not any(annotation.same_source(t, o) for t in told)]
    out.add("origins", right=len(told) - len(wrong), given=len(told), found=len(true) - len(missed), wanted=len(true),
            count_error=abs(len(told) - annotation.data["independent_origins"]))
    out.note(f"origin wrong: {name}" for name in wrong)
    out.note(f"origin missed: {name}" for name in missed)


# ---- claims, quotes, names: things said or written more than once --------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One annotated mention, quote or spelling: whose version it is, and where it stands."""

    group: str
    doc: str
    places: list[Place]
    item: Item


def versions(annotation: Annotation, groups: Iterable[Item], name: str, items: str) -> list[Version]:
    """The versions in annotated groups; `name` and `items` are the keys of a group's name and of its versions."""
    return [Version(group=g[name], doc=i["doc"], places=annotation.places(i), item=i) for g in groups for i in g[items]]


def touched(span: Item, true: Sequence[Version], longest: int = 0) -> list[int]:
    """The numbers of the versions that a span matches."""
    return [n for n, version in enumerate(true) if touches(span, version.places, longest)]


def touches(span: Item, places: Iterable[Place], longest: int = 0) -> bool:
    """Whether a span shares half of the shorter one with one of the places; not where it is longer than `longest` (0: no limit)."""
    start, end = span["start"], span["end"]
    if end <= start or (longest and end - start > longest):
        return False
    return any(
        2 * (min(end, stop) - max(start, first)) >= min(end - start, stop - first)
        for doc, first, stop in places
        if doc == span["doc"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Versions that a report joins: pairs judged, how many of them are right, which pairs are found and which are wanted."""

    right: int
    given: int
    found: set[Pair]
    wanted: set[Pair]
    wrong: list[tuple[Item, Item]]


def compare_pairs(true: Sequence[Version], told: Iterable[Sequence[tuple[Item, list[int]]]], *, across: bool) -> Pairs:
    """Pairs that are joined and pairs that should be, `across` articles only or within them too.

    A span that matches no version is not judged; nor are two spans on the same words.
    """
    def same_group(x: int, y: int) -> bool:
        return true[x].group == true[y].group

    right = given = 0
    found: set[Pair] = set()
    wrong: list[tuple[Item, Item]] = []
    for group in told:
        for (a, of_a), (b, of_b) in combinations([known for known in group if known[1]], 2):
            if across and a["doc"] == b["doc"]:
                continue
            hits = {(min(x, y), max(x, y)) for x in of_a for y in of_b if x != y and same_group(x, y)}
            if not hits and set(of_a) & set(of_b):
                continue
            given += 1
            right += bool(hits)
            found |= hits
            wrong += [] if hits else [(a, b)]
    together = ((x, y) for x, y in combinations(range(len(true)), 2) if same_group(x, y))
    wanted = {(x, y) for x, y in together if not (across and true[x].doc == true[y].doc)}
    return Pairs(right=right, given=given, found=found & wanted, wanted=wanted, wrong=wrong)


def tell_pairs(what: str, annotation: Annotation, true: Sequence[Version], pairs: Pairs) -> Iterator[str]:
    """What was wrongly joined and what was not joined, in words."""
    for a, b in pairs.wrong:
        yield f"{what} wrongly joined: {annotation.words(a)!r} ~ {annotation.words(b)!r}"
    for x, y in sorted(pairs.wanted - pairs.found):
        missed = [f"{shorten(true[n].item['excerpt'])!r} ({true[n].doc})" for n in (x, y)]
        yield f"{what} not joined: {' ~ '.join(missed)}"


def score_claims(annotation: Annotation, story: Item, out: Score) -> None:
    """Pairs of mentions of a claim, and how many annotated mentions are in some claim at all."""
    true = versions(annotation, annotation.data["claims"], "id", "mentions")
    told = [[(m, touched(m, true, LONGEST)) for m in claim["mentions"]] for claim in story["claims"]]
    covered = {n for group in told for _, numbers in group for n in numbers}
    pairs = compare_pairs(true, told, across=True)
    out.add("claims", right=pairs.right, given=pairs.given, found=len(pairs.found), wanted=len(pairs.wanted),
            coverage=len(covered) / len(true) if true else 1.0)
    out.note(tell_pairs("claim", annotation, true, pairs))


def score_behind(annotation: Annotation, story: Item, out: Score) -> None:
    """The origins of each claim, and its verdict: established takes two that are independent, dependent two articles."""
    counted = {o["id"] for o in annotation.data["origins"] if o["independent"]}
    right, given, found, wanted = 0, 0, 0, 0
    verdicts: list[bool] = []
    for claim in annotation.data["claims"]:
        told = nearest_claim(versions(annotation, [claim], "id", "mentions"), story["claims"])
        wanted += len(claim["origins"])
        docs = {m["doc"] for m in claim["mentions"]}
        verdict = "established" if len(counted & set(claim["origins"])) > 1 else "dependent" if len(docs) > 1 else "possible"
        behind, said = (told.get("origins", ()), told.get("verdict", "not judged")) if told else ((), "not told")
        verdicts.append(said == verdict)
        same = [(o, t) for o in behind for t in claim["origins"] if annotation.same_source(o, t)]
        right, given, found = right + len({o for o, _ in same}), given + len(behind), found + len({t for _, t in same})
        if told and (not verdicts[-1] or len(same) < len(claim["origins"])):
            out.note([f"claim {shorten(claim['mentions'][0]['excerpt'])!r} is {verdict} by {', '.join(claim['origins']) or 'nobody'}: "
                      f"{said} by {', '.join(behind) or 'nobody'}"])
    out.add("behind", right=right, given=given, found=found, wanted=wanted, verdict=share(verdicts))


def nearest_claim(mentions: Sequence[Version], told: Iterable[Item]) -> Item | None:
    """The claim told that has most of some annotated mentions, the first of several; None where none has any."""
    held = [(len({n for m in claim["mentions"] for n in touched(m, mentions, LONGEST)}), claim) for claim in told]
    best = max(held, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] else None


def score_quotes(annotation: Annotation, story: Item, out: Score) -> None:
    """Pairs of versions of a quote; of the versions found, how many have the right change and the right speaker."""
    true = versions(annotation, annotation.data["quotes"], "id", "variants")
    speakers = [q["speaker"] for q in annotation.data["quotes"] for _ in q["variants"]]
    told = [[(v, touched(v, true)) for v in quote["variants"]] for quote in story["quotes"]]
    pairs = compare_pairs(true, told, across=True)
    known = [(quote.get("speaker") or "", v, numbers[0]) for quote, group in zip(story["quotes"], told, strict=True)
             for v, numbers in group if numbers]
    out.add("quotes", right=pairs.right, given=pairs.given, found=len(pairs.found), wanted=len(pairs.wanted),
            change=share(v.get("change") == true[n].item["change"] for _, v, n in known),
            speaker=share(same_name(speaker, speakers[n]) for speaker, _, n in known))
    out.note(tell_pairs("quote", annotation, true, pairs))


def score_names(annotation: Annotation, story: Item, out: Score) -> None:
    """Pairs of spellings of a name, within an article too."""
    true = versions(annotation, annotation.data["names"], "entity", "forms")
    told = [[(f, touched(f, true)) for f in name["forms"]] for name in story["names"]]
    pairs = compare_pairs(true, told, across=False)
    out.add("names", right=pairs.right, given=pairs.given, found=len(pairs.found), wanted=len(pairs.wanted))
    out.note(tell_pairs("name", annotation, true, pairs))


# ---- conflicts, boilerplate ---------------------------------------------------------------------------------------


def score_conflicts(annotation: Annotation, story: Item, out: Score) -> None:
    """Conflicts; whoever finds only one that the annotation calls optional is neither praised nor blamed."""
    true = annotation.data["conflicts"]
    places = [[[annotation.places(m) for m in side] for side in c["sides"]] for c in true]
    needed = {n for n, c in enumerate(true) if not c.get("optional")}
    found: set[int] = set()
    given = 0
    kinds: list[bool] = []
    for conflict in story["conflicts"]:
        if conflict.get("confidence", 1.0) < LIKELY:
            continue
        hits = {n for n, sides in enumerate(places) if same_sides(conflict["sides"], sides)}
        if hits and not hits & needed:
            continue
        given += 1
        found |= hits & needed
        if hits:
            kinds.append(any(true[n]["kind"] == conflict.get("kind") for n in hits & needed))
        else:
            said = " | ".join(annotation.words(side[0]) for side in conflict["sides"] if side)
            out.note([f"conflict wrong ({conflict.get('kind')}): {said}"])
    out.add("conflicts", right=len(kinds), given=given, found=len(found), wanted=len(needed), kind=share(kinds))
    for n in sorted(needed - found):
        said = " | ".join(shorten(side[0]["excerpt"]) for side in true[n]["sides"])
        out.note([f"conflict missed ({true[n]['kind']}): {said}"])


def same_sides(told: Sequence[Sequence[Item]], true: Sequence[Sequence[list[Place]]]) -> bool:
    """Whether two sides of a conflict match two different sides of another."""
    matrix = [[any(touches(span, there, LONGEST) for span in side for there in other) for other in true] for side in told]
    return any(
        (a[x] and b[y]) or (a[y] and b[x]) for a, b in combinations(matrix, 2) for x, y in combinations(range(len(true)), 2)
    )


def score_boilerplate(annotation: Annotation, report: Item, out: Score) -> None:
    """Characters cut and characters to be cut, in all documents, the unrelated ones too."""
    told: set[tuple[str, int]] = set()
    for document in report.get("documents", []):
        text = annotation.texts.get(document["id"], "")
        spans = document.get("boilerplate", []) if text else []
        told |= {(document["id"], n) for start, end in spans for n in range(start, end) if n >= len(text) or not text[n].isspace()}
    places = [place for item in annotation.data["boilerplate"] for place in annotation.places(item)]
    true = {(doc, n) for doc, start, end in places for n in range(start, end) if not annotation.texts[doc][n].isspace()}
    right = len(told & true)
    out.add("boilerplate", right=right, given=len(told), found=right, wanted=len(true))


PARTS: tuple[Callable[[Annotation, Item, Score], None], ...] = (
    score_membership, score_links, score_origins, score_claims, score_behind, score_conflicts, score_quotes, score_names,
)


def share(values: Iterable[bool]) -> float:
    """Which part of the values holds; 0 of none."""
    known = list(values)
    return sum(known) / len(known) if known else 0.0
