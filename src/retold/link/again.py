"""Names that one article of a story shows to be names, found again where another article gives no sign of it.

A German noun, a word at the opening of a sentence, a name in Chinese or Arabic without a role beside it: each is a guess within its
article, and no guess once the same name stands elsewhere in the story. Words are compared as spelled, in their case forms, in
simplified characters, and across scripts by sound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from retold.base.cutting import cut
from retold.base.hanzi import simplified_each
from retold.base.records import Article, Mention, Sentence, make_id
from retold.base.segment import is_word, segments
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.lexicons.names import common_words, demonyms, fold, name_phrases, name_words, phrases, stems_of
from retold.lexicons.territories import calendar_words, language_names
from retold.link.characters import LEAST_CORE, SEGMENTER, core_of, find_read, key_of
from retold.link.forms import generic, generic_words, words_of
from retold.link.likeness import CROSS, EASTERN
from retold.link.transliteration import consonants, distance, script_of

METHOD = "link-names-1:again"
TOKENS = re.compile(r"([^\W\d_][^\W_]*(?:[\u0300-\u036f]+[^\W_]*)*(?:[-‐‑]\w+)*)")  # in brackets, to split by
HAN_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〇·・]+")
SURE = 0.8  # score from which one mention shows that a single word is a name
FAIR = 0.65  # score from which a mention of several words, or of characters, shows it
LEAST = 4  # letters of a single word
LEAST_HAN = 3  # characters of a name that is found again by its spelling alone
HEARD = 5  # consonants that two words of a person's name have together to be heard in another script
HEARD_HAN = 3  # consonants of a word that is heard in Chinese characters
KINDS = frozenset({"person", "place", "organisation", "outlet", "thing"})

Words = tuple[str, ...]
Token = tuple[int, int, str]  # start, end and text of a word


@dataclass(slots=True)
class Known:
    """What the story shows to be names: words to kind, by their first word; strings without spaces; persons to be heard."""

    by_first: dict[str, list[tuple[Words, str]]] = field(default_factory=dict)
    unspaced: dict[str, str] = field(default_factory=dict)
    persons: list[Words] = field(default_factory=list)
    singles: dict[str, str] = field(default_factory=dict)


def find_again(batch: Batch, mentions: list[Mention], languages: dict[str, str]) -> list[Mention]:
    """Further mentions of names that the mentions of a story know, none overlapping those that are there."""
    known = gather_known(mentions, languages)
    spans: dict[str, list[tuple[int, int]]] = {}
    for sentence in batch.get(Sentence):
        spans.setdefault(sentence.article, []).append((sentence.start, sentence.end))
    covered: dict[str, set[int]] = {}
    for m in mentions:
        covered.setdefault(m.article, set()).update(range(m.start, m.end))
    found: list[Mention] = []
    for article in batch.get(Article):
        taken = covered.setdefault(article.id, set())
        for start, end, kind in sorted(search(article.text, sorted(spans.get(article.id, [])), known, languages.get(article.id, "en"))):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Mention(id=make_id("m", article.id, start, end), article=article.id, start=start, end=end,
                                     text=article.text[start:end], kind=kind, method=METHOD, score=0.6))
    return found


def gather_known(mentions: list[Mention], languages: dict[str, str]) -> Known:
    """The names that are sure enough: of several words, or a word that is sure or stands in two articles."""
    forms: dict[Words, list[Mention]] = {}
    for m in mentions:
        if m.kind in KINDS and not m.method.endswith(":description"):
            forms.setdefault(words_of(m.text, languages.get(m.article, "en")), []).append(m)
    known = Known()
    spread = spread_of(forms, languages)
    for words, found in sorted(forms.items()):
        note(words, found, known, articles=spread.get(words[0], 0) if len(words) == 1 else 0)
    for entries in known.by_first.values():
        entries.sort(key=lambda e: (-len(e[0]), e))
    known.persons = sorted({p for p in known.persons if len(p) <= 3})
    return known


def spread_of(forms: Mapping[Words, list[Mention]], languages: dict[str, str]) -> dict[str, int]:
    """In how many articles each single word stands as a name, declined or not."""
    if len(languages) == 1:
        return {}
    places: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for words, found in forms.items():
        for m in found if len(words) == 1 else ():
            for stem in stems_of(words[0], languages.get(m.article, "en")):
                if len(stem) >= LEAST:
                    places.setdefault(stem, set()).add(m.article)
                    own.setdefault(words[0], set()).add(stem)
    return {word: len(set().union(*(places[stem] for stem in stems))) for word, stems in own.items()}


def note(words: Words, found: list[Mention], known: Known, *, articles: int) -> None:
    """Take note of one name by its mentions, if they are sure enough."""
    text, score = found[0].text, max([m.score for m in found])
    kind = found[0].kind if len(found) == 1 else Counter([m.kind for m in found]).most_common(1)[0][0]
    if script_of(text) in ("han", "kana"):
        core = core_of(key_of(text)) if kind == "organisation" else ""
        for name in (simplified_each(text), core) if score >= FAIR else ():
            if len(name) >= LEAST_HAN or (name == core and len(name) == LEAST_CORE and not is_word(name, SEGMENTER)):
                known.unspaced.setdefault(name, kind)
    elif len(words) > 1 and score >= FAIR:
        known.by_first.setdefault(words[0], []).append((words, kind))
        known.persons += [words] if kind == "person" else []
    elif len(words) == 1 and len(words[0]) >= LEAST and (score >= SURE or articles > 1):
        known.by_first.setdefault(words[0], []).append((words, kind))
        known.singles[words[0]] = kind


def search(text: str, spans: list[tuple[int, int]], known: Known, language: str) -> Iterator[tuple[int, int, str]]:
    """Places where known names stand, by what the script of a language needs."""
    book = lexicon(language)
    if not book.spaced:
        yield from search_characters(text, spans, known, str(book.table("script").get("segmenter", "")))
        yield from find_read(text, spans, [e for entries in known.by_first.values() for e in entries])
        yield from hear_characters(text, spans, known, language)
    elif not book.cased:
        yield from hear_words(text, spans, known, language)
    else:
        yield from search_words(text, spans, known, language)


def search_words(text: str, spans: Iterable[tuple[int, int]], known: Known, language: str) -> Iterator[tuple[int, int, str]]:
    """Known names in words with capitals, in any case form."""
    if not known.by_first:
        return
    tokens = tokens_of(text, spans)
    told = [word for _, _, word in tokens]
    words = set(told)
    opening = {word for word in words if word[0].isupper() and not known.by_first.keys().isdisjoint(
        (*stems_of(fold(word), language), word.rpartition("-")[0].lower()) if "-" in word else stems_of(fold(word), language))}
    small = frozenset(map(fold, filter(str.islower, words))) if opening else frozenset()
    free = 0
    for at in [at for at, word in enumerate(told) if word in opening]:
        if at < free:
            continue
        length, kind = match_at(text, tokens, at, known, language, small)
        if length:
            yield tokens[at][0], tokens[at + length - 1][1], kind
            free = at + length


def tokens_of(text: str, spans: Iterable[tuple[int, int]]) -> list[Token]:
    """The words of parts of a text."""
    out: list[Token] = []
    for start, end in spans:
        _, words, offsets = cut(TOKENS, text, start, end)
        out += zip(offsets[::2], offsets[1::2], words, strict=True)
    return out


def match_at(text: str, tokens: list[Token], at: int, known: Known, language: str, small: frozenset[str]) -> tuple[int, str]:
    """How many tokens from `at` on are a known name, and of what kind."""
    first = fold(tokens[at][2])
    if "-" in first and (noun := noun_behind(first, language)):  # "Garmont-Tunnel"
        kinds = [kind for words, kind in known.by_first.get(first.rpartition("-")[0], ()) if len(words) == 1]
        if kinds:
            return 1, noun
    for stem in stems_of(first, language):
        for words, kind in known.by_first.get(stem, ()):
            if len(words) == 1:
                if len(stem) >= LEAST and not ordinary(first, language) and first not in small:
                    return 1, kind
            elif adjacent(text, tokens, at, len(words)) and all(
                    word in stems_of(fold(other), language) for word, (_, _, other) in zip(words, tokens[at:at + len(words)], strict=True)):
                return len(words), kind
    return 0, ""


def noun_behind(word: str, language: str) -> str:
    """The kind of thing that the noun at the end of a word with a hyphen says it is; "" for none."""
    name, _, noun = word.rpartition("-")
    if len(name) < LEAST:
        return ""
    return next((kind for kind in ("place", "organisation") if noun in generic_words(language, kind)), "")


def adjacent(text: str, tokens: list[Token], at: int, length: int) -> bool:
    """Whether tokens follow each other with nothing but a space between."""
    if at + length > len(tokens):
        return False
    return all(text[tokens[i][1]:tokens[i + 1][0]] in (" ", "\u00a0", "-") for i in range(at, at + length - 1))


def ordinary(word: str, language: str) -> bool:
    """Whether a folded word is an everyday word of a language."""
    if word in common_words(language) or word in phrases(language, "words", "not_names", "stop") or word in demonyms(language):
        return True
    if word in calendar_words(language) or word in language_names(language):
        return True
    return generic(word, language) or word in name_phrases(language, "bare")


def search_characters(
    text: str, spans: Iterable[tuple[int, int]], known: Known, segmenter: str,
) -> Iterator[tuple[int, int, str]]:
    """Known names where words are not spaced, traditional and simplified characters alike; names of two characters as whole words."""
    for start, end in spans:
        plain = simplified_each(text[start:end])
        whole = {(w.start, w.end) for w in segments(plain, segmenter)} if segmenter else set()
        for name, kind in sorted(known.unspaced.items(), key=lambda e: (-len(e[0]), e)):
            at = plain.find(name)
            while at >= 0:
                if len(name) >= LEAST_HAN or (at, at + len(name)) in whole:
                    yield start + at, start + at + len(name), kind
                at = plain.find(name, at + len(name))


def hear_characters(text: str, spans: Iterable[tuple[int, int]], known: Known, language: str) -> Iterator[tuple[int, int, str]]:
    """Runs of characters that write foreign sounds and sound like a known name in Latin or Cyrillic letters."""
    letters = frozenset("".join(name_words(language, "transliteration")))
    heard = [w for w in sorted(known.singles) if len(consonants(w)) >= HEARD_HAN and script_of(w) in ("latin", "cyrillic")]
    for start, end in spans if letters and heard else ():
        at = start
        while at < end:
            stop = at
            while stop < end and text[stop] in letters:
                stop += 1
            if stop - at >= LEAST_HAN:
                yield from heard_run(text[at:stop], at, heard, known)
            at = max(stop, at + 1)


def heard_run(run: str, at: int, heard: list[str], known: Known) -> Iterator[tuple[int, int, str]]:
    """A run, or its first characters, where it sounds like a known name."""
    for length in range(len(run), LEAST_HAN - 1, -1):
        best = min(heard, key=lambda word: (distance(word, run[:length]), word))
        if distance(best, run[:length]) <= EASTERN / 2:
            yield at, at + length, known.singles[best]
            return


def hear_words(text: str, spans: Iterable[tuple[int, int]], known: Known, language: str) -> Iterator[tuple[int, int, str]]:
    """Persons whose names are heard in two or three neighbouring words of a script without capitals, then their surnames."""
    tokens = tokens_of(text, spans)
    surnames: dict[str, str] = {}
    for person in known.persons:
        first, last = person[0], person[-1]
        if len(consonants(first)) + len(consonants(last)) < HEARD or script_of(first) not in ("latin", "cyrillic"):
            continue
        for at in range(len(tokens) - 1):
            for reach in (1, 2):
                if at + reach < len(tokens) and adjacent(text, tokens, at, reach + 1) and sounds(tokens[at][2], first) and sounds(
                        tokens[at + reach][2], last):
                    yield tokens[at][0], tokens[at + reach][1], "person"
                    surnames[tokens[at + reach][2]] = "person"
    for start, end, word in tokens:
        for prefix in (0, 1):
            if word[prefix:] in surnames and (not prefix or word[0] in name_words(language, "prefixes")):
                yield start + prefix, end, "person"


def sounds(word: str, known: str) -> bool:
    """Whether a word sounds like a known one in another script."""
    return min(len(consonants(word)), len(consonants(known))) >= 2 and distance(word, known) <= CROSS
