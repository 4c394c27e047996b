"""What the name finders know about words: `names.toml` beside the lexicons, and phrase lists that can be asked quickly."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from retold.base.skeletons import skeleton
from retold.lexicons import lexicon

MOST_KNOWN = 100_000  # words whose answers a list remembers
MINIMAL = 3  # letters of a stem
VOWELS = frozenset("aeiouyаеиоуыэюяіїє")
SHORTEST_HEARD = 3  # letters up to which a given name is not known by its sound alone
KEPT = "\u0306\u3099\u309a"  # the breve of й and ў, and the voicing marks of kana
COMMON_SECTIONS = ("attribution", "certainty", "negation", "dates", "words", "quantities")
COMMON_SOURCES = ("anonymous", "anonymous_marks", "own_outlet", "agency_credit", "byline", "newsdesk", "pronouns_person",
                  "pronouns_first", "pronouns_it", "roles", "titles", "outlet")


@cache
def entries() -> dict[str, Any]:
    """The whole of `names.toml`."""
    return tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))


@cache
def name_words(language: str, key: str) -> tuple[str, ...]:
    """A list of a language (or of "common"); empty where there is none.

    >>> "the" in name_words("en", "definite")
    True
    """
    return tuple(entries().get(language, {}).get(key, ()))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word in lower case without accents, apostrophes in one form; marks that make another letter stay.

    >>> fold("Dréau’s")
    "dreau's"
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("’", "'").replace("ʼ", "'").replace("‘", "'"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c) or c in KEPT))


class Phrases(frozenset[str]):
    """Words and phrases of a list, asked by lower-case words; a final `*` in the list stands for any ending.

    It is the set of its single words, so that the question that is asked most, whether a word is one, takes no step of Python's.

    >>> roles = Phrases(("prime minister", "resign*"))
    >>> roles.longest(["the", "prime", "minister"], 1), roles.longest(["resigned"], 0), roles.longest(["prime"], 0)
    (2, 1, 0)
    >>> "resigned" in roles, "prime" in roles
    (True, False)
    """

    first: dict[str, list[tuple[str, ...]]]
    stems: dict[str, list[tuple[str, ...]]]
    lengths: list[int]
    known: dict[str, tuple[tuple[str, ...], ...]]

    def __new__(cls, phrases: Iterable[str]) -> Phrases:
        """The list; one that knows stems of single words where there are some."""
        first: dict[str, list[tuple[str, ...]]] = {}
        stems: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(phrase.lower().replace("i\u0307", "i").replace("’", "'").split())
            if words:
                head = words[0]
                at, key = (stems, head[:-1]) if head.endswith("*") else (first, head)
                at.setdefault(key, []).append(words)
        alone = tuple(stem for stem, found in stems.items() if any(len(phrase) == 1 for phrase in found))
        made = super().__new__(Stemmed if alone else Phrases, (word for word, found in first.items() if any(len(p) == 1 for p in found)))
        made.first, made.stems, made.known = first, stems, {}
        made.lengths = sorted({len(stem) for stem in stems}, reverse=True)
        if isinstance(made, Stemmed):
            made.stems_alone, made.single = alone, {}
        return made

    def starting(self, word: str) -> tuple[tuple[str, ...], ...]:
        """The phrases that may begin with this word, longest first."""
        known = self.known.get(word)
        if known is not None:
            return known
        found = list(self.first.get(word, ()))
        size = len(word)
        for length in self.lengths:
            if length <= size and word[:length] in self.stems:
                found += self.stems[word[:length]]
        found.sort(key=len, reverse=True)
        if len(self.known) < MOST_KNOWN:
            self.known[word] = tuple(found)
        return tuple(found)

    def longest(self, words: Sequence[str], at: int) -> int:
        """How many words from `at` on are a phrase of the list; 0 for none."""
        word = words[at]
        found = self.known.get(word)
        for phrase in self.starting(word) if found is None else found:
            size = len(phrase)
            if size == 1 or (size <= len(words) - at and all(map(fits, phrase[1:], words[at + 1:at + size]))):
                return size
        return 0


class Stemmed(Phrases):
    """A list with stems that stand for single words of any ending."""

    stems_alone: tuple[str, ...]
    single: dict[str, bool]

    def __contains__(self, word: object) -> bool:
        """Whether the word alone is in the list."""
        found = self.single.get(word)  # type: ignore[call-overload]
        if found is None:
            found = super().__contains__(word) or str(word).startswith(self.stems_alone)
            if len(self.single) < MOST_KNOWN:
                self.single[str(word)] = found
        return bool(found)


def fits(pattern: str, word: str) -> bool:
    """Whether a word is what a phrase asks for."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def phrases(language: str, section: str, *keys: str) -> Phrases:
    """The phrases of lexicon keys."""
    return Phrases(lexicon(language).union(section, keys))


@cache
def name_phrases(language: str, *keys: str) -> Phrases:
    """The phrases of keys of `names.toml`."""
    return Phrases(word for key in keys for word in name_words(language, key))


@cache
def common_words(language: str) -> Phrases:
    """Single words that the lexicon knows as ordinary words: a capital at the opening of a sentence does not make them names."""
    book = lexicon(language)
    words: dict[str, None] = {}
    for section in COMMON_SECTIONS:
        gather({k: v for k, v in book.table(section).items() if k != "demonyms"}, words)
    for key in COMMON_SOURCES:
        gather(list(book.words("sources", key)), words)
    words.update(dict.fromkeys(nouns(language)))
    return Phrases(words)


def nouns(language: str) -> list[str]:
    """The common nouns of a language that gives them capitals, as they stand in news; none where the lexicon has no list of them."""
    path = files("retold.lexicons").joinpath(f"{language}_nouns.txt")
    return path.read_text("utf-8").split() if path.is_file() else []


def gather(value: Any, into: dict[str, None]) -> None:
    """All words in the strings of a nested value, its keys included."""
    if isinstance(value, str):
        into.update(dict.fromkeys(word for word in value.split() if word != "*"))
    elif isinstance(value, dict):
        for key, inner in value.items():
            into.update(dict.fromkeys(str(key).split()))
            gather(inner, into)
    elif isinstance(value, list):
        for inner in value:
            gather(inner, into)


@cache
def demonyms(language: str) -> Phrases:
    """All adjectives and nouns of peoples of a language."""
    return Phrases(dict.fromkeys(word for words in demonym_table(language).values() for word in words))


@cache
def demonym_table(language: str) -> dict[str, tuple[str, ...]]:
    """Country code to the adjectives and nouns of its people."""
    table = lexicon(language).table("words").get("demonyms", {})
    return {code: tuple(words) for code, words in table.items()}


@cache
def demonym_code(language: str, word: str) -> str:
    """The country of an adjective or noun of a people; "" where it is none.

    >>> demonym_code("en", "danish")
    'DK'
    """
    if word not in demonyms(language):
        return ""
    return next((code for code, words in demonym_table(language).items() if word in single_phrases(words)), "")


@cache
def single_phrases(words: tuple[str, ...]) -> Phrases:
    """A list of words as phrases."""
    return Phrases(words)


@cache
def given_names() -> frozenset[str]:
    """Common given names in all scripts, folded."""
    return frozenset(fold(word) for key in ("latin", "cyrillic", "arabic") for word in name_words("common", key))


@lru_cache(maxsize=50_000)
def is_given(text: str, language: str) -> bool:
    """Whether a word is a common given name, declined or not.

    >>> is_given("Ada", "en"), is_given("Владимиром", "ru"), is_given("Harbour", "en")
    (True, True, False)
    """
    if text.isupper() and len(text) <= SHORTEST_HEARD:
        return False
    stems = stems_of(fold(text), language)
    if any(stem in given_names() for stem in stems):
        return True
    foreign = len(text) > SHORTEST_HEARD and "\u0400" <= text[0] <= "\u04ff"
    return foreign and any(skeleton(stem) in given_skeletons() for stem in stems if len(stem) > SHORTEST_HEARD)


@cache
def given_skeletons() -> frozenset[str]:
    """Skeletons of the given names in Latin letters: a Cyrillic spelling of a foreign name is known by its sound."""
    return frozenset(skeleton(word) for word in name_words("common", "latin") if len(word) > SHORTEST_HEARD)


@lru_cache(maxsize=50_000)
def stems_of(word: str, language: str) -> tuple[str, ...]:
    """What a folded word may be without a case ending of the language, itself first; at least three letters stay."""
    endings = folded_endings(language)
    cuts = [word[:cut] for cut in range(len(word) - 1, max(2, len(word) - 6), -1) if word[cut:] in endings] if endings else []
    vowel_stems = [stem + vowel for stem in cuts[:2] for vowel in "аяейьaoy"] if cuts else []
    return (word, *cuts, *vowel_stems, *changed_stems((word, *cuts), language))


def changed_stems(cuts: Iterable[str], language: str) -> list[str]:
    """What stems may be where a case softens a consonant ("Pradze": Prag-) or drops a vowel ("Paleček": Palečk-)."""
    out = []
    for stem in cuts:
        for soft, hard in softenings(language):
            if stem.endswith(soft) and len(stem) - len(soft) >= MINIMAL - 1:
                out += [stem[:-len(soft)] + hard, stem[:-len(soft)] + hard + "a", stem[:-len(soft)] + hard + "а"]
        if len(stem) > MINIMAL and stem[-2] in name_words(language, "fleeting") and not {stem[-1], stem[-3]} & VOWELS:
            out.append(stem[:-2] + stem[-1])
    return out


@cache
def softenings(language: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a consonant as a case softens it, and as it is."""
    return tuple((soft, hard) for soft, _, hard in (pair.partition(">") for pair in name_words(language, "softenings")))


@cache
def folded_endings(language: str) -> frozenset[str]:
    """The case endings of a language, folded."""
    return frozenset(fold(ending) for ending in name_words(language, "endings"))
