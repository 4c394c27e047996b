"""How sure two versions are: one leaves open what the other asserts."""

from __future__ import annotations

from retold.lexicons import lexicon
from retold.relate.differences import OPEN, WORDY, bare, beside, lacking
from retold.relate.marks import Mark, everywhere, hedge_marks, roles
from retold.relate.pairs import PIECE, Difference, Pair, confidence, lean, shown
from retold.relate.sides import ClaimSide

HEDGED = 0.65  # a version whose weakest hedge is at most so strong is hedged: "can" (.6) is, "expected to" (.7) is not


def certainty(pair: Pair) -> Difference | None:
    """One version leaves open or calls possible what the other asserts."""
    a, b = pair.a, pair.b
    if (a.certainty <= HEDGED) == (b.certainty <= HEDGED):
        return None
    hedged, flat = (a, b) if a.certainty <= HEDGED else (b, a)
    if not flat.flat or doubted(flat) or unsettled(flat) or (flat.attribution is not None and flat.attribution.strength < HEDGED):
        return None
    word = min((m for m in hedged.hedges if m.value[0] != "~"), key=lambda m: (float(m.value), m.start))
    if saying(hedged, word) or beside(pair, hedged, word) or any(rule(hedged, word, flat) for rule in (repeated, able, asked, unknowing)):
        return None
    near = max(pair.near, bare(pair, hedged, word))
    logit = -0.35 + lean(near, 0.6, 7.0) + (0.5 if float(word.value) <= OPEN else 0.0)
    logit -= 2 * WORDY * max(0, len(hedged.words.split()) - 15)  # in a long version the hedge is mostly about something else
    mark, plain = Mark(value="hedged", start=word.start, end=word.end), Mark(value="flat", start=flat.start, end=flat.end)
    left, right = (mark, plain) if hedged is a else (plain, mark)
    return Difference(kind="certainty", left=left, right=right, score=confidence(logit),
                      why=f"one account says {shown(hedged, mark)} where another asserts it flatly")


def saying(side: ClaimSide, word: Mark) -> bool:
    """Whether a hedge is the word by which the version is told to be said ("suggested that"): that is a matter of who says it."""
    cues = side.attribution.cue if side.attribution is not None else ()
    modal = side.text[word.start : word.end].casefold() in roles("modal")
    return not modal and any(s < word.end and word.start < e for s, e in cues)


def able(hedged: ClaimSide, word: Mark, flat: ClaimSide) -> bool:
    """Whether a hedge says what somebody can do ("podrá adquirirse"), and the other version says so in other words ("available")."""
    says = hedged.text[word.start : word.end].casefold()
    if says not in roles("ability") | roles("able"):
        return False
    return everywhere("enabling", flat.language).search(flat.text, flat.start, flat.end) is not None


def asked(hedged: ClaimSide, word: Mark, flat: ClaimSide) -> bool:
    """Whether a hedge asks whether something is so, and the other version asks that too."""
    asks = hedged.text[word.start : word.end].casefold().strip(", ") in roles("whether")
    return asks and everywhere("whether", flat.language).search(flat.text, flat.start, flat.end) is not None


def unsettled(side: ClaimSide) -> bool:
    """Whether a version asserts nothing flatly, though it has no hedge: it tells what would be, or what is so if something else is."""
    return everywhere("unsettled", side.language).search(side.text, side.start, side.end) is not None


def unknowing(hedged: ClaimSide, word: Mark, flat: ClaimSide) -> bool:
    """Whether a hedge is a negated word of knowing, and the other version has a negation or a word of lacking in its place."""
    inside = any(word.start <= m.start and m.end <= word.end for m in hedged.negations)
    return inside and (flat.negated or lacking(flat))


def repeated(hedged: ClaimSide, word: Mark, flat: ClaimSide) -> bool:
    """Whether the other version has the word of the hedge too, in another form ("was not found", "has not been found")."""
    root = hedged.text[word.start : word.end].casefold()[: PIECE if lexicon(hedged.language).spaced else PIECE // 2]
    return hedged.language == flat.language and len(root) > 1 and root in flat.words.casefold()


def doubted(side: ClaimSide) -> bool:
    """Whether the sentence of a version hedges, though the version itself leaves that part out."""
    start, end = side.sentence
    return any(m.value[0] != "~" and float(m.value) <= HEDGED for m in hedge_marks(side.text, start, end, side.language))
