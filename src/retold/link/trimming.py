"""Names with a word too many, cut to what the rest of the story shows to be the name.

In one article a noun with a capital stands before a name and looks like a part of it: at the opening of a sentence ("Cyklista Hošek"),
or wherever all nouns have capitals ("Vizechef Jermek Sadykow"). Where the story has the rest as a name of its own, and the word before it
is an everyday word, a role or a noun of bodies, the rest is the name. Names that follow each other are two ("Ludmile Jaromír Chlup").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from retold.base.cutting import cut
from retold.base.records import Article, Mention, make_id
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import common_words, demonyms, fold, is_given, name_phrases, name_words, phrases, stems_of
from retold.link.again import TOKENS, Token
from retold.link.forms import generic, words_of

FAIR = 0.65  # score of a mention that shows a name of several words
SURE = 0.8  # score of one that shows a single word to be a name
LEAST = 4  # letters of a single word that stands for a name
EDGE = 3  # letters by which names are found that end or begin like another
FULL = 2  # words of a name that is told apart from any word before it

Words = tuple[str, ...]


@dataclass(slots=True)
class Story:
    """What the names of a story are cut by: its names with their kinds and the articles they stand in, and its texts by language."""

    texts: dict[str, list[str]]
    names: dict[Words, dict[str, set[str]]] = field(default_factory=dict)
    sure: set[Words] = field(default_factory=set)
    small: dict[str, frozenset[str]] = field(default_factory=dict)
    edges: Counter[str] = field(default_factory=Counter)

    def alone(self, words: Words) -> bool:
        """Whether no other name of the story ends or begins like this one: there is nothing to cut it to."""
        return self.edges["…" + words[-1][:EDGE]] < FULL and self.edges[words[0][:EDGE] + "…"] < FULL

    def kind(self, words: Words) -> str:
        """The kind that a name has in most articles; "" where it is none that is sure."""
        found = self.names.get(words, {}) if words in self.sure else {}
        return max(sorted(found), key=lambda k: len(found[k])) if found else ""

    def writes_small(self, word: str, language: str) -> bool:
        """Whether the story has a word in small letters, declined or not; its words are looked at when it is first asked."""
        if language not in self.small:
            told = {fold(w) for text in self.texts.get(language, ()) for w in cut(TOKENS, text, 0, len(text))[1] if w.islower()}
            self.small[language] = frozenset(stem for w in told for stem in stems_of(w, language))
        return not self.small[language].isdisjoint(stems_of(fold(word), language))


def trim_mentions(batch: Batch, mentions: Sequence[Mention], languages: dict[str, str]) -> list[Mention]:
    """The mentions of a story, those with a word too many cut to the name; a name before a name becomes a mention of its own.

    An article alone shows nothing that its finders have not seen.
    """
    articles = {a.id: a for a in batch.get(Article)}
    if len(articles) == 1:
        return list(mentions)
    story = look(batch, mentions, languages)
    out: list[Mention] = []
    for m in mentions:
        language = languages.get(m.article, "en")
        cuttable = m.article in articles and " " in m.text and not m.method.endswith(":description") and lexicon(language).cased
        out += trimmed(m, articles[m.article], language, story) if cuttable else [m]
    return out


def look(batch: Batch, mentions: Iterable[Mention], languages: dict[str, str]) -> Story:
    """The names and texts of a story."""
    texts: dict[str, list[str]] = {}
    for article in batch.get(Article):
        texts.setdefault(languages.get(article.id, "en"), []).append(article.text)
    story = Story(texts)
    for m in mentions:
        if not m.method.endswith(":description"):
            words = words_of(m.text, languages.get(m.article, "en"))
            if words not in story.names:
                story.edges.update(("…" + words[-1][:EDGE], words[0][:EDGE] + "…") if words else ())
            kinds = story.names.setdefault(words, {})
            kinds.setdefault(m.kind, set()).add(m.article)
            if m.score >= (FAIR if len(words) > 1 else SURE) or len(set().union(*kinds.values())) > 1:
                story.sure.add(words)
    return story


def trimmed(m: Mention, article: Article, language: str, story: Story) -> Iterator[Mention]:
    """One mention, or what is left of it."""
    _, words, offsets = cut(TOKENS, article.text, m.start, m.end)
    tokens: list[Token] = list(zip(offsets[::2], offsets[1::2], words, strict=True))
    folded = tuple(fold(w) for w in words)
    if not folded or story.alone(folded):
        yield m
        return
    for at in range(1, len(tokens)):
        name, kind = known(folded[at:], language, story)
        peopled = kind and m.kind != "place" and of_people(words[:at], name, language, story)
        if peopled or (kind and droppable(tokens[:at], name, kind, language, story)):
            kind_before = known(folded[:at], language, story)[1]
            if kind_before and not is_noun(words[0], language):
                yield piece(m, article, tokens[0][0], tokens[at - 1][1], kind_before)
            yield piece(m, article, tokens[at][0], m.end, kind)
            return
        front, kind = known(folded[:at], language, story)
        follows = words[at].islower() and words[at] in name_phrases(language, "determiners", "definite")
        if kind == "person" and len(front) >= FULL and follows:
            yield piece(m, article, m.start, tokens[at - 1][1], kind)
            return
    yield m


def known(words: Words, language: str, story: Story) -> tuple[Words, str]:
    """The name of the story that words are, declined or not, with its kind; none for a short word."""
    if len(words) == 1 and len(words[0]) < LEAST:
        return words, ""
    if kind := story.kind(words):
        return words, kind
    for stem in stems_of(words[-1], language)[1:]:
        if kind := story.kind((*words[:-1], stem)):
            return (*words[:-1], stem), kind
    return words, ""


def droppable(head: Sequence[Token], name: Words, kind: str, language: str, story: Story) -> bool:
    """Whether the words before a name are no part of it."""
    words = [w for _, _, w in head]
    if not all(w[:1].isupper() for w in words) or words[0].lower() in name_phrases(language, "determiners", "definite"):
        return False
    if kind == "person" and len(name) >= FULL:
        named = all(story.kind((fold(w),)) and not is_noun(w, language) for w in words)
        return named or not any(is_given(w, language) for w in words)
    if kind in ("place", "thing") or any(concept_of(fold(w), "heads") for w in words):
        return False
    if len(name) >= FULL:
        return all(is_noun(w, language) or plain(w, language, story) for w in words)
    return kind == "person" and all(not is_given(w, language) and not is_noun(w, language) and plain(w, language, story) for w in words)


def of_people(words: Sequence[str], name: Words, language: str, story: Story) -> bool:
    """Whether adjectives of peoples stand before a name that one article alone calls so ("the Danish Nordvik"): no "Deutsche Telekom"."""
    whole = story.names.get((*(fold(w) for w in words), *name), {})
    homes = {article for found in whole.values() for article in found}
    return len(homes) <= 1 and all(fold(w) in demonyms(language) for w in words) and not any(is_noun(w, language) for w in name)


def is_noun(word: str, language: str) -> bool:
    """Whether a word is a noun of bodies, places or outlets, alone or as the end of a compound."""
    low = word.lower()
    return generic(low, language) or low in name_phrases(language, "bodies") or ends(low, language, "outlet", "organisation")


def plain(word: str, language: str, story: Story) -> bool:
    """Whether a word is an everyday word: the story has it in small letters, declined or not, or the lexicon lists it."""
    low = word.lower()
    if low in common_words(language) or story.writes_small(word, language):
        return True
    return low in phrases(language, "sources", "roles", "titles") or ends(low, language, "roles")


def ends(low: str, language: str, *keys: str) -> bool:
    """Whether a word is a compound with a noun of some lists at its end ("einkaufschef")."""
    return language in name_words("common", "compounding") and low.endswith(compound_ends(language, *keys))


@cache
def compound_ends(language: str, *keys: str) -> tuple[str, ...]:
    """What compounds of some lists end in: their single words of four letters and more."""
    return tuple(sorted(w for w in lexicon(language).union("sources", keys) if len(w) >= LEAST and w.isalpha()))


def piece(m: Mention, article: Article, start: int, end: int, kind: str) -> Mention:
    """A part of a mention."""
    return replace(m, id=make_id("m", article.id, start, end), start=start, end=end, text=article.text[start:end], kind=kind)
