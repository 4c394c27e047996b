"""One name for every source that is not in the collection, however articles write it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from retold.base.hanzi import HAN_KANA
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_name
from retold.trace.publishers import bare_title, same_name, same_outlet, telling
from retold.trace.roles import roles
from retold.trace.statement import Statement
from retold.trace.titles import same_title


def one_name_each(stated: Mapping[str, Sequence[Statement]]) -> dict[str, list[Statement]]:
    """The same statements with one node for every source that is not in the collection, however its name is written: the fullest form
    that has no word for what it is in front.

    Outlets are one across scripts, too.
    """
    nodes = {s.node for rows in stated.values() for s in rows if s.node.startswith("external:")}
    labels = sorted(nodes, key=lambda n: (bare_title(n.removeprefix("external:")) != n.removeprefix("external:"), -len(n), n))
    reports = {s.node for rows in stated.values() for s in rows if s.kind in ("outlet", "agency")}
    chosen: dict[str, str] = {}
    for node in labels:
        name = node.removeprefix("external:")
        same = (n for n in dict.fromkeys(chosen.values()) if same_name(other := n.removeprefix("external:"), name) or (
            {n, node} <= reports and (same_outlet(name, other) or (is_latin(n) != is_latin(node) and same_title(name, other)))))
        chosen[node] = next(same, node)
    longer = {node: begun(node.removeprefix("external:"), reports) for node in chosen if chosen[node] == node}
    chosen = {node: chosen.get(longer.get(first, ""), first) for node, first in chosen.items()}
    called = usual_forms(chosen, stated)
    return {article: [replace(s, node=called.get(chosen.get(s.node, ""), s.node)) for s in rows] for article, rows in stated.items()}


def usual_forms(chosen: Mapping[str, str], stated: Mapping[str, Sequence[Statement]]) -> dict[str, str]:
    """For every group of names of one source the first of those in the script in which most articles have it."""
    users = {node: {article for article, rows in stated.items() if any(s.node == node for s in rows)} for node in chosen}
    out = {}
    for first in dict.fromkeys(chosen.values()):
        scripts: dict[bool, set[str]] = {}
        forms = [first, *(node for node in chosen if chosen[node] == first and node != first)]
        for node in forms:
            scripts.setdefault(is_latin(node), set()).update(users[node])
        out[first] = next(node for node in forms if len(scripts[is_latin(node)]) == max(map(len, scripts.values())))
    return out


def as_written(stated: Mapping[str, Sequence[Statement]], texts: Collection[str]) -> dict[str, list[Statement]]:
    """The same statements, listed outlets called as the articles call them ("dpa") where none has the whole name."""
    listed = {s.node: outlet_by_name(s.node.removeprefix("external:")) for rows in stated.values() for s in rows
              if s.node.startswith("external:") and s.kind in ("outlet", "agency")}
    called = {node: form for node, known in listed.items() if known and (form := form_in(known.forms, texts))}
    return {article: [replace(s, node=f"external:{called[s.node]}", label=called[s.node]) if s.node in called else s for s in rows]
            for article, rows in stated.items()}


def form_in(forms: Sequence[str], texts: Collection[str]) -> str:
    """The first of some forms of a name, then the longest, that stands in a text; "" where it is the first or none does."""
    def stands(form: str) -> bool:
        pattern = re.compile(re.escape(form) if HAN_KANA.search(form) else rf"(?<!\w){re.escape(form)}(?!\w)")
        return any(pattern.search(text) for text in texts)

    names = sorted({f.strip("()[] ") for f in forms[1:] if not roles("pictures").search(f)}, key=lambda f: (-len(f), f))
    return "" if stands(forms[0]) else next((f for f in names if stands(f)), "")


def is_latin(node: str) -> bool:
    """Whether a source outside the collection is called in Latin letters."""
    return bool(re.search(r"[A-Za-z]", node.removeprefix("external:")))


def begun(name: str, reports: Collection[str]) -> str:
    """The outlet whose name begins with a shorter one, word for word: "El Vigía" is El Vigía de Castilla; "" where none or several do."""
    found = {fold(node): node for node in sorted(reports) if fold(node.removeprefix("external:")).startswith(fold(name) + " ")}
    return next(iter(found.values())) if len(found) == 1 and telling(name) else ""
