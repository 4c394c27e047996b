"""What people decided about findings: how a finding is named so that it is found again, and the file that keeps decisions.

    subject      key                                    may be
    edge         SOURCE -> TARGET                       confirmed, rejected, left out
    article      ID                                     left out
    outlet       NAME                                   left out (all its articles)
    outlet       NAME ~ NAME                            merged (one publisher), split (two)
    claim_link   ID[START:END] ~ ID[START:END]          confirmed (one claim), rejected (two claims)
    conflict     ID[START:END] ~ ID[START:END]          confirmed, rejected
    name         FORM ~ FORM                            merged (one entity), split (two)

SOURCE and TARGET are article ids or `external:NAME`. A key of two equal halves has them in the order of the alphabet.

The file is TOML, one `[[decision]]` a decision, to be read and mended with any editor; JSON Lines are read too:

    [[decision]]
    kind = "reject"
    subject = "edge"
    key = "wire -> courier"
    made = "2026-03-02T10:00:00+00:00"
    note = "they spoke to the captain themselves"
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from retold.base.errors import MalformedError, NotFoundError, SettingsError
from retold.base.records import Decision, make_id

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "edge": ("confirm", "reject", "leave_out"), "article": ("leave_out",), "outlet": ("leave_out", "merge", "split"),
    "claim_link": ("confirm", "reject"), "conflict": ("confirm", "reject"), "name": ("merge", "split"),
}
ARROW, LIKE = " -> ", " ~ "
PLACE = re.compile(r"(.+)\[(\d+):(\d+)\]", re.DOTALL)
Place = tuple[str, int, int]


def make_decision(kind: str, subject: str, key: str, *, made: str = "", note: str = "") -> Decision:
    """A decision, its id made of what it is about: deciding the same thing again replaces the old decision.

    Raises:
        SettingsError: nothing of that subject can be decided in that way, or the key is not of the subject's form.

    >>> make_decision("reject", "edge", "wire -> courier").key
    'wire -> courier'
    """
    if kind not in ALLOWED.get(subject, ()):
        expected = "; ".join(f"{s}: {', '.join(kinds)}" for s, kinds in ALLOWED.items())
        raise SettingsError(expected=expected, found=f"{subject}: {kind}", where="a decision")
    check_key(kind, subject, key)
    return Decision(id=make_id("dc", subject, key), kind=kind, subject=subject, key=key, made=made, note=note)


def check_key(kind: str, subject: str, key: str) -> None:
    """See that a key has the form that its subject needs.

    Raises:
        SettingsError: it has not.
    """
    if subject == "edge":
        good, form = ARROW in key, "SOURCE -> TARGET"
    elif subject in ("claim_link", "conflict"):
        good, form = len(places_of(key)) == 2, "ID[START:END] ~ ID[START:END]"
    elif subject == "name" or (subject == "outlet" and kind != "leave_out"):
        good, form = len(halves(key)) == 2, "NAME ~ NAME"
    else:
        good, form = bool(key.strip()), "an id or a name"
    if not good:
        raise SettingsError(expected=f"a key of the form {form}", found=repr(key), where=f"a decision about {subject}")


def edge_key(source: str, target: str) -> str:
    """The key of an edge.

    >>> edge_key("external:The Vale Post", "radio")
    'external:The Vale Post -> radio'
    """
    return f"{source}{ARROW}{target}"


def pair_key(one: Place, other: Place) -> str:
    """The key of two places that make the same claim, or stand on two sides of a conflict.

    >>> pair_key(("b", 5, 9), ("a", 0, 7))
    'a[0:7] ~ b[5:9]'
    """
    return LIKE.join(f"{article}[{start}:{end}]" for article, start, end in sorted((one, other)))


def name_key(one: str, other: str) -> str:
    """The key of two forms of a name, or two outlets."""
    return LIKE.join(sorted((one, other)))


def edge_of(key: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Source and target of an edge's key, of which the target is a known article; None where it is none.

    >>> edge_of("a -> b -> c", {"c", "a -> b"}), edge_of("a -> b", {"c"})
    (('a -> b', 'c'), None)
    """
    parts, articles = key.split(ARROW), set(known)
    cuts = [(ARROW.join(parts[:i]), ARROW.join(parts[i:])) for i in range(1, len(parts))]
    sure = [(s, t) for s, t in cuts if t in articles and (s in articles or s.startswith("external:"))]
    return next(iter(sure), None)


def places_of(key: str) -> tuple[Place, ...]:
    """The two places in a key; none where it has another form.

    >>> places_of("a[0:7] ~ b[5:9]")
    (('a', 0, 7), ('b', 5, 9))
    """
    for cut in re.finditer(re.escape(LIKE), key):
        found = [PLACE.fullmatch(half) for half in (key[:cut.start()], key[cut.end():])]
        places = tuple((m[1], int(m[2]), int(m[3])) for m in found if m)
        if len(places) == 2:
            return places
    return ()


def halves(key: str) -> tuple[str, ...]:
    """The two names in a key; none where it has another form."""
    parts = key.split(LIKE)
    return tuple(parts) if len(parts) == 2 and all(p.strip() for p in parts) else ()


def latest(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold: of several about one thing the one made last, in the order in which they were made."""
    held: dict[str, Decision] = {}
    for d in sorted(decisions, key=lambda d: d.made):
        held.pop(d.id, None)
        held[d.id] = d
    return tuple(held.values())


# ---- the file -----------------------------------------------------------------------------------------------------


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file that hold; TOML, or JSON Lines where its name ends in .jsonl.

    Raises:
        NotFoundError: there is no such file.
        MalformedError: it is no TOML or JSON Lines, or one of its decisions cannot be meant.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise NotFoundError(expected="a file of decisions", found=error.strerror or str(error), where=str(path)) from error
    except UnicodeDecodeError as error:
        raise MalformedError(expected="UTF-8", found=str(error), where=str(path)) from error
    return latest(to_decision(row, f"{path}, decision {n}") for n, row in enumerate(rows_of(text, path), 1))


def rows_of(text: str, path: Path) -> list[Any]:
    """What a file of decisions says.

    Raises:
        MalformedError: it is no TOML or JSON Lines.
    """
    try:
        if path.suffix in (".jsonl", ".json"):
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        found = tomllib.loads(text).get("decision", [])
    except ValueError as error:
        raise MalformedError(expected="TOML with [[decision]] blocks, or JSON Lines", found=str(error), where=str(path)) from error
    return found if isinstance(found, list) else [found]


def to_decision(row: Any, where: str) -> Decision:
    """One decision from what a file says.

    Raises:
        MalformedError: it cannot be meant.
    """
    try:
        kind, subject, key = (str(row[name]) for name in ("kind", "subject", "key"))
        return make_decision(kind, subject, key, made=str(row.get("made", "")), note=str(row.get("note", "")))
    except SettingsError as error:
        raise MalformedError(expected=error.expected, found=error.found, where=where) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedError(expected="kind, subject and key", found=repr(row), where=where) from error


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Write a file of decisions: TOML, or JSON Lines where its name ends in .jsonl.

    Raises:
        SettingsError: it cannot be written.
    """
    rows = [{"kind": d.kind, "subject": d.subject, "key": d.key, "made": d.made, "note": d.note} for d in latest(decisions)]
    if path.suffix in (".jsonl", ".json"):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        text = "\n".join("[[decision]]\n" + "".join(f"{k} = {quoted(v)}\n" for k, v in row.items() if v) for row in rows)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingsError(expected="a file that can be written", found=error.strerror or type(error).__name__, where=str(path),
                         advice="choose another one") from error


def quoted(value: str) -> str:
    """A string as TOML writes it; JSON's escapes are TOML's, but for DEL.

    >>> quoted('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
