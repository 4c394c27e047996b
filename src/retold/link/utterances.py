"""What may be a version of a quote: quoted words, reported contents, and plain clauses, with their words and vectors."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

from retold.base.meaning import Floats, Meaning
from retold.base.models import Models
from retold.base.records import NOWHERE, Article, Attribution, Claim, Language, Name, Quote, Sentence, Span
from retold.base.tables import Batch
from retold.lexicons import lexicon, stop_words

WORD = re.compile(r"\w+")
UNSPACED = re.compile(r"[A-Za-z0-9]+|\w")
PART = re.compile(r"(?<=[.!?。！？…])[\"”“»«’‘』」]?\s+|(?<=[。！？])")
ANONYMOUS = "anonymous source"  # in every language: what articles call such sources differs within one
MIN_QUOTED = 2  # words in marks; one word alone is no quote to follow
MIN_SOFT = 3  # words of a clause that may be a version; shorter ones say too little to be told apart
TOLD = 90  # code points behind a cue in which an outlet may say that it was told
SAME = 2  # a speaker's words are the name of a body or outlet that fills one in so many of them
OWNED = re.compile("['’]s \\w")  # behind the name of somebody to whom the one who is meant belongs
ENDING = 3  # letters that cases may change at the end of an outlet's word ("Hanácký deník", "Hanáckému deníku")
GOES_ON = 300  # code points within which a speaker goes on telling
SHORTEST = 4  # letters of a word that tells one outlet from another
HEADS = ("headline", "subheading")
MAX_LENGTH = 400  # code points of a plain clause or reported content


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A stretch of text that may be a version of a quote.

    `level` is "quoted" (in marks), "part" (a sentence of longer quoted words), "reported" (the content of indirect speech) or
    "plain". `entity` and `speaker` tell who is said to have said it ("" where nobody is); `words` are its words in small
    letters, `content` those that are no function words; `vectors`: (n, n_dims) float32, unit length, of the whole and of each of
    its sentences, `second` the same by the encoder for languages that the first does not know, where the story has one and these
    words come into question; `known` says that the first knows this one. `told_here` says that the outlet itself was told.
    `entity_kind` is the kind of name that `entity` is, `called` what the article calls the speaker;
    `names` are the entities that it names itself; `headline` says that it stands in one. `claims` are the groups of claims that it makes.
    """

    article: str
    start: int
    end: int
    level: str
    kind: str
    language: str
    speaker: str
    entity: str
    words: tuple[str, ...]
    content: frozenset[str]
    vectors: Floats
    told_here: bool
    second: Floats | None = None
    known: bool = True
    entity_kind: str = ""
    called: str = ""
    names: frozenset[str] = frozenset()
    headline: bool = False
    claims: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[str, int, int]:
        """What utterances are sorted by."""
        return self.article, self.start, self.end


def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a text in small letters; its characters where words are not spaced.

    >>> words_of("It’s over!", "en")
    ('it', 's', 'over')
    """
    pattern = WORD if lexicon(language).spaced else UNSPACED
    return tuple(m.group().casefold() for m in pattern.finditer(text))


def parts_of(text: str) -> list[str]:
    """The text and, where it has several sentences, each of them."""
    parts = [p.strip() for p in PART.split(text) if len(p.strip()) > 2]
    return [text, *parts] if len(parts) > 1 else [text]


def sentences_in(text: str, start: int, end: int) -> list[Span]:
    """The sentences of text[start:end] where there are several."""
    cuts = [start, *(start + m.end() for m in PART.finditer(text[start:end])), end]
    spans = [(a, b - (len(text[a:b]) - len(text[a:b].rstrip()))) for a, b in pairwise(cuts) if text[a:b].strip()]
    return spans if len(spans) > 1 else []


class Gatherer:
    """Collects the utterances of the articles of one story."""

    def __init__(self, batch: Batch, models: Models) -> None:
        self.articles = {a.id: a for a in batch.get(Article)}
        self.languages = {row.article: row.code for row in batch.get(Language)}
        self.attributions = {a.id: a for a in batch.get(Attribution)}
        self.sourced = batch.by_article(Attribution)
        self.quotes = batch.by_article(Quote)
        self.claims = batch.by_article(Claim)
        self.sentences = batch.by_article(Sentence)
        self.models = models
        self.names: dict[str, list[Name]] = {k: sorted(v, key=lambda n: n.start) for k, v in batch.by_article(Name).items()}

    def gather(self) -> list[Utterance]:
        """All utterances, sorted by place; clauses that touch quoted or reported words are left out."""
        rows = [row for key in sorted(self.articles) for row in self.rows_of(self.articles[key])]
        texts = [parts_of(" ".join(self.articles[a].text[s:e].split())) for a, s, e, *_ in rows]
        spoken = sorted(range(len(rows)), key=lambda n: rows[n][3] == "plain")
        meaning = Meaning(self.models, ((t, self.languages.get(rows[n][0], "")) for n in spoken for t in texts[n]))
        meaning.encode(t for parts in texts for t in parts)
        unknown = self.unknown(meaning)
        out = []
        for row, parts in zip(rows, texts, strict=True):
            language = self.languages.get(row[0], "")
            asked = bool(unknown) and (row[3] != "plain" or language in unknown) and all(map(meaning.covers, parts))
            second = meaning.vectors(parts, language, 1) if asked else None
            out.append(replace(self.utterance(row, meaning.vectors(parts, language, 0)), second=second, known=language not in unknown))
        return sorted(out, key=lambda u: u.place)

    def unknown(self, meaning: Meaning) -> frozenset[str]:
        """The languages of the story that only the second encoder knows."""
        return frozenset(code for code in self.languages.values() if meaning.space(code, code))

    def rows_of(self, article: Article) -> list[tuple[str, int, int, str, str, str, Span, bool]]:
        """(article, start, end, level, kind, speaker, speaker span, told here) of what may be a version."""
        language = self.languages.get(article.id, "")
        quoted, reported = [], []
        told = {q.speaker: q.start for q in self.quotes.get(article.id, []) if q.speaker and self.told_here(q.attribution, article)}
        for q in self.quotes.get(article.id, []):
            if q.end <= q.start:
                continue
            size = len(words_of(article.text[q.start : q.end], language))
            known = q.speaker_span != NOWHERE and self.is_person(article.id, q.speaker_span)
            speaker, where = (q.speaker, q.speaker_span) if known or not self.unnamed(q) else (ANONYMOUS, NOWHERE)
            row = (article.id, q.start, q.end, "", q.kind, speaker, where, self.tells_on(q, told) or self.told_here(q.attribution, article))
            if q.kind != "indirect" and size >= MIN_QUOTED:
                quoted.append((*row[:3], "quoted", *row[4:]))
            elif q.kind == "indirect" and size >= MIN_SOFT and q.end - q.start <= MAX_LENGTH:
                reported.append((*row[:3], "reported", *row[4:]))
        pieces = [(*r[:1], s, e, "part", *r[4:]) for r in quoted for s, e in sentences_in(article.text, r[1], r[2])]
        taken = [(r[1], r[2]) for r in quoted]
        reported = [r for r in reported if not filled((r[1], r[2]), taken)]
        clauses = [(c.start, c.end) for c in self.claims.get(article.id, [])]
        parts = [(*r[:1], s, e, *r[3:]) for r in reported for s, e in clauses if r[1] <= s and e <= r[2] and e - s < r[2] - r[1]]
        reported += [r for r in parts if len(words_of(article.text[r[1] : r[2]], language)) > MIN_SOFT]
        taken += [(r[1], r[2]) for r in reported]
        spans = clauses
        spans += [(s.start, s.end) for s in self.sentences.get(article.id, []) if s.end - s.start <= MAX_LENGTH]
        plain = [
            (article.id, s, e, "plain", "plain", "", NOWHERE, False)
            for s, e in sorted(set(spans))
            if not touched((s, e), taken) and len(words_of(article.text[s:e], language)) >= MIN_SOFT
        ]
        return [*quoted, *pieces, *reported, *plain]

    def is_person(self, article: str, span: Span) -> bool:
        """Whether a person is named at a span."""
        return any(n.kind == "person" and n.start < span[1] and span[0] < n.end for n in self.names.get(article, []))

    def unnamed(self, q: Quote) -> bool:
        """Whether nobody names who says a quote: its source is anonymous, or where nothing attributes it that of whoever goes on."""
        found = self.attributions.get(q.attribution)
        if found is not None:
            return found.anonymous
        return any(a.anonymous and any(s <= q.speaker_span[0] < e for s, e in a.source) for a in self.sourced.get(q.article, []))

    def tells_on(self, q: Quote, told: Mapping[str, int]) -> bool:
        """Whether a speaker who told something to the outlet itself a little before goes on."""
        return q.speaker in told and 0 <= q.start - told[q.speaker] <= GOES_ON

    def told_here(self, attribution: str, article: Article) -> bool:
        """Whether the speaker told it to the outlet itself ("told this newspaper", or told it by name)."""
        found = self.attributions.get(attribution)
        if found is None or not found.cue:
            return False
        start, end = found.cue[0]
        stop = min([end + TOLD, *(q.outer_start for q in self.quotes.get(article.id, []) if q.outer_start >= end)])
        told = " ".join([article.text[start:stop].split("\n")[0], *(article.text[s:e] for s, e in found.addressee)])
        own = lexicon(self.languages.get(article.id, "")).pattern("sources", "own_outlet").search(told) is not None
        outlet = {w for w in words_of(article.outlet or "", "en") if len(w) > 3}
        shared = len(outlet & set(words_of(told, "en")))
        return own or (bool(outlet) and 2 * shared >= len(outlet)) or names_outlet(told, article.outlet or "")

    def utterance(self, row: tuple[str, int, int, str, str, str, Span, bool], vectors: Floats) -> Utterance:
        """A row with its words and vectors."""
        article, start, end, level, kind, speaker, span, told = row
        language = self.languages.get(article, "")
        words = words_of(self.articles[article].text[start:end], language)
        entity, label, named = self.entity_at(article, span)
        return Utterance(
            article=article,
            start=start,
            end=end,
            level=level,
            kind=kind,
            language=language,
            speaker=label or speaker,
            entity=entity,
            words=words,
            content=frozenset(w for w in words if w not in stop_words(language) and (len(w) > 2 or not w.isascii())),
            vectors=vectors,
            told_here=told,
            entity_kind=named,
            called=speaker,
            names=self.named_in(article, start, end),
            headline=self.in_headline(article, start),
        )

    def in_headline(self, article: str, offset: int) -> bool:
        """Whether an offset stands in a headline."""
        return any(s.start <= offset < s.end and s.kind in HEADS for s in self.sentences.get(article, []))

    def named_in(self, article: str, start: int, end: int) -> frozenset[str]:
        """The entities that are named within a span."""
        names = self.names.get(article, [])
        first = bisect_left(names, start, key=lambda n: n.start)
        return frozenset(n.entity for n in takewhile(lambda n: n.end <= end, islice(names, first, None)))

    def entity_at(self, article: str, span: Span) -> tuple[str, str, str]:
        """(entity, its best name, its kind) of the name at a span; a body in a description of somebody ("the Trade minister") is none.

        Nor is a person to whom somebody belongs ("Roth's ambassador").
        """
        names = self.names.get(article, [])
        at = bisect_right([n.start for n in names], span[1]) - 1
        while at >= 0 and names[at].start > span[0] - 60:
            name = names[at]
            common = min(name.end, span[1]) - max(name.start, span[0])
            filled = name.kind == "person" or SAME * common >= span[1] - span[0]
            if common > 0 and filled and not OWNED.match(self.articles[article].text, name.end, span[1]):
                return name.entity, name.label, name.kind
            at -= 1
        return "", "", ""


def nearness(a: Utterance, b: Utterance) -> float:
    """The greatest cosine of any part of one with the whole of the other, or of both wholes."""
    one, other = a.vectors, b.vectors
    if not (a.known and b.known) and a.second is not None and b.second is not None:
        one, other = a.second, b.second
    whole = max(float((one @ other[0]).max()), float((other @ one[0]).max()))
    return max(0.0, whole)


def names_outlet(text: str, outlet: str) -> bool:
    """Whether a text has the longer words of an outlet's name, in any case.

    >>> names_outlet("řekla Hanáckému deníku", "Hanácký deník"), names_outlet("told the Post", "Evening Star")
    (True, False)
    """
    wanted = [w for w in words_of(outlet, "en") if len(w) >= SHORTEST]
    given = words_of(text, "en")
    stems = [w[: max(SHORTEST - 1, len(w) - ENDING)] for w in wanted]
    pairs = zip(stems, wanted, strict=True)
    return bool(wanted) and all(any(w.startswith(stem) and abs(len(w) - len(whole)) <= ENDING for w in given) for stem, whole in pairs)


def filled(span: Span, taken: Sequence[Span]) -> bool:
    """Whether other spans cover more than half of a span."""
    common = sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in taken)
    return common * 2 > span[1] - span[0]


def touched(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span holds or crosses any of the others: what it adds to them is no version of its own."""
    return any(s < span[1] and span[0] < e for s, e in taken)


def rarity(utterances: Sequence[Utterance]) -> Mapping[str, int]:
    """In how many articles of the story each content word occurs."""
    seen: Counter[str] = Counter()
    by_article: dict[str, set[str]] = {}
    for u in utterances:
        by_article.setdefault(u.article, set()).update(u.content)
    for words in by_article.values():
        seen.update(words)
    return seen
