"""News outlets and agencies of the world: how each is named in other languages and scripts, signs its copy and is owned.

The list is `outlets.csv` (docs/outlets.md tells how it was made and how to add to it). Nothing here reads articles: a name is
looked up as it stands, in any case. `Outlet.doubts` says which forms are everyday words ("Bild", "Le Monde") and count as an
outlet only beside an article or an outlet noun.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import overload

from retold.base.errors import SettingsError

COLUMNS = ("name", "kind", "languages", "country", "domains", "aliases", "marks", "owner", "ambiguous")
KINDS = ("agency", "newspaper", "broadcaster", "magazine", "online", "press_release", "official")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet. `marks` are how it signs copy ("(dpa)"); `ambiguous` those of its forms that are everyday words too."""

    name: str
    kind: str
    languages: tuple[str, ...]
    country: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    owner: str = ""
    ambiguous: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form under which it is found: its name, aliases and marks, once each."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.marks)))

    def doubts(self, form: str) -> bool:
        """Whether a form of its name is an everyday word, so that an article or an outlet noun must stand beside it.

        >>> [outlets_named(form)[0].doubts(form) for form in ("Bild", "Bild-Zeitung")]
        [True, False]
        """
        return form.casefold() in {word.casefold() for word in self.ambiguous}

    def bears(self, form: str) -> bool:
        """Whether one of its forms may name it in the case in which it is written: an acronym that is an everyday word only in capitals.

        >>> [outlets_named("ANKA")[0].bears(form) for form in ("ANKA", "Anka")], outlets_named("Anka")
        ([True, False], ())
        """
        listed = [own for own in self.forms if own.casefold() == form.casefold()]
        return form.isupper() or not self.doubts(form) or not listed or not all(own.isupper() for own in listed)


@cache
def outlets(extra: Path | None = None) -> tuple[Outlet, ...]:
    """All outlets, in the order of the files; those of `extra`, a file with the same columns, come first.

    Raises:
        SettingsError: a file has wrong columns, an unknown kind, or a row without name or kind; or `extra` cannot be read.
    """
    shipped = tuple(read((files(__package__) / "outlets.csv").read_text("utf-8"), "outlets.csv"))
    return (*read(text_of(extra), str(extra)), *shipped) if extra else shipped


def text_of(path: Path) -> str:
    """The text of a file that a user named."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            expected="a list of outlets as UTF-8 text", found=str(error), where=str(path), advice="check the path and the encoding"
        ) from error


def read(text: str, where: str) -> Iterator[Outlet]:
    """The outlets of one CSV text; columns after `kind` may be missing."""
    reader = csv.DictReader(io.StringIO(text))
    columns = list(reader.fieldnames or ())
    if not {"name", "kind"} <= set(columns) <= set(COLUMNS):
        raise SettingsError(
            expected=f"columns among {', '.join(COLUMNS)}, name and kind at least", found=", ".join(columns) or "nothing",
            where=where, advice="mend the first line",
        )
    for row in reader:
        yield outlet({k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)},
                     f"{where}:{reader.line_num}")


def outlet(row: dict[str, str], where: str) -> Outlet:
    """One row as an outlet; `yes` under `ambiguous` stands for all its forms."""
    if not row["name"] or row["kind"] not in KINDS:
        raise SettingsError(
            expected=f"a name and a kind among {', '.join(KINDS)}", found=f"{row['name']!r}, {row['kind']!r}", where=where,
            advice="mend the row",
        )
    aliases, marks = parts(row.get("aliases", "")), parts(row.get("marks", ""))
    ambiguous = row.get("ambiguous", "")
    return Outlet(
        name=row["name"], kind=row["kind"], languages=tuple(row.get("languages", "").split()), country=row.get("country", ""),
        domains=tuple(row.get("domains", "").lower().split()), aliases=aliases, marks=marks, owner=row.get("owner", ""),
        ambiguous=(row["name"], *aliases, *marks) if ambiguous == "yes" else parts(ambiguous),
    )


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell between bars.

    >>> parts("NYT | New York Times|")
    ('NYT', 'New York Times')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def index(extra: Path | None = None) -> MappingProxyType[str, tuple[Outlet, ...]]:
    """Every form, casefolded, with the outlets that bear it."""
    found: dict[str, list[Outlet]] = {}
    for one in outlets(extra):
        for key in dict.fromkeys(form.casefold() for form in one.forms):
            found.setdefault(key, []).append(one)
    return MappingProxyType({key: tuple(ones) for key, ones in found.items()})


def outlets_named(name: str, language: str = "", *, extra: Path | None = None) -> tuple[Outlet, ...]:
    """The outlets that bear a name, alias or mark; those that publish in `language` first.

    >>> [o.country for o in outlets_named("El País")], [o.country for o in outlets_named("Público", "pt")]
    (['ES', 'UY'], ['PT', 'ES'])
    """
    plain = " ".join(name.split())
    found = tuple(one for one in index(extra).get(plain.casefold(), ()) if one.bears(plain))
    return tuple(sorted(found, key=lambda one: language not in one.languages)) if language else found


@overload
def outlet_by_name() -> MappingProxyType[str, Outlet]: ...
@overload
def outlet_by_name(name: str) -> Outlet | None: ...
def outlet_by_name(name: str | None = None) -> MappingProxyType[str, Outlet] | Outlet | None:
    """The first outlet that bears a name; without a name, the whole table of casefolded forms.

    >>> outlet_by_name("ロイター").name, outlet_by_name()["nyt"].name, outlet_by_name("no such paper")
    ('Reuters', 'The New York Times', None)
    """
    return first_named() if name is None else next(iter(outlets_named(name)), None)


@cache
def first_named() -> MappingProxyType[str, Outlet]:
    """Every form, casefolded, with the first outlet that bears it."""
    return MappingProxyType({key: ones[0] for key, ones in index().items()})


@cache
def domains(extra: Path | None = None) -> MappingProxyType[str, Outlet]:
    """Every domain with its outlet; the first row wins."""
    pairs = [(domain, one) for one in outlets(extra) for domain in one.domains]
    return MappingProxyType(dict(reversed(pairs)))


def outlet_by_domain(host: str, *, extra: Path | None = None) -> Outlet | None:
    """The outlet at a host name; the longest listed ending wins, so that subdomains belong to their outlet.

    >>> outlet_by_domain("www.reuters.com").name, outlet_by_domain("cincodias.elpais.com").name, outlet_by_domain("example.org")
    ('Reuters', 'Cinco Días', None)
    """
    labels = host.strip().lower().rstrip(".").split(":")[0].split(".")[-8:]  # no outlet's host has more than eight labels
    table = domains(extra)
    endings = (".".join(labels[i:]) for i in range(len(labels) - 1))
    return next((table[ending] for ending in endings if ending in table), None)
