"""Forms: all mentions of a story that are spelled alike, with what their words can be compared by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from retold.base.hanzi import HAN_KANA
from retold.base.letters import LATIN_CAPITALS
from retold.base.records import Mention
from retold.lexicons import lexicon
from retold.lexicons.bodies import Body, body_of
from retold.lexicons.names import Phrases, changed_stems, fold, given_names, name_phrases, name_words, phrases
from retold.lexicons.territories import place_code

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:['’ʼ‘.]+(?=[^\W_])(?:[^\W_]|[\u0300-\u036f])*)*\.?")
MIXED = re.compile(rf"[{LATIN_CAPITALS}\uff21-\uff3a][A-Za-zÀ-ɏ0-9\uff21-\uff5a&.-]+")
ACRONYM = re.compile(rf"[{LATIN_CAPITALS}А-ЯІЇЄҐ][A-Za-zА-яІіЇїЄєҐґ0-9]*[A-ZА-ЯІЇЄҐ0-9]")
KINDS = ("organisation", "place", "outlet")  # lists of nouns that say what a name is of
ELIDED = re.compile(r"d['’ʼ‘](?=[^\W\d_a-zà-ÿ])")  # "Anne d'Orval" is Orval, too; "Rita D'Amico" is no Amico
GENERATIONS = {"jr": 1, "sr": 1, "iii": 2, "iv": 2}  # behind so many words or more: "Ann Lee Marsh Jr." is Marsh, "Louis IV" a king
SHORTEST_STEM = 3  # letters that a stem keeps


@dataclass(slots=True)
class Form:
    """One spelling in one language: its words (folded, without articles and possessives) and the mentions that have it.

    `kind` is the kind that most of its mentions have, `articles` those it stands in; `acronym` says whether it is one word of
    capitals (NYT, PbD), `initialled` whether a word of it is an initial, `full` whether it is a name of several words, none of
    them an initial.
    """

    number: int
    words: tuple[str, ...]
    text: str
    language: str
    mentions: list[Mention] = field(default_factory=list)
    described: bool = False
    place: str = ""
    body: Body = field(default_factory=lambda: Body("", frozenset(), ""))
    kind: str = ""
    articles: frozenset[str] = frozenset()
    acronym: bool = field(init=False)
    initialled: bool = field(init=False)
    full: bool = field(init=False)

    def __post_init__(self) -> None:
        """Note what its words tell."""
        self.acronym = len(self.words) == 1 and len(self.text) <= 6 and bool(ACRONYM.fullmatch(self.text.strip("[]().")))
        self.initialled = any(w.endswith(".") and len(w.rstrip(".")) == 1 for w in self.words)
        self.full = len(self.words) > 1 and not self.initialled and not self.described

    def close(self) -> None:
        """Note what its mentions tell: there will be no more."""
        kinds = [m.kind for m in self.mentions]
        self.kind = max(sorted(set(kinds)), key=kinds.count)
        self.articles = frozenset([m.article for m in self.mentions])


@lru_cache(maxsize=50_000)
def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a name, folded, without a leading article.

    >>> words_of("The New York Times", "en"), words_of("Jane O’Hara", "en"), words_of("L'Équipe", "fr")
    (('new', 'york', 'times'), ('jane', "o'hara"), ('equipe',))
    >>> words_of("Anne d'Orval", "fr"), words_of("Ann Lee Marsh Jr.", "en")
    (('anne', 'orval'), ('ann', 'lee', 'marsh'))
    """
    latin = MIXED.findall(text) if HAN_KANA.search(text) else []  # "米PBW通信" is PBW
    text = " ".join(latin) if latin else text
    text = re.sub(r"[·・‧•_\-‐‑\[\]&＝=]", " ", text)
    found = [fold(m.group()[2:] if m.start() and ELIDED.match(m.group()) else m.group()) for m in WORD.finditer(text)]
    heads = [w.split("'", 1) for w in found[:1]]
    if heads and len(heads[0]) == 2 and heads[0][0] + "'" in name_phrases(language, "determiners"):
        found[0] = heads[0][1]
    while len(found) > 1 and (found[0] in name_phrases(language, "definite") or found[0] == "the"):
        found.pop(0)
    if found and len(found) > GENERATIONS.get(found[-1].rstrip("."), len(found)):
        found.pop()
    return tuple(w if w.endswith(".") and len(w) == 2 else w.rstrip(".") for w in found)


def gather_forms(mentions: Iterable[Mention], languages: dict[str, str]) -> list[Form]:
    """The forms of mentions, in the order in which they first stand."""
    forms: dict[tuple[tuple[str, ...], str, bool], Form] = {}
    for mention in mentions:
        language = languages.get(mention.article, "en")
        described = mention.method.endswith(":description")
        words = words_of(mention.text, language)
        if not words:
            continue
        key = (words, language, described)
        if key not in forms:
            forms[key] = make_form(len(forms), words, mention.text, language, described=described)
        forms[key].mentions.append(mention)
    for form in forms.values():
        form.close()
        form.place = "" if form.kind == "person" else form.place
    return list(forms.values())


def make_form(number: int, words: tuple[str, ...], text: str, language: str, *, described: bool) -> Form:
    """A form without mentions."""
    clean = text.strip("[]()")
    place = "" if described else place_code(clean, language) or place_code(" ".join(words), language)
    return Form(number=number, words=words, text=text, language=language, described=described, place=place, body=body_of(text, language))


@lru_cache(maxsize=100_000)
def stems(word: str, language: str) -> frozenset[str]:
    """What a word may be without its case ending, itself included."""
    found = {word}
    for ending in case_endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            found.add(word[: -len(ending)])
    return frozenset((*found, *(s for s in changed_stems(sorted(found), language) if len(s) >= SHORTEST_STEM)))


@cache
def case_endings(language: str) -> tuple[str, ...]:
    """The case endings of a language, folded, and those that any language may have."""
    return tuple(sorted({fold(e) for e in (*name_words(language, "endings"), *given_table()["endings"])}))


@cache
def given_table() -> dict[str, list[list[str]] | list[str]]:
    """`given_names.toml`."""
    return tomllib.loads((files(__package__) / "given_names.toml").read_text("utf-8"))


@cache
def given_groups() -> dict[str, frozenset[int]]:
    """Given name to the numbers of the groups that it is in."""
    out: dict[str, set[int]] = {}
    for number, group in enumerate(given_table()["groups"]):
        for name in group:
            out.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in out.items()}


def same_given(a: str, b: str) -> bool:
    """Whether two given names may be forms of one.

    >>> same_given("terry", "terrence"), same_given("ada", "tom")
    (True, False)
    """
    return bool(given_groups().get(a, frozenset()) & given_groups().get(b, frozenset()))


@lru_cache(maxsize=20_000)
def generic(word: str, language: str) -> bool:
    """Whether a word says only what kind of body or place a name is of ("island", "council")."""
    known = word in generic_words(language) or word in phrases(language, "sources", *KINDS)
    return known or word in name_phrases("common", "firm_suffixes")


@cache
def generic_words(language: str, *kinds: str) -> Phrases:
    """The nouns of bodies, places and outlets of a language (or only those of some kinds), folded as the words of names are."""
    return Phrases(fold(word) for word in lexicon(language).union("sources", kinds or KINDS))


def is_given(word: str) -> bool:
    """Whether a folded word is a common given name."""
    return word in given_names()
