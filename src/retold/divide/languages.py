"""Languages: which of our fifteen a text is in, or which other.

A naive Bayes model over byte n-grams decides between our languages, unless it gives those that are not ours far more; letters that only one
language of a script uses overrule it, because related languages share most n-grams, and it is not asked where function words leave no doubt
(it takes half a second to load).

Source: Lui and Baldwin 2011, "Cross-domain Feature Selection for Language Identification" (the model, as shipped in py3langid).
Measured in `docs/decisions/0004-language-identifier.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from retold.base.models import Identifier
from retold.base.tags import language_code
from retold.lexicons import LANGUAGES
from retold.lexicons.functionwords import function_words, leave_no_doubt, told_language

SAMPLE = 3000  # code points read at the start, and as many in the middle
FIRST_LOOK = 300  # the same, where that leaves no doubt: the model reads 1 MB a second
SURE = 0.99  # a claimed language gives way only to a guess this sure
WORD = re.compile(r"[^\W\d_]+")
FOREIGN = 0.9  # share of the probability that other languages must have together for a text to be in none of ours: no text of 11,000 in
# eleven of ours reaches it, all of 120 Slovene headlines do, 797 of 799 Croatian sentences and 504 of 799 Slovak ones, some of two words
LEAST_LETTERS = 60  # letters below which a claim is never contradicted
OWN_SHARE = 0.5  # of the letters that must be of scripts that we read
TELLING_LETTERS = 2  # own letters that decide on their own

# Languages in our scripts that the model tells from ours. A text in one of them is not read with the lexicon of the nearest of ours.
OTHERS = ("af", "az", "be", "bg", "bs", "ca", "cy", "da", "et", "eu", "fa", "fi", "ga", "gl", "hr", "hu", "id", "is", "kk", "ky", "lt",
          "lv", "mk", "mn", "ms", "mt", "no", "ro", "sk", "sl", "sq", "sr", "sv", "sw", "tl", "ur", "uz", "vi")
# Of ours, those whose function words a language in OTHERS shares: Catalan has many of Spanish, Croatian of Czech; the model decides.
WITH_KIN = frozenset(("ar", "cs", "es", "nl", "pt", "ru", "tr", "uk"))
# Letters that among the languages of their group only one uses: group of languages -> letters of each.
OWN_LETTERS: tuple[dict[str, str], ...] = (
    {"uk": "іїєґІЇЄҐ", "ru": "ыэъёЫЭЪЁ"},
    {"ja": "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))))},
)
# What stays when no letter tells: Han without kana is Chinese.
WITHOUT = {"ja": "zh"}
SCRIPTS = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ؀-ۿݐ-ݿ\u3040-\u30ff\u3400-\u9fff\uff21-\uff5a]")
HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
KANA_SHARE = 0.05  # of Han and kana together: Japanese prose has over .3, Chinese with a Japanese name under .02


@cache
def model() -> Any:
    """The n-gram model, restricted to our languages and the others in their scripts; loaded once a process."""
    from py3langid.langid import MODEL_FILE
    from py3langid.langid import LanguageIdentifier as NgramModel

    loaded = NgramModel.from_model_file(MODEL_FILE, norm_probs=True)
    loaded.set_languages((*LANGUAGES, *OTHERS))
    return loaded


class LanguageIdentifier:
    """The shipped identifier: py3langid over our languages, with the letters of `OWN_LETTERS`.

    >>> LanguageIdentifier().identify("Рятувальники дістали всіх із води ще вночі.")[0]
    'uk'
    >>> LanguageIdentifier().identify("… 12:30 …")
    ('', 0.0)
    """

    name = "letters-words-py3langid-2"

    def identify(self, text: str) -> tuple[str, float]:
        """An ISO 639-1 code and its probability among ours, or among all for another one; ("", 0.0) without letters, or in a script that
        none of ours uses."""
        part = sample(text)
        letters = sum(map(str.isalpha, part))
        if not letters or len(SCRIPTS.findall(part)) < OWN_SHARE * letters:
            return "", 0.0
        by_letters = tell_by_letters(part)
        if by_letters and by_letters not in OWN_LETTERS[0]:
            return by_letters, 0.999
        by_words = told_language(words_found(part))
        if by_words and by_words not in WITH_KIN:
            return by_words, 0.999
        first = sample(part, FIRST_LOOK)
        code, probability = classify(first)
        if by_letters and code in LANGUAGES:  # Bulgarian writes ъ too
            return by_letters, 0.999
        return (code, probability) if probability == 1.0 or first == part else classify(part)


def classify(part: str) -> tuple[str, float]:
    """What the model says of a text, its probability rounded to six places.

    >>> classify("Policija je v torek prijela dva osumljenca, ki naj bi vlomila v več trgovin v središču Ljubljane.")[0]
    'sl'
    """
    ranked = [(str(code), float(probability)) for code, probability in model().rank(part)]
    ours = sum(probability for code, probability in ranked if code in LANGUAGES)
    known = ours > 1.0 - FOREIGN
    code, probability = next((code, probability) for code, probability in ranked if (code in LANGUAGES) == known)
    return code, round(probability / ours if known else probability, 6)


def sample(text: str, size: int = SAMPLE) -> str:
    """The start of a text and, of a long one, as much from its middle, where menus are behind."""
    if len(text) <= 2 * size:
        return text
    middle = len(text) // 2
    return f"{text[:size]}\n{text[middle:middle + size]}"


def tell_by_letters(text: str) -> str:
    """The language that letters of its own tell, "" when none do or too few.

    >>> tell_by_letters("船が沈んだ"), tell_by_letters("船沉了"), tell_by_letters("The ship sank")
    ('ja', 'zh', '')
    """
    han = len(HAN.findall(text))
    cyrillic, kana = OWN_LETTERS
    count = sum(text.count(c) for c in kana["ja"]) if KANA.search(text) else 0
    if (han or count) and 2 * (han + count) > sum(map(str.isalpha, text)):
        return "ja" if count > KANA_SHARE * (han + count) else WITHOUT["ja"]
    counts = sorted(((sum(map(text.count, own)), code) for code, own in cyrillic.items()), reverse=True)
    (most, code), (second, _) = counts
    return code if most >= TELLING_LETTERS and most > 2 * second else ""


def decide(text: str, claimed: str | None, identifier: Identifier) -> tuple[str, str, float]:
    """The language of an article: code, method, score. What the input claims holds unless the text clearly contradicts it.

    >>> decide("Der Damm ist gebrochen.", "de-AT", LanguageIdentifier())
    ('de', 'given', 1.0)
    >>> decide("Policija išče voznika.", "slv", LanguageIdentifier())
    ('sl', 'given', 1.0)
    """
    given = language_code(claimed or "")
    if given and reads_as(text, given):
        return given, "given", 1.0
    code, score = identifier.identify(text)
    if not given:
        return code, identifier.name, score
    contradicted = code not in ("", given) and score >= SURE and sum(map(str.isalpha, text[:SAMPLE])) >= LEAST_LETTERS
    return (code, identifier.name, score) if contradicted else (given, "given", 1.0)


def reads_as(text: str, language: str) -> bool:
    """Whether function words leave no doubt that a text is in a language, so that no model need be asked.

    >>> reads_as("It was the first of the two that they had seen and they did not know what it was.", "en")
    True
    """
    return leave_no_doubt(words_found(text), language)


def words_found(text: str) -> Counter[tuple[str, ...]]:
    """The function words of the first look at a text, counted by the languages that have them."""
    users = function_words()
    return Counter(filter(None, map(users.get, WORD.findall(sample(text, FIRST_LOOK).lower()))))
