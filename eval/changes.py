"""Pairs of sentences in fifteen languages in which one thing was changed, or nothing; made from `changes.toml`."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

KINDS = ("number", "date", "actor", "negation", "hedge", "status", "place", "antonym", "name")
CHOICE = re.compile(r"\[(\w+):([^|\]]*)\|([^\]]*)\]")
OPTIONAL = re.compile(r"<([^>]*)>")
NUMBERS = (*range(5, 21), 25, 30, 35, 40, 50, 60, 70, 80)
SLOTS = {"number": "n", "date": "d", "place": "p", "name": "a"}


def languages() -> dict[str, dict]:
    """What the file holds, by language."""
    found = tomllib.loads((Path(__file__).parent / "changes.toml").read_text("utf-8"))
    people = found.pop("people")
    return {code: entry | {"people": people[entry["people"]]} for code, entry in found.items()}


def kinds_of(template: str) -> list[str]:
    """The kinds of change that a sentence allows."""
    kinds = {match.group(1) for match in CHOICE.finditer(template)}
    kinds |= {kind for kind, slot in SLOTS.items() if "{" + slot + "}" in OPTIONAL.sub("", template)}
    if "{x}" in template:
        kinds |= {"actor", "name"}
    return [kind for kind in KINDS if kind in kinds]


def write(template: str, values: dict[str, str], sides: dict[str, int], *, whole: bool) -> str:
    """A sentence with its slots filled, each choice on its side."""
    text = OPTIONAL.sub(lambda m: m.group(1) if whole else "", template)
    text = CHOICE.sub(lambda m: m.group(2 + sides.get(m.group(1), 0)), text)
    text = re.sub(r"\{(\w)\}", lambda m: values[m.group(1)], text)
    text = re.sub(r"\s+([,.])", r"\1", re.sub(r" +", " ", text)).strip()
    return text[:1].upper() + text[1:]


def make_pair(entry: dict, template: str, kind: str | None, chance: random.Random, part: int) -> tuple[str, str]:
    """A premise and a hypothesis in which something of a kind was changed (None: nothing). `part` chooses the halves of the lists."""
    lists = {key: entry[key] for key in ("people", "places", "dates", "frames")}
    half = {key: found[part * len(found) // 2:(part + 1) * len(found) // 2] for key, found in lists.items()}
    a, x, y, other = chance.sample(half["people"], 4)
    n, m = chance.sample(NUMBERS, 2)
    p, q = chance.sample(half["places"], 2)
    d, e = chance.sample(half["dates"], 2)
    values = {"a": a, "x": x, "y": y, "n": str(n), "p": p, "d": d}
    sides = {k: chance.randrange(2) for k in KINDS}
    premise = write(template, values, sides, whole=True)
    if kind in ("negation", "hedge", "status", "antonym"):
        sides = sides | {kind: 1 - sides[kind]}
    changed = {"number": {"n": str(m)}, "date": {"d": e}, "place": {"p": q}, "actor": {"x": y, "y": x},
               "name": {"a": other} if "{a}" in template else {"x": other}}.get(kind or "", {})
    frame = chance.choice(half["frames"]) if chance.random() < 0.4 else ""
    return premise, frame + write(template, values | changed, sides, whole=chance.random() < 0.5)


def make_pairs(part: str, each: int, seed: int = 1) -> list[dict]:
    """Rows with language, kind ("same" where nothing was changed), premise, hypothesis and label.

    Args:
        part: "train" or "test": other sentences, names, places and dates.
        each: changed pairs a language and kind, and as many unchanged ones beside each.
    """
    rows = []
    for code, entry in languages().items():
        chance = random.Random(f"{part} {code} {seed}")
        for kind in KINDS:
            fitting = [t for t in entry[part] if kind in kinds_of(t)]
            for i in range(each):
                template = fitting[i % len(fitting)]
                for change in (kind, None):
                    premise, hypothesis = make_pair(entry, template, change, chance, int(part == "test"))
                    rows.append({"set": "changes", "language": code, "kind": kind, "premise": premise, "hypothesis": hypothesis,
                                 "label": "contradiction" if change else "entailment"})
    return rows
