"""Whose the texts are that come without an outlet, where other texts name outlets that nobody is known to be.

A text is taken for that of an outlet which others name as their source when it is in the language of the outlet's name, is not later than
those that name it, does not name the outlet for what it says itself, and says what they have from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold.base.records import Attribution, Sentence, Span, Vector
from retold.base.skeletons import skeleton
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.trace.affiliations import NEAR
from retold.trace.mastheads import borne
from retold.trace.publishers import WORD, nameless, outlet_nouns, same_publisher, stop_words
from retold.trace.register import Register
from retold.trace.roles import roles
from retold.trace.statement import Statement
from retold.trace.ties import Fabric
from retold.trace.times import order
from retold.trace.tongues import in_language

LIKE = 0.4  # likeness of a sentence that names the outlet to one of the text: what the outlet is named for is there
MORE = 0.5  # the same where nothing tells the language of the outlet's name (an acronym)
LONGEST_MARK = 4  # letters of an agency's mark in small ones
AHEAD = 0.05  # of likeness, by which the likeliest text leads the next that may be the outlet's


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A text that may be an outlet's: how near it comes to what others have from the outlet, and whether it names the outlet itself."""

    article: str
    like: float
    itself: bool


def unsigned_outlets(
    batch: Batch, stated: Mapping[str, Sequence[Statement]], fabric: Fabric, register: Register,
) -> dict[str, str]:
    """The outlets of texts that come without one, by article: those that other texts name and that no article is known to be of."""
    free = sorted(set(register.articles) - set(register.publishers))
    if not free:
        return {}
    near, named = Nearness(batch), defaultdict[str, list[Statement]](list)
    told = {(row.article, span) for row in batch.get(Attribution) for span in row.addressee}
    rows = (s for found in stated.values() for s in found if s.kind in ("outlet", "agency") and s.node.startswith("external:"))
    for s in sorted(rows, key=lambda s: (-len(s.node), s.node, s.article, s.span)):
        label = s.node.removeprefix("external:")
        named[next((known for known in named if same_publisher(label, known)), label)].append(s)
    out = borne(named, free, told, register)
    free = [article for article in free if article not in out]
    found = [(guess, label) for label, rows in named.items() if not any(same_publisher(label, edge) for edge in out.values())
             if (guess := likeliest(list(guesses(rows, free, near, told, fabric, register))))]
    for guess, label in sorted(found, key=lambda row: (not row[0].itself, -row[0].like, row[1])):
        out.setdefault(guess.article, label)
    return out


def describes(form: str, languages: Iterable[str]) -> bool:
    """Whether a name only says what somebody is, a paper or agency: in one word, in small letters, or where every noun has a capital.

    >>> describes("La Dépêche", ["fr"]), describes("l'agence", ["fr"]), describes("Der Sender", ["de"]), describes("Wochenblatt", ["de"])
    (False, True, True, True)
    """
    words = [w for w in WORD.findall(form) if w.casefold() not in stop_words() and len(w) > 1]
    if not nameless(form):
        return any(w[0].islower() and w.casefold() in outlet_nouns() for w in words)
    capital = [lexicon(code) for code in languages if lexicon(code).table("script").get("nouns_capital")]
    nouns = {noun for known in capital for noun in known.words("sources", "outlet")}
    return any(w[0].islower() for w in words) or len(WORD.findall(form)) == 1 or (len(words) == 1 and words[0].casefold() in nouns)


def likeliest(found: Sequence[Guess]) -> Guess | None:
    """The text that an outlet's is; None where two are as likely. Who names itself comes first."""
    ranked = sorted(found, key=lambda g: (not g.itself, -g.like, g.article))
    rest = [g for g in ranked[1:] if g.itself == ranked[0].itself]
    return ranked[0] if ranked and (not rest or ranked[0].like - rest[0].like >= AHEAD) else None


def guesses(
    rows: Sequence[Statement], free: Sequence[str], near: Nearness, told: set[tuple[str, Span]], fabric: Fabric, register: Register,
) -> Iterator[Guess]:
    """The texts without an outlet that may be the outlet's which some statements name."""
    forms = {rows[0].node.removeprefix("external:"), *(s.label for s in rows)}
    forms |= {form for s in rows for form in register.forms.get(s.entity, ())}
    known = sorted(form for form in forms if not describes(form, {register.languages.get(s.article, "") for s in rows}))
    tongues = {code: in_language(known, code) for code in sorted(set(register.languages.values()))}
    most = max(tongues.values(), default=0.0)
    if not known or (most <= 0 and not any(is_mark(form) for form in known)):
        return
    for article in free:
        others = [s for s in rows if s.article != article]
        own = [s for s in rows if s.article == article]
        later = any(order(fabric.published.get(article), fabric.published.get(s.article)) < 0 for s in others)
        cites = any(s.content and (article, s.span) not in told for s in own) or has_it_from(known, article, register)
        if not others or later or cites or tongues[register.languages.get(article, "")] < most:
            continue
        agency = any(roles("agencies").search(form) for form in known)
        if agency and not any(form in register.articles[article].text for form in known):  # what an agency brings out bears its mark
            continue
        like = max(near.likeness(s, article) for s in others)
        if like >= (LIKE if most > 0 else MORE):
            yield Guess(article=article, like=like, itself=any((article, s.span) in told for s in own))


def is_mark(form: str) -> bool:
    """Whether a name may be the mark of an agency: in capitals, or as short as "dpa".

    >>> is_mark("AMW"), is_mark("nod"), is_mark("Vigil")
    (True, True, False)
    """
    return form.isupper() or (form.islower() and form.isascii() and form.isalpha() and len(form) <= LONGEST_MARK)


def has_it_from(forms: Sequence[str], article: str, register: Register) -> bool:
    """Whether a text names an outlet beside a word for publishing or reporting, by which no outlet says that something is its own finding.

    Accents are often left out in a name. Acronyms are marks.
    """
    names = [" ".join(words) for form in forms if not is_mark(form) and (words := skeletons(form))]
    text, cue = register.articles[article].text, lexicon(register.languages.get(article, "")).pattern("attribution", "report")
    for s in register.sentences.get(article, ()):
        cues = cue.finditer(text, s.start, s.end) if s.kind == "paragraph" else ()
        near = (text[max(s.start, m.start() - NEAR):min(s.end, m.end() + NEAR)] for m in cues if not roles("learned").search(m[0]))
        if any(name in " ".join(skeletons(part)) for part in near for name in names):
            return True
    return False


def skeletons(text: str) -> list[str]:
    """The words of a text that tell, as skeletons."""
    return [skeleton(w) for w in WORD.findall(text) if w.casefold() not in stop_words()]


class Nearness:
    """How near the sentence of a statement is in meaning to the nearest of another article."""

    def __init__(self, batch: Batch) -> None:
        vectors = {v.of: np.frombuffer(v.values, dtype="<f4") for v in batch.get(Vector)}
        self._sentences = {a: [s for s in rows if s.id in vectors] for a, rows in batch.by_article(Sentence).items()}
        self._vectors = {a: np.array([vectors[s.id] for s in rows]) for a, rows in self._sentences.items() if rows}

    def likeness(self, statement: Statement, article: str) -> float:
        """The cosine, 0 where either has no sentences."""
        rows = self._sentences.get(statement.article, ())
        at = next((i for i, s in enumerate(rows) if s.start <= statement.span[0] < s.end), None)
        if at is None or article not in self._vectors:
            return 0.0
        return round(float((self._vectors[article] @ self._vectors[statement.article][at]).max()), 4)
