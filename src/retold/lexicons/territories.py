"""Countries, cities and the calendar in all languages, from CLDR."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale

from retold.lexicons import LANGUAGES
from retold.lexicons.names import changed_stems, entries, fold, folded_endings, name_words

VARIANTS = {"zh": ("zh_Hant",)}  # further CLDR locales of a language, for its other spelling
COMPLETE = "ru"  # a language in which CLDR names the city of every zone; Latin ones leave out those that the zone's id spells
FINAL = "aeiouyąęěаеєиіоуыэюяьй"  # what case forms begin after, in Latin and Cyrillic
ELIDED = {"US": ("usa", "u.s.", "u.s.a.", "us"), "GB": ("uk", "u.k.", "england", "britain", "great britain"), "RU": ("russland",),
          "AE": ("uae",), "EU": ("eu",), "UN": ("un",)}  # everyday forms that CLDR lacks or keeps apart


@cache
def locale(language: str) -> Locale:
    """The CLDR data of a language; English where it is none of ours."""
    return Locale.parse(language if language in LANGUAGES else "en")


@cache
def territories(language: str) -> dict[str, str]:
    """Folded name to ISO 3166 code in one language (and codes such as EU), with everyday short forms.

    >>> territories("de")["deutschland"], territories("uk")["німеччина"], territories("en")["uk"]
    ('DE', 'DE', 'GB')
    """
    found = {form: code for code, forms in ELIDED.items() for form in forms} if language != "ja" else {}
    for variant in (language, *VARIANTS.get(language, ())):
        for code, name in (locale(language) if variant == language else Locale.parse(variant)).territories.items():
            if len(code) == 2 and code not in ("ZZ", "XA", "XB"):
                for form in (name, *re.split(r"\s*[(\[（].*", name)[:1]):
                    found.setdefault(fold(form), code)
    return found


@cache
def cities(language: str) -> dict[str, str]:
    """Folded name to zone name of the cities that name CLDR's time zones.

    >>> cities("de")["moskau"] == cities("en")["moscow"]
    True
    """
    found: dict[str, str] = {}
    own = locale(language).time_zones
    for zone in sorted({*own, *locale(COMPLETE).time_zones}):
        name = own.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if zone.count("/") and not zone.startswith("Etc"):
            found.setdefault(fold(str(name)), zone)
    return found


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Month and weekday names in full, in all their forms, lower case."""
    data = locale(language)
    return frozenset(
        form.casefold().rstrip(".")
        for table in (data.months, data.days) for context in table.values()
        for form in context.get("wide", {}).values() if not form.isdigit()
    )


@cache
def language_names(language: str) -> frozenset[str]:
    """Names of languages, folded: capitalised, but no names in our sense."""
    return frozenset(fold(name) for name in locale(language).languages.values())


@cache
def stems(language: str) -> dict[str, str]:
    """Bare stem to place code, for languages that decline: single-word names without their final vowels and soft signs."""
    found: dict[str, str] = {}
    for table in (territories(language), cities(language)) if name_words(language, "endings") else ():
        for name, code in table.items():
            if " " not in name and len(bare(name)) >= 3 and len(name) >= 4:
                found.setdefault(bare(name), code)
    return found


def bare(name: str) -> str:
    """A folded name without its final vowels and soft signs."""
    return name.rstrip(FINAL)


@cache
def place_code(name: str, language: str) -> str:
    """The country or city that a name means in a language, in any case; "" for none.

    >>> place_code("Ukraine", "en"), place_code("Росії", "uk"), place_code("Putin", "en")
    ('UA', 'RU', '')
    """
    plain = fold(name)
    for table in (irregular(language), territories(language), cities(language), territories("en"), cities("en")):
        if plain in table and len(plain) > 1:
            return table[plain]
    return declined(plain, language) or genitive(plain, language)


@lru_cache(maxsize=20_000)
def home_place(name: str, language: str) -> str:
    """The country or city that a name means in the language itself, in any case; "" where only English would say so.

    >>> home_place("Georgia", "en"), home_place("Georgia", "de"), home_place("Georgien", "de")
    ('GE', '', 'GE')
    """
    plain = fold(name)
    for table in (irregular(language), territories(language), cities(language)):
        if plain in table and len(plain) > 1:
            return table[plain]
    return declined(plain, language) or genitive(plain, language)


def declined(plain: str, language: str) -> str:
    """The place of which a folded word is a case form."""
    known, endings = stems(language), folded_endings(language)
    for cut in range(len(plain) - 1, max(2, len(plain) - 5), -1) if known else ():
        stem, ending = plain[:cut], plain[cut:]
        code = known.get(bare(stem)) if ending in endings else None
        rest = plain[len(bare(stem)):]
        if code and (rest in endings or not rest.strip(FINAL) or bare(stem) == stem):
            return code
    for stem in changed_stems((plain.rstrip(FINAL),), language) if known and plain[-1:] in FINAL else ():
        if stem in known:
            return known[stem]
    return ""


def genitive(plain: str, language: str) -> str:
    """The place of which a folded word is a genitive in s."""
    if len(plain) < 5 or not plain.endswith("s"):
        return ""
    base = plain[:-1].removesuffix("'")
    return territories(language).get(base) or cities(language).get(base) or ""


@cache
def irregular(language: str) -> dict[str, str]:
    """Folded case forms that no ending explains."""
    return {fold(form): code for form, code in entries().get("places", {}).get(language, {}).items()}
