"""Bodies by their whole names, where the reader of names took only the word for what they are ("l'Ufficio" of "l'Ufficio cantonale")."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retold.base.records import Article, Attribution, Name, Span
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of, proper_part
from retold.lexicons.names import fold, name_words
from retold.trace.roles import roles, whole

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
CUT = re.compile(r"[,;:(（\"“„«–—\n]| - ")  # where the name of a body ends inside a source
OF = re.compile(r"\s+((?:[^\W\d_]{1,5}\s?['’]?|[^\W\d_]{1,5}\s[^\W\d_]{1,4}['’]?)\s?)([^\W\d_]{3,}(?:-[^\W\d_]+)*)")  # "des frontaliers"
MOST_OF = 2  # phrases with "of" that a name may go on with behind its source
LONGEST = 7  # words of the name of a body


def whole_bodies(
    names: Sequence[Name], attributions: Mapping[str, Sequence[Attribution]], articles: Mapping[str, Article], languages: Mapping[str, str],
) -> dict[str, str]:
    """What to call bodies of which only the word for what they are was read as a name, by entity: the source that begins with it.

    That is what most articles call it, the longest where several do.
    """
    known = Counter(n.entity for n in names if is_bare_kind(n, languages.get(n.article, "")))
    others = {n.entity for n in names if not is_bare_kind(n, languages.get(n.article, ""))}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    kinds = ("organisation", "place", "thing")
    by_place = {(n.article, n.start): n for n in names if n.entity in known.keys() - others and n.kind in kinds}
    for article, rows in attributions.items():
        text, language = articles[article].text, languages.get(article, "")
        for span in {s for row in rows for s in row.source[:1]}:
            start = span[0] + article_before(text, span)
            name = by_place.get((article, start)) or by_place.get((article, span[0]))
            if name and (called := whole_name(name, span, text, language)):
                found[name.entity][called] += 1
    return {entity: min(forms, key=lambda f: (-forms[f], -len(f), f)) for entity, forms in found.items()}


def is_bare_kind(name: Name, language: str) -> bool:
    """Whether a name is one word, its article aside, that says what kind of body it is and nothing else."""
    if not lexicon(language).spaced:
        return False
    words = [w for w in WORD.findall(name.text) if not whole("articles").fullmatch(w)]
    compound = language in name_words("common", "compounding")
    word = fold(words[0].rpartition("'")[2].rpartition("’")[2]) if len(words) == 1 else ""
    return bool(word) and bool(concept_of(word, "heads", compound=compound)) and not proper_part(word, compound=compound)


def article_before(text: str, span: Span) -> int:
    """How many code points of a source are its article."""
    m = re.match(r"[^\W\d_]{1,3}['’\s]\s?", text[span[0]:span[1]])
    return m.end() if m and whole("articles").fullmatch(m[0].strip()) else 0


def whole_name(name: Name, span: Span, text: str, language: str) -> str:
    """The name with what follows it in the source, or, where the source ends with it, with what it is of; "" where nothing follows."""
    cut = CUT.search(text, name.end, span[1])
    end = cut.start() if cut else span[1]
    if end == name.end and not cut:
        for _ in range(MOST_OF):
            end = past_of(text, end, len(text))
    more = text[name.end:end].split()
    at = next((n for n, word in enumerate(more) if whole("governing").fullmatch(word)), len(more))
    return " ".join([*name.text.split(), *more[:at]]) if at > 0 and len(more[:at]) < LONGEST else ""


def past_of(text: str, end: int, stop: int) -> int:
    """Where a name that ends at `end` ends with one phrase more of what it is of, before `stop`; at `end` where none follows.

    >>> text = "prosecutors of Elm said"
    >>> text[:past_of(text, 11, len(text))], past_of(text, 18, len(text))
    ('prosecutors of Elm', 18)
    """
    of = OF.match(text, end)
    return of.end() if of and of.end() <= stop and roles("belonging").fullmatch(" ".join(of[1].split())) else end


def without_article(words: str) -> str:
    """Words without the article that they begin with.

    >>> without_article("the prosecutors in Elm"), without_article("L'ospedale di Olmo")
    ('prosecutors in Elm', 'ospedale di Olmo')
    """
    words = " ".join(words.split())
    m = re.match(r"[^\W\d_]{1,3}(?:['’]|\s)", words)
    return words[m.end():].strip() if m and whole("articles").fullmatch(m[0].strip()) else words
