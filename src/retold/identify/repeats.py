"""Names that are known from elsewhere in the article, found again where their capitals say nothing: headlines, openings, small letters."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from retold.base.records import Article
from retold.identify.books import Book, is_body
from retold.identify.words import Word, split_words


@dataclass(slots=True, kw_only=True)
class Form:
    """A place where a known name stands again."""

    start: int
    end: int
    kind: str
    score: float


SHORTENED = "outlet*"  # an outlet by its last word, which must have an article before it
Forms = dict[str, list[tuple[tuple[str, ...], str]]]


def known_forms(article: Article, names: Iterable[tuple[str, str]], book: Book) -> Forms:
    """First folded word to the names that begin with it, longest first: names found, their surnames, outlet and author."""
    forms: dict[tuple[str, ...], str] = {}
    for text, kind in dict.fromkeys((*names, (article.outlet or "", "outlet"), (article.author or "", "person"))):
        words = [w for w in split_words(text, 0, len(text), book.language) if w.text]
        folded = tuple([w.folded for w in words])
        if not folded or sum(map(len, folded)) < 3:
            continue
        forms.setdefault(folded, kind)
        if kind == "person" and len(folded) > 1 and len(folded[-1]) > 3:
            forms.setdefault(folded[-1:], kind)
        if kind == "outlet" and len(folded) > 2 and folded[0] in book.determiners:
            forms.setdefault(folded[1:], kind)
        if kind == "outlet" and len(folded) > 1 and len(folded[-1]) > 3:
            forms.setdefault(folded[-1:], SHORTENED)
    table: Forms = {}
    for folded, kind in sorted(forms.items(), key=lambda f: (-len(f[0]), f[0])):
        table.setdefault(folded[0], []).append((folded, kind))
    return table


def find_repeats(sentences: list[list[Word]], forms: Forms, book: Book, *, small: Container[str] = ()) -> Iterator[Form]:
    """Every place where a known name stands: names of several words in any letters, single words with a capital.

    Args:
        small: words that the article also writes in small letters: at an opening they are no names.
    """
    for words in sentences:
        folded = [w.folded for w in words]
        if forms.keys().isdisjoint(folded):
            continue
        for at in [at for at, word in enumerate(folded) if word in forms]:
            for form, kind in forms[folded[at]]:
                if tuple(folded[at:at + len(form)]) == form and fits_here(words, at, form, book) and not (
                        len(form) == 1 and words[at].opens and words[at].low in small):
                    if kind == SHORTENED and not (at and words[at - 1].low in book.determiners):
                        continue
                    yield Form(start=words[at].start, end=words[at + len(form) - 1].end, kind=kind.strip("*"), score=0.7)
                    break


def fits_here(words: list[Word], at: int, form: tuple[str, ...], book: Book) -> bool:
    """Whether the words may be the name here."""
    if len(form) > 1:
        own = words[at:at + len(form)]
        named = any(w.capital for w in own) or not any(is_body(w, book) or w in book.common for w in form)
        return named and all(w.joined for w in own[1:])
    word = words[at]
    return word.text[0].isupper() and word.low not in book.common and word.low not in book.not_names and not is_body(word.low, book)
