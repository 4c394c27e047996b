"""What two clauses can share that is telling: names in a romanised skeleton, numbers, longer words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retold.base.skeletons import skeleton

WORD = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")
LENGTH = 5  # letters of a key: endings differ, stems do not


def clause_details(text: str) -> dict[str, float]:
    """The details of a clause with what each may weigh, 1 for names and numbers.

    >>> clause_details("Thirteen of 120 vests fell")
    {'tirti': 1.0, '120': 1.0, 'visc': 0.4}
    """
    found: dict[str, float] = {}
    for match in WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found[re.sub(r"\D", "", word)] = 1.0
            continue
        key = skeleton(word)[:LENGTH]
        if len(key) >= 4:
            found[key] = max(found.get(key, 0.0), 0.4 if word[0].islower() else 1.0)
    return found


def shared_weight(a: Mapping[str, float], b: Mapping[str, float], rare: Mapping[str, float]) -> float:
    """The weight of the shared details against that of the side that has less, 0..1."""
    shared = sum(min(a[k], b[k]) * rare[k] for k in a.keys() & b.keys())
    least = min(sum(w * rare[k] for k, w in a.items()), sum(w * rare[k] for k, w in b.items()))
    return shared / least if least else 0.0
