"""Whom an article names as its source, and whether that source is one of the articles.

A name is looked up among the outlets of the collection first ("the Courant reports", "the police say" where the police's own
report is there), then it stands for itself: `external:NAME`. Whoever speaks for a body stands for the body.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from retold.base.records import Article, Attribution, Citation, Language, Name, Sentence, Span, make_id
from retold.base.skeletons import skeleton
from retold.base.tables import Batch
from retold.lexicons import lexicon

NEAR = 45  # code points between a name and the body it speaks for: the longest "X, who is spokesman for the Y"
REACH = 3  # sentences that "told this newspaper" holds for, its own included
METHOD = "stated in the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source as an article states it.

    node: an article id or `external:NAME`; kind: a `SourceKind`; own: told to this very outlet; entity: of the name ("" without);
    credited: it stands in a byline, dateline or credit; content: what it is the source of.
    """

    article: str
    node: str
    label: str
    kind: str
    own: bool
    credited: bool
    entity: str
    span: Span
    content: tuple[Span, ...]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The names and outlets of a story, by place and by article."""

    articles: Mapping[str, Article]
    languages: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    labels: Mapping[str, str]
    bodies: Mapping[str, str]


def make_register(batch: Batch) -> Register:
    """The register of a story."""
    articles = {a.id: a for a in batch.get(Article)}
    names: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(batch.get(Name), key=lambda n: (n.article, n.start, n.end, n.id)):
        names[name.article].append(name)
    found = {article: tuple(rows) for article, rows in names.items()}
    return Register(
        articles=articles, languages={x.article: x.code for x in batch.get(Language)}, names=found,
        labels={n.entity: n.label for n in batch.get(Name)}, bodies=affiliations(articles, found),
    )


@cache
def roles() -> re.Pattern[str]:
    """Words for people who speak for a body or lead it."""
    data = tomllib.loads((files(__package__) / "roles.toml").read_text("utf-8"))
    stems = sorted({*data["spokespeople"], *data["officers"]}, key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(w) if ord(w[0]) > 0x2E80 else rf"(?<!\w){re.escape(w)}" for w in stems), re.IGNORECASE)


def affiliations(articles: Mapping[str, Article], names: Mapping[str, Sequence[Name]]) -> dict[str, str]:
    """The body that a person speaks for, entity by entity: the one that most often stands next to them with a word for a role."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for article, rows in names.items():
        text = articles[article].text
        for one, other in zip(rows, rows[1:], strict=False):
            person, body = (one, other) if one.kind == "person" else (other, one)
            between = text[one.end:other.start]
            if person.kind == "person" and body.kind == "organisation" and len(between) <= NEAR and "." not in between and roles().search(between):
                votes[person.entity][body.entity] += 1
    return {person: min(found, key=lambda b: (-found[b], b)) for person, found in votes.items()}


def statements(batch: Batch, register: Register) -> dict[str, list[Statement]]:
    """The sources that every article states, in the order of its text."""
    out: dict[str, list[Statement]] = {article: [] for article in register.articles}
    sentences = batch.by_article(Sentence)
    for article, rows in batch.by_article(Attribution).items():
        told = own_places(rows, register, article, sentences.get(article, []))
        for row in sorted(rows, key=lambda r: (r.source or r.cue or ((0, 0),))[0]):
            own = bool(row.source) and any(s <= row.source[0][0] < e for s, e in told)
            out[article].extend(of_attribution(row, register, own=own))
    return out


def of_attribution(row: Attribution, register: Register, *, own: bool) -> list[Statement]:
    """The statements in one attribution: its source, and the outlet that the source told it to."""
    out = []
    if row.source:
        out.append(make_statement(row, row.source[0], register, own=own, outlet=row.outlet))
    for span in row.addressee:
        if not is_own(span, register, row.article):
            label = named(span, register, row.article)
            if label and label.kind == "outlet":
                out.append(make_statement(row, span, register, own=False, outlet=label.label))
    return [s for s in out if s]


def make_statement(row: Attribution, span: Span, register: Register, *, own: bool, outlet: str | None) -> Statement | None:
    """The statement for a source at a span, or None where the source is the article's own outlet or nobody in particular."""
    name = named(span, register, row.article)
    words = register.articles[row.article].text[span[0]:span[1]]
    entity = name.entity if name else ""
    kind = "outlet" if outlet and row.source_kind != "agency" else row.source_kind if not name else kind_of(name, row)
    if entity in register.bodies and not outlet:
        entity, kind = register.bodies[entity], "organisation"
    label = outlet or (register.labels.get(entity) if entity else "") or ""
    if same_publisher(label, register.articles[row.article].outlet):
        return None
    if not label and row.anonymous:
        label, kind = " ".join(words.split()), "anonymous"
    home = published_by(label or words, register, row.article)
    if not label and not home:
        return None
    return Statement(
        article=row.article, node=home or f"external:{label}", label=label or words, kind=kind, own=own, credited=row.kind == "credit",
        entity=entity, span=span, content=row.content, attribution=row.id)


def kind_of(name: Name, row: Attribution) -> str:
    """What a named source is: what the name says, unless the attribution knows it for an outlet or agency."""
    return row.source_kind if row.source_kind in ("outlet", "agency") else name.kind


def named(span: Span, register: Register, article: str) -> Name | None:
    """The name inside a span: a person before a body, the first of its kind."""
    inside = [n for n in register.names.get(article, ()) if n.start < span[1] and n.end > span[0]]
    return min(inside, key=lambda n: (n.kind == "place", n.kind != "person", n.start), default=None)


def own_places(rows: Sequence[Attribution], register: Register, article: str, sentences: Sequence[Sentence]) -> list[Span]:
    """Where what is said was told to this very outlet: from the sentence that says so, `REACH` sentences on."""
    out = []
    ordered = sorted(sentences, key=lambda s: s.start)
    for row in rows:
        if any(is_own(span, register, article) for span in row.addressee):
            at = row.addressee[0][0]
            first = next((i for i, s in enumerate(ordered) if s.start <= at < s.end), None)
            if first is not None:
                out.append((ordered[max(0, first - 1)].start, ordered[min(len(ordered), first + REACH) - 1].end))
    return out


def is_own(span: Span, register: Register, article: str) -> bool:
    """Whether an addressee is the article's own outlet: by name, or by words such as "this newspaper"."""
    row = register.articles[article]
    words = row.text[span[0]:span[1]]
    name = named(span, register, article)
    if same_publisher(name.label if name else words, row.outlet) or same_publisher(words, row.outlet):
        return True
    own = lexicon(register.languages.get(article, ""))
    return bool(own.pattern("sources", "own_outlet").search(words) or own.pattern("sources", "pronouns_first").fullmatch(words.strip()))


def published_by(label: str, register: Register, article: str) -> str | None:
    """The article in the collection that the named source published: the earliest one, if it is not the article itself."""
    found = [a for a in register.articles.values() if a.id != article and same_publisher(label, a.outlet)]
    return min(found, key=lambda a: (a.published is None, a.published or "", a.id)).id if found else None


def same_publisher(label: str, outlet: str | None) -> bool:
    """Whether a name is that of an outlet: the telling words of one are among those of the other.

    >>> same_publisher("the police", "Police Department of Millbrook"), same_publisher("The Daily Note", "The Daily Globe")
    (True, False)
    """
    if not outlet:
        return False
    a, b = telling(label), telling(outlet)
    if not a or not b:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(match(w, v) for v in many) for w in few)


def match(word: str, other: str) -> bool:
    """Whether two words are one, or a long one begins the other (police, policeman)."""
    few, many = sorted((word, other), key=len)
    return few == many or (len(few) >= 5 and many.startswith(few))


@cache
def stop_words() -> frozenset[str]:
    """Function words of all languages, as skeletons."""
    from retold.lexicons import LANGUAGES

    return frozenset(skeleton(w) for code in LANGUAGES for w in lexicon(code).words("words", "stop"))


@cache
def telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, as skeletons."""
    words = (skeleton(w) for w in re.findall(r"[^\W\d_]+", name))
    return frozenset(w for w in words if len(w) > 1 and w not in stop_words())


def citations(story: str, stated: Mapping[str, Sequence[Statement]]) -> list[Citation]:
    """The statements as rows, one for each place."""
    out = {}
    for rows in stated.values():
        for s in rows:
            row = Citation(
                id=make_id("ci", s.article, s.node, *s.span), story=story, article=s.article, node=s.node, start=s.span[0], end=s.span[1],
                kind=s.kind, method=METHOD, score=0.9 if s.kind in ("outlet", "agency") else 0.7)
            out[row.id] = row
    return sorted(out.values(), key=lambda r: (r.article, r.start, r.id))
