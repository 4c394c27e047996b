"""The languages of many texts at once, by their function words; a model is asked only where these leave a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from retold.base.models import Identifier
from retold.lexicons.functionwords import LEAST, LEAST_OWN, TIMES, TOLD_APART, function_words
from retold.relate.words import Hashes, Words, read_words

READ = 100  # words in the middle of a text that are looked at: menus stand at its ends
SAMPLE = 120  # code points behind the middle from which a model tells the language
Users = npt.NDArray[np.int16]


def languages_of(words: Words, texts: Sequence[str], identifier: Identifier) -> list[str]:
    """The language of each text as its middle tells, "" for none."""
    numbers = without_doubt(words, len(texts)).tolist()
    return [TOLD_APART[n] if n >= 0 else by_model(text, identifier) for n, text in zip(numbers, texts, strict=True)]


def by_model(text: str, identifier: Identifier) -> str:
    """What the model says of a short sample."""
    return identifier.identify(text[len(text) // 2:][:SAMPLE] if len(text) > 2 * SAMPLE else text)[0]


def without_doubt(words: Words, count: int) -> npt.NDArray[np.int64]:
    """(count,): the number of each text's language where function words pass the test of `leave_no_doubt`, else -1."""
    owners, users = in_middles(words, count)
    total = summed(users, owners, count)
    best = total.argmax(axis=1)
    both = summed(users * users[np.arange(len(owners)), best[owners]][:, None], owners, count)
    most = total[np.arange(count), best]
    clear = most[:, None] - both >= np.maximum(LEAST_OWN, TIMES * (total - both))
    clear[np.arange(count), best] = True
    return np.where((most >= LEAST) & clear.all(axis=1), best, -1)


def in_middles(words: Words, count: int) -> tuple[npt.NDArray[np.int32], Users]:
    """The function words in the middles of texts: (n,) the number of the text, rising, and (n, n_languages) who has the word."""
    hashes, users = known()
    sizes = np.bincount(words.owners, minlength=count)
    ends = sizes.cumsum()
    middles = (ends - sizes // 2)[:, None] + np.arange(-READ // 2, READ // 2)
    near = middles[(middles >= (ends - sizes)[:, None]) & (middles < ends[:, None])]
    own = words.hashes[near]
    at = np.minimum(np.searchsorted(hashes, own), len(hashes) - 1)
    held = hashes[at] == own
    return words.owners[near[held]], users[at[held]]


def summed(users: Users, owners: npt.NDArray[np.int32], count: int) -> Users:
    """(count, n_languages): the rows of each text added up; owners: rising."""
    out = np.zeros((count, len(TOLD_APART)), users.dtype)
    if len(owners):
        starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1]))
        out[owners[starts]] = np.add.reduceat(users, starts)
    return out


@cache
def known() -> tuple[Hashes, Users]:
    """The hashes of all function words of one word, rising, and (n, n_languages) which languages have each."""
    words = [word for word in function_words() if word.isalpha()]
    read = read_words(words)
    single = (read.weights > 0) & (np.bincount(read.owners)[read.owners] == 3)  # the word itself, and the gaps around it
    users = np.array([[code in function_words()[word] for code in TOLD_APART] for word in words], dtype=np.int16)
    order = np.argsort(read.hashes[single], kind="stable")
    hashes, first = np.unique(read.hashes[single][order], return_index=True)
    return hashes, np.maximum.reduceat(users[read.owners[single][order]], first)
