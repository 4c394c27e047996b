"""Names in an article, without a trained tagger: capitals and their context, gazetteers, roles, and the article's own habits.

Scripts without capitals are read by what stands round a name (`uncased`). Descriptions that act as names ("the Danish maritime
authority") are found by `descriptions`. See docs/methods/identify-names.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retold.base.records import Mention, Sentence, make_id
from retold.identify.books import Book, book_of
from retold.identify.bylines import find_signed
from retold.identify.certainty import certainty
from retold.identify.descriptions import find_descriptions
from retold.identify.evidence import Evidence, gather_evidence
from retold.identify.kinds import no_votes, strongest, vote
from retold.identify.morphemes import family_of
from retold.identify.outletnames import find_outlets, find_uncased_outlets
from retold.identify.pieces import Piece
from retold.identify.quoted import find_quoted
from retold.identify.reading import Reading
from retold.identify.repeats import Form, find_repeats, known_forms
from retold.identify.runs import find_pieces
from retold.identify.shouting import quieten
from retold.identify.smallnames import find_abbreviated, find_small_names
from retold.identify.uncased import find_uncased
from retold.identify.words import Word, split_words
from retold.lexicons.names import fold, is_given, name_words, stems_of

METHOD = "names-1"
MAX_SENTENCE = 20_000  # code points of a sentence that are read for names: longer ones are tables or rubbish
SURE = 0.8  # score of a person's full name whose family name is looked for alone
MINIMAL = 2  # characters that a body by its ending has more than
PLACED = tuple("市区區县縣省州镇鎮国國")  # a place before the name of a body belongs to it
FIRST = "abbreviation"  # the rule whose spans are surest: they win over longer ones
LONGEST = 120  # code points of a name


@dataclass(slots=True, kw_only=True)
class Found:
    """A name that was found: span, kind, score and the rule."""

    start: int
    end: int
    kind: str
    score: float
    rule: str


def find_mentions(reading: Reading) -> list[Mention]:
    """All names in an article, in order, none overlapping another, each within a sentence.

    Titles and roles are no part of a name. `score` is how sure it is that the span is a name: 0.9 for gazetteers and given names,
    0.7 for lone capitals, 0.3 to 0.5 for descriptions and for single nouns where all nouns have capitals.

    >>> from retold.base.records import Article
    >>> text = "Mayor Ada Berg told the Evening Post that Berg will go."
    >>> article = Article(id="a", text=text)
    >>> whole = Sentence(id="s", article="a", passage="p", start=0, end=len(text), order=0, language="en", kind="paragraph")
    >>> [m.text for m in find_mentions(Reading(article=article, language="en", passages=(), sentences=(whole,)))]
    ['Ada Berg', 'Evening Post', 'Berg']
    """
    article = reading.article
    found = find_cased(reading) if reading.lexicon.cased else find_uncased_names(reading)
    return [
        Mention(id=make_id("m", article.id, f.start, f.end), article=article.id, start=f.start, end=f.end,
                text=article.text[f.start:f.end], kind=f.kind, method=f"{METHOD}:{f.rule}", score=round(f.score, 2))
        for f in longest_first(found)
    ]


def longest_first(found: Iterable[Found]) -> list[Found]:
    """The finds without overlaps: what an abbreviation explains wins, then the longer, then the surer; in order of the text."""
    taken: list[Found] = []
    starts: list[int] = []
    for f in sorted(found, key=lambda f: (f.rule != FIRST, f.start - f.end, -f.score, f.start, f.rule)):
        at = bisect_left(starts, f.end)
        if f.end - f.start <= LONGEST and (not at or taken[at - 1].end <= f.start):
            starts.insert(at, f.start)
            taken.insert(at, f)
    return taken


def spans_of(reading: Reading) -> list[tuple[int, int, Sentence]]:
    """The parts of the text that are read, with the sentence each belongs to."""
    return [(s.start, min(s.end, s.start + MAX_SENTENCE), s) for s in reading.sentences if s.end > s.start]


def find_cased(reading: Reading) -> list[Found]:
    """Names where capitals mark them."""
    text, language = reading.text, reading.language
    book = book_of(language)
    sentences = [split_words(text, a, b, language) for a, b, _ in spans_of(reading)]
    loud = [quieten(words, s.kind, book) for words, (_, _, s) in zip(sentences, spans_of(reading), strict=True)]
    calm = [words for words, shouted in zip(sentences, loud, strict=True) if not shouted]
    evidence = gather_evidence(calm, book)
    pieces = [p for words in calm for p in find_pieces(words, language)]
    evidence.note_inner(pieces)
    found = list(decide(pieces, evidence, book))
    found += [Found(start=q.start, end=q.end, kind=q.kind, score=0.75, rule="quoted") for q in find_quoted(sentences, text, book)]
    found += [Found(start=o.start, end=o.end, kind="outlet", score=o.score, rule="outlets")
              for o in find_outlets(sentences, text, book)]
    found += [Found(start=b.start, end=b.end, kind="person", score=b.score, rule="signature")
              for b in find_signed(sentences, [s for _, _, s in spans_of(reading)], text, book)]
    surnames = {stem for f in found if f.kind == "person" and bears_surname(text[f.start:f.end], book)
                for stem in surname_stems(fold(text[f.start:f.end]), book)}
    for rule, small in (("body", find_small_names(sentences, book)), (FIRST, find_abbreviated(sentences, text))):
        found += [Found(start=n.start, end=n.end, kind=n.kind, score=n.score, rule=rule) for n in small
                  if not begins_with(text[n.start:n.end], surnames, book)]
    forms = known_forms(reading.article, [(text[f.start:f.end], f.kind) for f in found if f.score >= 0.6], book)
    found += [from_form(form) for form in find_repeats(sentences, forms, book, small=evidence.lower)]
    taken = [(f.start, f.end) for f in found]
    found += [Found(start=d.start, end=d.end, kind=d.kind, score=d.score, rule="description")
              for d in find_descriptions(sentences, taken, book)]
    return found


def bears_surname(name: str, book: Book) -> bool:
    """Whether a person's name shows what is a surname: it has several words, or is no adjective that a body may begin with."""
    return " " in name or not name.lower().endswith(name_words(book.language, "relational_endings") or (" ",))


def begins_with(text: str, surnames: set[str], book: Book) -> bool:
    """Whether what looks like the name of a body begins with a person's surname ("Podle Havlíkové nemocnice …")."""
    first = fold(text.split()[0])
    return any(stem in surnames for stem in stems_of(first, book.language) if len(stem) > MINIMAL)


def from_form(form: Form) -> Found:
    """A repeated name as a find."""
    return Found(start=form.start, end=form.end, kind=form.kind, score=form.score, rule="repeat")


def decide(pieces: list[Piece], evidence: Evidence, book: Book) -> Iterator[Found]:
    """The pieces that are names, with kind and score; those of several words first, because they vouch for single ones."""
    accepted: list[tuple[Piece, float]] = []
    for several in (True, False):
        for piece in pieces:
            if (len(piece.capitals) > 1) is not several:
                continue
            score = certainty(piece, evidence, book)
            if score:
                accepted.append((piece, score))
        if several:
            evidence.know(w.text for p, _ in accepted for w in p.capitals if vouches(p, w, book))
    return with_kinds(accepted, book)


def vouches(piece: Piece, word: Word, book: Book) -> bool:
    """Whether a word of a longer name may stand for it alone: a surname, or the first word of a firm."""
    own = piece.capitals
    if len(word.text) < 3 or word.shape == "number" or word.low in book.common or word.low in book.not_names:
        return False
    ordinary = word.low in book.organisation or word.low in book.place or word.low in book.firm or word.low in book.demonyms
    return not ordinary and (word is own[0] or word is own[-1])


def with_kinds(accepted: list[tuple[Piece, float]], book: Book) -> Iterator[Found]:
    """The accepted pieces with the kind that their places vote for together; a lone surname is what its full name is."""
    keys = [name_key(piece) for piece, _ in accepted]
    tally: defaultdict[str, dict[str, int]] = defaultdict(no_votes)
    for key, (piece, _) in zip(keys, accepted, strict=True):
        vote(piece, book, tally[key])
    kinds = {key: strongest(found, single=" " not in key) for key, found in tally.items()}
    surnames = {s for key, kind in kinds.items() if kind == "person" and " " in key for s in surname_stems(key, book)}
    for key in kinds:
        if " " not in key and any(s in surnames for s in (key, *stems_of(key, book.language)) if len(s) >= 3):
            kinds[key] = "person"
    for key, (piece, score) in zip(keys, accepted, strict=True):
        yield Found(start=piece.start, end=piece.end, kind=kinds[key], score=score, rule="capitals")


def surname_stems(key: str, book: Book) -> list[str]:
    """The last word of a name, and what it may be without an ending (four letters at least)."""
    last = key.rpartition(" ")[2]
    return [last, last.removesuffix("s"), *(s for s in stems_of(last, book.language) if len(s) >= 4)]


def name_key(piece: Piece) -> str:
    """What tells that two pieces are the same name."""
    words = [w.folded for w in piece.own]
    if len(words) == 1 and words[0].endswith("s") and not is_given(words[0], "") and len(words[0]) > 4:
        return words[0][:-1]
    return " ".join(words)


def find_uncased_names(reading: Reading) -> list[Found]:
    """Names where no capitals mark them, and Latin names among them."""
    found = []
    for start, end, _ in spans_of(reading):
        found += [Found(start=n.start, end=n.end, kind=n.kind, score=n.score, rule=n.rule)
                  for n in find_uncased(reading.text, start, end, reading.language)]
        found += [Found(start=after_noun(reading.text, o.start, o.end, reading.language), end=o.end, kind="outlet", score=o.score,
                        rule="outlets") for o in find_uncased_outlets(reading.text, start, end, spaced=reading.lexicon.spaced)]
    found = trimmed(found, reading.text, reading.language)
    return found + list(find_again(reading, longest_first(found)))


def after_noun(text: str, start: int, end: int, language: str) -> int:
    """Where the name of an outlet begins behind its noun ("صحيفة الأهرام")."""
    noun, space, _ = text[start:end].partition(" ")
    return start + len(noun) + 1 if space and noun in name_words(language, "outer_nouns") else start


def trimmed(found: list[Found], text: str, language: str) -> list[Found]:
    """Bodies found by their endings, without what stands before a shorter name that the article has elsewhere ("致电天河公司")."""
    names, kinds = {text[f.start:f.end] for f in found if f.rule == "ending"}, frozenset(name_words(language, "org_suffixes"))
    out = []
    for f in found:
        own = text[f.start:f.end]
        shorter = [n for n in names - kinds if len(n) > MINIMAL and own != n and own.endswith(n)] if f.rule == "ending" else []
        cut = max((len(n) for n in shorter), default=0)
        before = own[:len(own) - cut] if cut else ""
        out.append(f if not cut or before.endswith(PLACED) else replace(f, start=f.end - cut))
    return out


def find_again(reading: Reading, found: list[Found]) -> Iterator[Found]:
    """The last parts of persons' names where they stand alone."""
    spaced = reading.lexicon.spaced
    parts = {re.split(r"[\s·・‧•＝=]", reading.text[f.start:f.end])[-1]: f.kind for f in found if f.kind == "person" and f.score >= 0.7}
    parts |= {family: "person" for f in found if f.kind == "person" and f.score >= SURE
              and (family := family_of(reading.text[f.start:f.end], reading.language))}
    if not spaced:
        parts |= {text: "person" for f in found if f.kind == "person" and len(text := reading.text[f.start:f.end]) > MINIMAL}
    known = sorted((p for p in parts if len(p) >= (3 if spaced else 2)), key=lambda p: (-len(p), p))
    if not known:
        return
    either = "|".join(map(re.escape, known))
    pattern = re.compile(rf"(?<!\w)[وفبلك]?({either})(?!\w)" if spaced else f"({either})")
    for start, end, _ in spans_of(reading):
        for match in pattern.finditer(reading.text, start, end):
            yield Found(start=match.start(1), end=match.end(1), kind="person", score=0.7 if spaced else SURE, rule="repeat")
