"""The words of attribution in a text: tokens, and the lexicon's phrases found among them in one pass.

A phrase is looked up by its first word, so the cost does not grow with the lexicon; where words are not spaced every
character is a token and the same look-up works.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from retold.base.cutting import cut
from retold.base.remembered import Remembered
from retold.identify.phrasetrees import Node, Openings
from retold.lexicons import FALLBACK, LANGUAGES, Lexicon, lexicon
from retold.lexicons.documents import document_ends, document_nouns, uses

VOWEL_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")  # Arabic vowels, which most writers leave out, and the stretching stroke
DOTTED = "i\u0307"  # what a Turkish "İ" becomes in small letters
SPACED_TOKEN = re.compile(r"[\w\u0640\u064b-\u0652\u0670]+|[^\w\s]")
UNSPACED_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+|\w|[^\w\s]")
# The same in brackets: to split a text by them takes less time than to find one token after the other.
UNSPACED_PARTS = re.compile(f"({UNSPACED_TOKEN.pattern})")
POINTING = "そこ"  # with what the Japanese words begin that stand for the sentence before or after
STEM_ENDS = "きくいけかこしすせさっりるれらろみむめまんびぶべばぎぐげえうわちつ"  # what follows the stem of a Japanese verb
LEAST_ROLE, LEAST_COMPOUND = 4, 7  # letters of a role that ends a compound, and of the compound ("Hafenchef")
LEAST_OWNED = 4  # letters of a word with its owner written onto it
OF_OBJECTS = frozenset({"attitude", "assess"})  # keys of verbs that may have their object written onto them
OWNABLE = frozenset({"roles", "anonymous", "statement_nouns"})  # keys of what may be owned so
CLASSES = ("deny", "claim", "confirm", "warn", "announce", "report", "say")
WEIGHED = ("postpositions", "according_to", *CLASSES, "attitude", "loose", "inserted")  # keys of cues; of two as long the first is taken
TELLING = frozenset({  # keys without one of which a word is no cue: half of the words that have any
    *WEIGHED, "refusals", "answers", "refusing", "by_pronoun", "speech_nouns", "printed", "statement_prepositions", "statement_nouns",
    "infinitives", "standpoint", "thus"})
# Keys without one of which a unit tells of no speech, unless a mark does.
SPEAKING = TELLING | {"conditional", "reportive", "such", "taken_up"}
OF_DOCUMENTS = frozenset({"shows", "told_in"})  # keys of cues only where a document stands beside them
CREDITING = frozenset({"agency_credit"})  # without which a line thanks nobody
# The writer's commitment by class of cue, as the issue that asked for it sets them; attitudes and showing lie below claims.
STRENGTH = {
    "confirm": 1.0,
    "say": 0.9,
    "announce": 0.9,
    "warn": 0.9,
    "report": 0.8,
    "claim": 0.6,
    "attitude": 0.7,
    "deny": 0.1,
    "according_to": 0.8,
    "reportive": 0.5,
    "alleged": 0.4,
}
CERTAINTY = {
    "confirm": "confirmed",
    "say": "said",
    "announce": "announced",
    "warn": "warned",
    "report": "reported",
    "claim": "claimed",
    "attitude": "held",
    "deny": "denied",
    "according_to": "said",
    "reportive": "reported",
    "alleged": "alleged",
}
FROM_LEXICON = (
    *(("attribution", key) for key in (*CLASSES, "according_to", "statement_nouns", "reportive", "told_to")),
    *(
        ("sources", key)
        for key in (
            "anonymous",
            "anonymous_marks",
            "outlet",
            "own_outlet",
            "pronouns_person",
            "pronouns_first",
            "roles",
            "organisation",
            "titles",
            "agency_credit",
            "byline",
            "newsdesk",
        )
    ),
)
FROM_SPEECH = (
    "that",
    "helpers",
    "breaks",
    "joins",
    "addressed",
    "relative",
    "attitude",
    "assess",
    "topic",
    "nominative",
    "articles",
    "postpositions",
    "prepositions",
    "conditional",
    "according_to",
    "as",
    "anaphora",
    "ambiguous",
    "statement_prepositions",
    "agents",
    "passives",
    "suffered",
    "cited",
    "thoughts",
    "citing",
    "loose",
    "infinitive",
    "catenative",
    "speech_nouns",
    "talked_of",
    "nobody",
    "possessives",
    "absolutes",
    "printed",
    "broad",
    "idioms",
    "aspect",
    "by_pronoun",
    "own",
    "office",
    "refusals",
    "refusing",
    "dative",
    "answers",
    "goes_on",
    "told_of",
    "promises",
    "passes_on",
    "from_whom",
    "published",
    "about",
    "quotes_of",
    "words_of",
    "infinitives",
    "of",
    "by_which",
    "predicates",
    "standpoint",
    "towards",
    "within",
    "thus",
    "whoever",
    "impersonal",
    "listing",
    "such",
    "taken",
    "taken_up",
    "short",
    "reflexive_own",
    "clefts",
    "inserted",
    "accessed",
    "brought_out",
    "found_out",
    "found_by",
    "drawn",
)


class Token(NamedTuple):
    """A word, a mark or a whole quote of a unit of text.

    `low` is the word in small letters, `capital` whether it began large, `quote` the index of the quote (`low` is then no word).
    """

    start: int
    end: int
    low: str
    quote: int = -1
    word: bool = True
    capital: bool = False


@cache
def speech_file() -> dict[str, Any]:
    """The whole of `speech.toml`."""
    return tomllib.loads((files(__package__) / "speech.toml").read_text("utf-8"))


def speech_words(language: str) -> dict[str, Any]:
    """The joining words of a language; those of the fallback for a language that has none."""
    return dict(speech_file()[language if language in LANGUAGES else FALLBACK])


class Phrasebook:
    """All phrases that matter to attribution in one language, by first word."""

    def __init__(self, book: Lexicon, joining: dict[str, Any]) -> None:
        self.spaced = book.spaced
        self.cased = book.cased
        self.nouns_capital = bool(book.sections.get("script", {}).get("nouns_capital", False))
        self.root = Node()
        self.alone: Remembered[str, dict[str, int] | None] = Remembered(self.by_itself)
        self.proclitics: tuple[str, ...] = tuple(joining.get("proclitics", ()))
        self.separable: dict[str, tuple[str, ...]] = {}
        self.classes: dict[str, str] = {}
        for verb, particle, *key in joining.get("separable", ()):
            self.separable[verb] = (*self.separable.get(verb, ()), particle)
            self.classes[f"{verb} {particle}"] = key[0] if key else "say"
        self.statements = tuple(w for w in book.words("attribution", "statement_nouns") if len(w) > 5) + tuple(joining.get("opinions", ()))
        self.inverts = joining.get("inversion", "free") != "final"
        self.second = joining.get("inversion") == "v2"
        self.counts: dict[str, int] = dict(joining.get("counts", ()))
        self.inserts = bool(joining.get("inserts", False))
        self.verb_first = bool(joining.get("verb_first", False))
        self.verb_final = bool(joining.get("verb_final", False))
        self.comma_clauses = bool(joining.get("comma_clauses", False))
        roles = book.union("sources", ("roles", "people")) if joining.get("compounds") else ()
        self.compounds: tuple[str, ...] = tuple(w.lower() for w in roles if len(w) >= LEAST_ROLE and w.isalpha())
        self.past: tuple[str, ...] = tuple(joining.get("past", ("\0",)))
        self.adverbs: tuple[str, ...] = tuple(joining.get("adverbs", ("\0",)))
        self.articled = bool(joining.get("articles"))
        self.indefinite = frozenset(joining.get("indefinite", ()))
        self.topics = bool(joining.get("topic"))
        self.definite = frozenset(joining.get("definite", ()))
        self.conditional = frozenset(joining.get("conditional", ()))
        self.worded = frozenset(joining.get("worded", ()))
        self.attributives: tuple[str, ...] = tuple(joining.get("attributives", ("\0",)))
        self.converbs: tuple[str, ...] = tuple(joining.get("converbs", ("\0",)))
        self.article = str(joining.get("article", "\0"))
        self.enclitics: tuple[str, ...] = tuple(joining.get("enclitics", ()))
        self.read_endings(joining, book)
        for section, key in FROM_LEXICON:
            self.add(book.words(section, key), key)
        self.add((*book.words("sources", "people"), *self.general), "roles")
        for key in (*FROM_SPEECH, "collectives"):
            self.add(joining.get(key, ()), "organisation" if key == "collectives" else key)
        self.add_documents(book.language)
        glued = bool(self.proclitics or self.enclitics)
        self.speaking = Openings(self.root, SPEAKING | OF_DOCUMENTS if self.papers else SPEAKING, alone=self.separable, glued=glued)
        self.crediting = Openings(self.root, CREDITING, glued=glued)

    def add_documents(self, language: str) -> None:
        """File the nouns for documents, and what only documents have for cues."""
        self.papers = document_ends(language)
        self.add(document_nouns(language), "statement_nouns")
        for key in OF_DOCUMENTS:
            self.add(uses(language, key), key)

    def set_openings(self, book: Lexicon, joining: dict[str, Any]) -> None:
        """What tells who a source is beyond its own words."""
        bodies = book.words("sources", "organisation") if joining.get("compounds") else ()
        self.bodies: tuple[str, ...] = tuple(w.lower() for w in bodies if len(w) >= LEAST_ROLE and w.isalpha())
        self.head_after = frozenset(joining.get("head_after", ()))
        self.genitives = bool(joining.get("genitives", False))
        self.owning = frozenset(joining.get("owning", ("", "s")))
        self.persons_only = frozenset(joining.get("persons_only", ()))
        self.told_names: tuple[str, ...] = tuple(joining.get("told_names", ("\0",)))

    def read_endings(self, joining: dict[str, Any], book: Lexicon) -> None:
        """What the endings and small marks of words tell in this language."""
        self.certainty: dict[str, float] = dict(book.table("certainty").get("words", {}))
        self.short_titles = frozenset(word for word in book.words("sources", "titles") if word.endswith("."))
        self.themes: tuple[str, ...] = tuple(joining.get("themes", ()))
        self.set_openings(book, joining)
        self.titled: tuple[str, ...] = tuple(joining.get("titled", ("\0",)))
        self.quoting = frozenset(w for w in joining.get("that", ()) if len(w) == 1)
        self.callings = frozenset(joining.get("callings", ()))
        self.drops = bool(joining.get("drops", False))
        self.clauses: tuple[str, ...] = tuple(joining.get("clauses", ("\0",)))
        self.reflexive = frozenset(joining.get("reflexive_verbs", ()))
        self.undergone: tuple[str, ...] = tuple(joining.get("undergone", ("\0",)))
        self.plurals: tuple[str, ...] = tuple(joining.get("plurals", ("\0",)))
        self.plural_heads: tuple[str, ...] = tuple(joining.get("plural_heads", ("\0",)))
        self.impersonal: tuple[str, ...] = tuple(joining.get("impersonals", ("\0",)))
        self.passive: tuple[str, ...] = tuple(joining.get("passive_verbs", ("\0",)))
        self.locative: tuple[str, ...] = tuple(joining.get("locative", ("\0",)))
        self.participles: tuple[str, ...] = tuple(joining.get("participles", ("\0",)))
        self.case_endings: tuple[str, ...] = tuple(sorted(joining.get("case_endings", ()), key=len, reverse=True))
        self.verbal: tuple[str, ...] = tuple(joining.get("verbal", ("\0",)))
        self.told_endings: tuple[str, ...] = tuple(joining.get("told_endings", ("\0",)))
        self.citings = phrases_of(joining.get("citings", ()), spaced=self.spaced)
        self.told_beginnings: tuple[str, ...] = tuple(joining.get("told_beginnings", ("\0",)))
        self.former = frozenset(joining.get("former", ()))
        self.calling = frozenset(joining.get("calling", ()))
        self.apposing = frozenset(joining.get("apposing", ()))
        self.general: tuple[str, ...] = tuple(joining.get("general", ()))
        self.finite: tuple[str, ...] = tuple(joining.get("verbal", ())) if joining.get("comma_clauses") else ()
        self.helper_ends = frozenset(word.split()[-1] for word in joining.get("helpers", ()) if " " in word)
        self.read_openings(joining)
        self.add([verb for verb in joining.get("assess", ()) if verb not in self.separable], "attitude")

    def read_openings(self, joining: dict[str, Any]) -> None:
        """What opens a cue, tells where it ends or leads back to a quote in this language."""
        leading = {*self.quoting, *POINTING} if self.verb_final and not self.spaced else set()
        self.openers = frozenset({*self.separable, *leading})
        self.heads_behind = frozenset(joining.get("heads_behind", ()))
        self.datives: tuple[str, ...] = tuple(joining.get("datives", ("\0",)))
        self.infinitive_endings: tuple[str, ...] = tuple(joining.get("infinitive_endings", ("\0",)))
        self.told_things: tuple[str, ...] = tuple(joining.get("told_things", ("\0",)))
        self.origins: tuple[str, ...] = tuple(joining.get("origins", ()))
        self.tails = tails_of(joining.get("tails", ()))
        self.not_quoting: tuple[str, ...] = tuple(joining.get("not_quoting", ("\0",)))
        self.quotes_surely: tuple[str, ...] = tuple(joining.get("quotes_surely", ("\0",)))
        self.leads = bool(joining.get("infinitives"))
        self.towards = bool(joining.get("towards"))
        self.clefts = bool(joining.get("clefts"))
        self.takes_up = bool(joining.get("such") or joining.get("taken_up"))
        self.back: tuple[str, ...] = tuple(joining.get("back", ("\0",)))
        self.back_heads = frozenset(head for words in self.back for head in (words[0], words[0].upper()))
        self.back_inside: tuple[str, ...] = tuple(joining.get("back_inside", ()))

    def add(self, phrases: Sequence[str], key: str) -> None:
        """File phrases under a key."""
        for phrase in phrases:
            stem = phrase.endswith("*")
            words = [low for low, _, _ in split(phrase.removesuffix("*").lower(), spaced=self.spaced)]
            if not words:
                continue
            node = self.root
            for word in words[:-1] if stem else words:
                node = node.next.setdefault(word, Node())
            if stem:
                node.stems.setdefault(words[-1][:2], {})[words[-1], key] = True
            else:
                node.keys[key] = True

    def tags(self, tokens: Sequence[Token]) -> list[dict[str, int]]:
        """For each token the keys of the phrases that begin there, with the length in tokens of the longest."""
        alone = self.alone
        found = [alone[token.low] for token in tokens]
        return [self.at(tokens, i) if tags is None else tags for i, tags in enumerate(found)]

    def by_itself(self, low: str) -> dict[str, int] | None:
        """The keys of a word whatever follows it, {} for most; None where a longer phrase may begin with it."""
        for head in (low, low[1:]) if self.proclitics else (low,):
            node = self.root.next.get(head)
            if node is not None and (node.next or node.stems):
                return None
        return self.at([Token(0, len(low), low)], 0)

    def at(self, tokens: Sequence[Token], i: int) -> dict[str, int]:
        """The keys of the phrases that begin at token i, with their lengths."""
        low = tokens[i].low
        found = self.walk(tokens, i, low)
        if not found and self.proclitics and low.startswith(self.proclitics) and len(low) > 3:
            found = self.walk(tokens, i, low[1:])
        if not found and self.enclitics and low.endswith(self.enclitics) and len(low) >= LEAST_OWNED:
            owned = self.owned(low) or (self.owned(low[1:]) if low.startswith(self.proclitics) else {})
            if owned:
                return owned
        if not found and self.compounds and len(low) > LEAST_COMPOUND and low.endswith(self.compounds):
            return {"roles": 1}
        if self.papers and "statement_nouns" not in found and len(low) > LEAST_COMPOUND and low.endswith(self.papers):
            return {"statement_nouns": 1}  # "Sachverständigengutachten": no expert
        return found

    def owned(self, low: str) -> dict[str, int]:
        """The keys of a role whose owner is written onto it ("نائبه", his deputy)."""
        for ending in self.enclitics:
            node = self.root.next.get(low.removesuffix(ending)) if low.endswith(ending) else None
            if node is not None and node.keys.keys() & OWNABLE and len(low) > LEAST_OWNED:
                return {**dict.fromkeys(node.keys.keys() & OWNABLE, 1), "possessives": 1}
            if node is not None and node.keys.keys() & OF_OBJECTS:
                return dict.fromkeys(node.keys.keys(), 1)  # "تصفه", calls it
        return {}

    def walk(self, tokens: Sequence[Token], i: int, first: str) -> dict[str, int]:
        """The keys of the phrases that begin with `first` and go on with the tokens after i."""
        found: dict[str, int] = {}
        node, low, length = self.root, first, 0
        while True:
            length += 1
            if node.stems:
                stems = node.known.get(low)
                for key in node.stemmed(low) if stems is None else stems:
                    found[key] = length
            following = node.next.get(low)
            if following is None:
                return found
            for key in following.keys:
                found[key] = length
            node = following
            if i + length >= len(tokens) or tokens[i + length].quote >= 0:
                return found
            low = tokens[i + length].low


def phrases_of(phrases: Sequence[str], *, spaced: bool) -> re.Pattern[str]:
    """A pattern of phrases, the longest first; it matches nothing where there are none."""
    words = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if spaced else words, re.IGNORECASE)


def tails_of(endings: Sequence[str]) -> re.Pattern[str]:
    """A pattern of what a verb ends in, one ending after the other; it matches the empty string where there are none."""
    later = "|".join(re.escape(e) for e in sorted(endings, key=len, reverse=True))
    return re.compile(f"[{STEM_ENDS}]?(?:{later})*" if endings else "")


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrasebook of a language, built once."""
    return Phrasebook(lexicon(language), speech_words(language))


def split(text: str, start: int = 0, end: int | None = None, *, spaced: bool) -> list[tuple[str, int, int]]:
    """Words and marks of text[start:end] as (small letters, start, end); apostrophes are all alike.

    >>> split("It’s so", spaced=True)
    [('it', 0, 2), ("'", 2, 3), ('s', 3, 4), ('so', 5, 7)]
    """
    pattern = SPACED_TOKEN if spaced else UNSPACED_TOKEN
    stop = len(text) if end is None else end
    return [(LOOKS[m.group()][0], *m.span()) for m in pattern.finditer(text, start, stop)]


def looks(token: str) -> tuple[str, bool, bool]:
    """A word in small letters without Arabic vowels, or a mark, apostrophes all alike; whether it is a word; whether it begins large."""
    low = "'" if token in "’‘`" else VOWEL_SIGNS.sub("", token.lower()).replace(DOTTED, "i")
    return low, low[:1].isalnum() or low[:1] == "_", token[0].isupper()


LOOKS: Remembered[str, tuple[str, bool, bool]] = Remembered(looks)


def parts_of(stretch: str) -> tuple[tuple[int, int, str, bool, bool], ...]:
    """The tokens of a text without spaces: begin and end of each in it, and what `looks` tells."""
    if stretch.isalnum():  # one word
        return ((0, len(stretch), *LOOKS[stretch]),)
    return tuple([(*m.span(), *LOOKS[m[0]]) for m in SPACED_TOKEN.finditer(stretch)])


STRETCHES: Remembered[str, tuple[tuple[int, int, str, bool, bool], ...]] = Remembered(parts_of)
MAKE = tuple.__new__  # of a token in half the time that Token(…) takes


def spaced_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end] where words are spaced: none has a space in it, so each stretch between two is cut once for all."""
    out: list[Token] = []
    for stretch in text[start:end].split(" "):
        for begin, stop, low, word, capital in STRETCHES[stretch]:
            out.append(MAKE(Token, (start + begin, start + stop, low, -1, word, capital)))
        start += len(stretch) + 1
    return out


def unspaced_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end] where words are not spaced."""
    _, written, offsets = cut(UNSPACED_PARTS, text, start, end)
    rows = zip(offsets[::2], offsets[1::2], map(LOOKS.__getitem__, written), strict=True)
    return [MAKE(Token, (begin, stop, low, -1, word, capital)) for begin, stop, (low, word, capital) in rows]


def tokenize(text: str, start: int, end: int, blocks: Sequence[tuple[int, int, int]], *, spaced: bool) -> list[Token]:
    """The tokens of text[start:end]; blocks: (start, end, index) of quotes that stand as one token each, in order."""
    out: list[Token] = []
    at = start
    for a, b, index in [*blocks, (end, end, -1)]:
        if at < a:
            out += spaced_tokens(text, at, a) if spaced else unspaced_tokens(text, at, a)
        if index >= 0:
            out.append(Token(a, b, "\0", index, False))
        at = max(at, b)
    return out
