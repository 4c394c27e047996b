"""Whether the name of an outlet is that of another in translation: 《灯塔》 is O Farol, "the Trade Courier" De Handelskoerier.

Papers are called by a few words, the same everywhere: courier, herald, lighthouse, evening, harbour. `titles.toml` has them in all
languages by what they mean. Words that any paper may have or lack ("newspaper", "daily", 报) tell nothing; what is no such word is a name
and must be heard or read in the other.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations

from retold.base.hanzi import HAN_KANA, simplified
from retold.base.records import Name
from retold.base.skeletons import ARABIC, KANA, skeleton
from retold.lexicons import LANGUAGES
from retold.lexicons.names import fold
from retold.lexicons.territories import cities, territories
from retold.trace.publishers import WORD, kindred, same_publisher, stop_words

PLAIN = "plain"  # what any paper may have or lack in its name
ANY = frozenset({PLAIN, "post", "times", "day"})  # what papers are called in one language and only "paper" in another
ROMANISED = {
    "nippo": "日报", "shimbun": "新闻", "shinbun": "新闻", "shimpo": "新报", "shinpo": "新报", "tsushin": "通信", "shuho": "周报",
    "jiho": "时报", "hoso": "放送", "ribao": "日报", "wanbao": "晚报", "zaobao": "早报", "chenbao": "晨报", "shibao": "时报",
    "zhoukan": "周刊", "zhoubao": "周报", "kuaibao": "快报", "shangbao": "商报",
}  # words for papers as they are read, in simplified characters
ENDING = 3  # letters that a word may have behind a stem: a case, a plural
PLACES = range(2, 5)  # signs of a place in the name of a paper
PART = 3  # letters of either part of a compound, at least
LINKS = ("", "s", "n", "en", "e", "o", "о", "е")  # what joins the parts of a compound
MOST = 5  # words of a name that are compared
SHARED = 4  # letters at its beginning that a name in two cases shares: "Ural", "Uralu"
Forms = Mapping[str, frozenset[str]]
NO_FORMS: Forms = {}
Part = tuple[str, frozenset[str]]  # a word, folded, and what it may mean


@cache
def words() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], int]:
    """What every word and every stem may mean, and how long the longest is that is written without spaces."""
    read = tomllib.loads((files(__package__) / "titles.toml").read_text("utf-8"))
    whole, stems = dict[str, set[str]](), dict[str, set[str]]()
    for section, rows in read.items():
        for key, found in rows.items():
            for word in found:
                plain = bare(fold(word.rstrip("*")))
                (stems if word.endswith("*") else whole).setdefault(plain, set()).add(PLAIN if section == PLAIN else key)
    for word, keys in stems.items():
        whole.setdefault(word, set()).update(keys)
    return ({w: frozenset(k) for w, k in whole.items()}, {w: frozenset(k) for w, k in stems.items()},
            max(len(w) for w in whole if HAN_KANA.match(w)))


@cache
def places() -> Mapping[str, frozenset[str]]:
    """The countries and cities of CLDR that a word names in any language."""
    out = defaultdict[str, set[str]](set)
    for code in LANGUAGES:
        for known in (territories(code), cities(code)):
            for word, place in known.items():
                out[bare(word)].add(place)
    return {word: frozenset(found) for word, found in out.items() if word not in words()[0]}


def romanised_kind(label: str, outlet: str) -> bool:
    """Whether one of two names has the word for a paper of the other, read in Japanese or Chinese, and a word for its place or name.

    >>> romanised_kind("Kamisato Nippo", "上里日報"), romanised_kind("Kamisato Shimpo", "上里日報"), romanised_kind("Nippo", "上里日報")
    (True, False, False)
    """
    signs, letters = (label, outlet) if HAN_KANA.search(label) else (outlet, label)
    found = [ROMANISED.get(w.casefold(), "") for w in WORD.findall(letters) if w.casefold() not in stop_words()]
    kind = next(filter(None, found), "")
    return len(found) == len(kind) > 1 and found[0] == "" and simplified(signs).endswith(kind) and len(signs) - len(kind) in range(1, 5)


def bare(word: str) -> str:
    """A word without the Arabic article; Chinese characters in one form."""
    return simplified(word.removeprefix("ال") if ARABIC.match(word) and len(word) > SHARED else word)


def same_title(one: str, other: str, forms: Forms = NO_FORMS) -> bool:
    """Whether one name says in another language what another says; `forms`: which names are one in the story, by each (布拉格, Prague).

    >>> same_title("灯塔", "O Farol"), same_title("商业信使报", "De Handelskoerier"), same_title("صحيفة الدفة", "The Helm")
    (True, True, True)
    >>> same_title("Der Hafenbote", "Przystań"), same_title("商业信使报", "Hanse-Kurier")
    (False, False)
    >>> same_title("Börsenbote Ural", "Уральский биржевой вестник")
    True
    >>> same_title("南岸晚报", "South Shore Evening Post"), same_title("Border Herald", "Прикордонний вісник")
    (True, True)
    >>> same_title("砚江晚报", "Yanjiang Evening News"), same_title("砚江晚报", "Yanzhou Evening News")
    (True, False)
    >>> same_title("布拉格信使报", "The Prague Courier", {"布拉格": frozenset({"e1"}), "prague": frozenset({"e1", "e2"})})
    True
    >>> same_title("东京信使报", "The Tokyo Courier")
    True
    """
    return any(alike(a, b, forms) for a in readings(one) for b in readings(other))


def readings(name: str) -> Iterator[tuple[Part, ...]]:
    """The words of a name; in Chinese characters also with the first two to four as the name of a place (砚江晚报)."""
    yield parts(name)
    for n in PLACES if HAN_KANA.match(name) else ():
        if len(name) > n and len(HAN_KANA.findall(name[:n])) == n:
            yield ((name[:n], frozenset()), *parts(name[n:]))


def alike(one: Sequence[Part], other: Sequence[Part], forms: Forms) -> bool:
    """Whether the words of two names are the same, those aside that any paper may have or lack."""
    a, b = ([p for p in found if p[1] != {PLAIN}] for found in (one, other))
    if len(a) != len(b) and min(len(a), len(b)) > 1:  # an evening paper, 晚报, is an Evening Post
        a, b = ([p for p in found if not p[1] or not p[1] <= ANY] for found in (a, b))
    if not a or len(a) != len(b) or len(a) > MOST:
        return False
    return any(fits(a, ordered, forms) for ordered in permutations(b))


def fits(a: Sequence[Part], b: Sequence[Part], forms: Forms) -> bool:
    """Whether each part of a name means, or is, that of another in the same place, and one at least has a meaning."""
    pairs = list(zip(a, b, strict=True))
    return all((x[1] & y[1]) - {PLAIN} or one_name(x, y, forms) for x, y in pairs) and any(
        x[1] & y[1] and (x[0] != y[0] or len(pairs) > 1) for x, y in pairs)


def one_name(part: Part, counterpart: Part, forms: Forms) -> bool:
    """Whether two words are one name: in the story; else, where they mean nothing, alike, or heard or read in another script."""
    (one, meanings), (other, others) = part, counterpart
    if forms.get(one, frozenset()) & forms.get(other, frozenset()) or places().get(one, frozenset()) & places().get(other, frozenset()):
        return True
    if meanings or others:
        return False
    if HAN_KANA.search(one) and HAN_KANA.search(other):
        return one == other
    a, b = skeleton(one), skeleton(other)
    return kindred(a, b) or same_publisher(one.title(), other.title()) or (a[:SHARED] == b[:SHARED] and min(len(a), len(b)) >= SHARED)


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[Part, ...]:
    """The words of a name with what each may mean; compounds in their parts, names as they are.

    >>> [sorted(meanings) for _, meanings in parts("De Handelskoerier")], [sorted(meanings) for _, meanings in parts("砚都晚报")]
    ([['trade'], ['messenger']], [[], ['evening'], ['plain']])
    """
    found = (bare(w) for m in WORD.findall(name) if m.casefold() not in stop_words() for w in [fold(m)])
    return tuple(part for word in found for part in (signs(word) if HAN_KANA.search(word) else spaced(word)))


def spaced(word: str) -> list[Part]:
    """The parts of a word in a script with spaces."""
    whole, _, _ = words()
    known = meant(word)
    if known or word in whole:
        return [(word, known)]
    for n in range(PART, len(word) - PART + 1):
        first, last = ((word[:n - len(link)] if link and word[:n].endswith(link) else word[:n]) for link in LINKS), meant(word[n:])
        if last and (head := next((f for f in first if len(f) >= PART and f in whole), "")):
            return [(head, whole[head]), (word[n:], last)]
    return [(word, frozenset())]


def meant(word: str) -> frozenset[str]:
    """What a word may mean: as it is, or behind a stem with an ending."""
    whole, stems, _ = words()
    found = set(whole.get(word, ()))
    for n in range(max(PART, len(word) - ENDING), len(word)):
        found |= stems.get(word[:n], frozenset())
    return frozenset(found)


def signs(word: str) -> Iterator[Part]:
    """The parts of a name without spaces, the longest words first; kana that are no word stay together."""
    whole, _, longest = words()
    at, rest = 0, ""
    while at < len(word):
        size = next((n for n in range(min(longest, len(word) - at), 0, -1) if word[at:at + n] in whole and not cuts(word, at, n)), 0)
        if size and rest:
            yield rest, frozenset()
            rest = ""
        if size:
            yield word[at:at + size], whole[word[at:at + size]]
        rest += "" if size else word[at]
        at += size or 1
    if rest:
        yield rest, frozenset()


def cuts(word: str, at: int, size: int) -> bool:
    """Whether a piece is cut out of a longer run of kana, and so no word."""
    end = at + size
    return any(KANA.match(word[i]) and KANA.match(word[j]) for i, j in ((at - 1, at), (end - 1, end)) if i >= 0 and j < len(word)
               and word[i] != "の" and word[j] != "の")


def called_so(names: Iterable[Name]) -> dict[str, frozenset[str]]:
    """The entities that every name of one word stands for, folded as the words of outlets are; people aside."""
    out: dict[str, set[str]] = defaultdict(set)
    for n in names:
        if n.kind != "person" and " " not in n.text:
            out[bare(fold(n.text))].add(n.entity)
    return {word: frozenset(entities) for word, entities in out.items()}
