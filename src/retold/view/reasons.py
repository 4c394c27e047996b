"""Reasons in the words of readers: what the tracing says of sources and claims, and how much a piece of evidence weighs."""

from __future__ import annotations

from collections.abc import Sequence

from retold.view.findings import Reason

STRONG = 2.0  # log odds from which a reason makes something seven times as likely
SOME = 0.7  # … twice as likely
LEAST = 0.05  # below, a reason only goes with another one that carries the weight

BEFOREHAND = "before looking at the texts: an article seldom has anything straight from one given other"
PLAINER = {  # what the tracing says, and what a reader is told; a test holds the left side to what the tracing says
    "tells first hand: a body that deals with such matters":
        "tells first hand: it is the task of this person or body to deal with such matters",
    "tells first hand, and those who have it from there tell it on": "tells first hand, and articles that have it from there pass it on",
    "tells first hand, and an article that has nothing from anybody else rests on it":
        "tells first hand, and an article rests on this source alone",
    "most likely one origin, which no article names for it":
        "most likely from one origin: the links between the articles lead there, but none of them says so of this very claim",
    "perhaps one origin, which no article names for it":
        "perhaps from one origin, a guess: what stands around the claim speaks for it, and no article says so of this very claim",
    "how likely it is before any evidence": BEFOREHAND,
    "(1 times)": "(once)",
}


def plainer(words: str) -> str:
    """A reason as a reader is told it.

    >>> plainer("one origin, told by several articles")
    'one origin, told by several articles'
    >>> plainer("most likely one origin, which no article names for it, told by one article")[:68]
    'most likely from one origin: the links between the articles lead the'
    """
    for said, told in PLAINER.items():
        words = words.replace(said, told)
    return words


def strength(weight: float) -> str:
    """How much a reason weighs, for or against, in words.

    >>> [strength(weight) for weight in (4.5, -3.5, 1.2, -0.3, 0.0)]
    ['for, strong', 'against, strong', 'for, some', 'against, little', 'also']
    """
    if abs(weight) < LEAST:
        return "also"
    much = "strong" if abs(weight) >= STRONG else "some" if abs(weight) >= SOME else "little"
    return f"{'for' if weight > 0 else 'against'}, {much}"


def weightiest_first(reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons ordered by how much they weigh, for or against; what only goes with another comes last."""
    return sorted(reasons, key=lambda reason: -abs(reason.weight))


def in_short(reasons: Sequence[Reason], most: int = 3) -> str:
    """The reasons that weigh, in a sentence: those for first, then those against, each kind once; "" where none weighs.

    What holds for all links alike (`BEFOREHAND`) is left out.

    Args:
        reasons: of one link.
        most: reasons for it, and again against it.
    """
    found = [r for r in weightiest_first(reasons) if abs(r.weight) >= LEAST and r.words != BEFOREHAND]
    sides = []
    for head, side in (("for it", [r for r in found if r.weight > 0]), ("against it", [r for r in found if r.weight < 0])):
        words = dict.fromkeys(f"{r.words} ({strength(r.weight).partition(', ')[2]})" for r in side)
        sides += [f"{head}: {', '.join(list(words)[:most])}"] if words else []
    return "; ".join(sides)
