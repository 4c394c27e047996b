"""One article as the finders of this stage see it: its text, its lexicon and what was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from retold.base.records import Article, Attribution, Claim, Date, Mention, Passage, Quantity, Quote, Sentence
from retold.lexicons import Lexicon, lexicon


@dataclass(slots=True, kw_only=True)
class Reading:
    """An article with its passages and sentences, and the findings of the finders that ran before, filled in one after the other.

    `passages` and `sentences` come in the order of the text and leave nothing out but boilerplate. `text` is what all offsets count
    in, `lexicon` that of the article's language.
    """

    article: Article
    language: str
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    text: str = field(init=False, repr=False)
    lexicon: Lexicon = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Note what is asked a hundred times a kB."""
        self.text = self.article.text
        self.lexicon = lexicon(self.language)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, or None."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)
