"""The word lists of a language as the name finders ask them, and what they say about single words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from retold.base.remembered import Remembered
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import Phrases, common_words, demonyms, fold, name_phrases, name_words, phrases
from retold.lexicons.territories import calendar_words

SHORTEST_BODY = 3  # letters up to which a word is no noun of bodies
SHORTEST_HEAD = 4  # letters up to which a word is no kind of body by its concept alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The word lists of a language that names are found with, ready to be asked."""

    language: str
    nouns_capital: bool
    roles: Phrases
    titles: Phrases
    titled: frozenset[str]
    organisation: Phrases
    place: Phrases
    outlet: Phrases
    outlet_alone: Phrases  # without those that mean an outlet only inside a title ("Post")
    common: Phrases
    not_names: Phrases
    demonyms: Phrases
    cues: Phrases
    determiners: Phrases
    particles: Phrases
    connectors: Phrases
    of: Phrases
    place_prepositions: Phrases
    firm: Phrases
    adjectives: Phrases
    negations: Phrases
    calendar: frozenset[str]
    joining: Phrases
    impersonal: Phrases
    homely: Phrases
    trades: Phrases
    locative: frozenset[str]
    ablative: frozenset[str]


@cache
def book_of(language: str) -> Book:
    """The word lists of a language."""
    cues = ("say", "report", "announce", "confirm", "deny", "claim", "warn")
    particles = dict.fromkeys((*lexicon(language).words("sources", "particles"), *name_words("common", "particles")))
    return Book(
        language=language, nouns_capital=bool(lexicon(language).table("script").get("nouns_capital", False)),
        roles=phrases(language, "sources", "roles"), titles=phrases(language, "sources", "titles"),
        titled=frozenset(form for title in lexicon(language).words("sources", "titles") for form in (title, title.removesuffix("."))),
        organisation=Phrases((*lexicon(language).words("sources", "organisation"), *name_words(language, "bodies"))),
        place=Phrases((*lexicon(language).words("sources", "place"), *name_words(language, "short_places"))),
        outlet=phrases(language, "sources", "outlet"), outlet_alone=outlets_alone(language), common=common_words(language),
        not_names=phrases(language, "words", "not_names", "stop"), demonyms=demonyms(language),
        cues=phrases(language, "attribution", *cues), determiners=name_phrases(language, "determiners"),
        particles=Phrases(particles), connectors=name_phrases(language, "connectors", "of"), of=name_phrases(language, "of"),
        place_prepositions=name_phrases(language, "place_prepositions"), firm=name_phrases("common", "firm_suffixes"),
        adjectives=name_phrases(language, "adjectives"), negations=phrases(language, "negation", "words"),
        calendar=calendar_words(language),
        impersonal=name_phrases(language, "impersonal"), joining=name_phrases("common", "joining"), homely=name_phrases("common", "homely"),
        trades=name_phrases(language, "trades"), locative=frozenset(name_words(language, "locative_endings")),
        ablative=frozenset(name_words(language, "ablative_endings")),
    )


def outlets_alone(language: str) -> Phrases:
    """The nouns that announce an outlet when they stand beside its name in small letters."""
    titles = name_words(language, "outlet_titles")
    return Phrases(word for word in lexicon(language).union("sources", ("outlet",)) if word not in titles)



def is_body(low: str, book: Book) -> bool:
    """Whether a word is a noun of bodies, places or outlets, alone or as the end of a compound."""
    return bodies(book.language)[low]


@cache
def bodies(language: str) -> Remembered[str, bool]:
    """Of each word of a language whether it is such a noun."""
    book = book_of(language)
    return Remembered(lambda low: len(low) > SHORTEST_BODY and (
        low in book.organisation or low in book.place or low in book.outlet or compound_body(low, language) or heads_body(low, book)))


def heads_body(low: str, book: Book) -> bool:
    """Whether a word names a kind of body that the lexicon of the language does not list ("museum")."""
    known = len(low) > SHORTEST_HEAD and bool(concept_of(fold(low), "heads"))
    return known and low not in book.roles and low not in book.common and low not in book.demonyms


@cache
def compound_body(low: str, language: str) -> bool:
    """Whether a word ends in a noun of bodies, in languages that write compounds ("Hafenaufsicht")."""
    return len(low) >= 8 and low.endswith(compound_ends(language)) if compound_ends(language) else False


@cache
def outlet_compound(low: str, language: str) -> bool:
    """Whether a word ends in a noun of outlets, in languages that write compounds ("Heidezeitung")."""
    if language not in compounding() or len(low) < 8 or low in name_words(language, "appositive"):
        return False
    nouns = outlet_ends(language)
    return low.endswith(nouns) and low not in nouns


@cache
def outlet_ends(language: str) -> tuple[str, ...]:
    """The nouns of outlets that compounds may end in."""
    return tuple(w for w in lexicon(language).words("sources", "outlet") if len(w) >= 4 and w.isalpha())


@cache
def compound_role(low: str, language: str) -> bool:
    """Whether a word ends in a role, in languages that write compounds ("Hafenmeister", "Klinik-Chef")."""
    return low.rpartition("-")[2] in book_of(language).roles if "-" in low else len(low) >= 9 and low.endswith(role_ends(language))


@cache
def role_ends(language: str) -> tuple[str, ...]:
    """The roles that compounds may end in."""
    if language not in compounding():
        return ()
    words = lexicon(language).words("sources", "roles")
    bare = [w.rstrip("*") for w in words]
    declined = [w.rstrip("*") + ending for w in words if w.endswith("*") for ending in name_words(language, "role_endings")]
    return tuple(sorted({w for w in (*bare, *declined) if len(w) >= 5 and w.isalpha()}))


@cache
def compound_ends(language: str) -> tuple[str, ...]:
    """The nouns of bodies that compounds may end in."""
    if language not in compounding():
        return ()
    words = lexicon(language).words("sources", "organisation")
    return tuple(sorted({w for w in words if len(w) >= 5 and w.isalpha()}))


@cache
def compounding() -> frozenset[str]:
    """The languages that write compounds in one word."""
    return frozenset(name_words("common", "compounding"))
