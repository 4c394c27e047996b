"""How alike two words, and two names, are: from the same letters to the same sound in another script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from retold.lexicons.bodies import concept_of
from retold.link.forms import Form, generic, same_given, stems
from retold.link.transliteration import block_keys, consonants, distance, script_of, sound, vowels_agree

CROSS = 0.13  # costs per consonant up to which words of two scripts are one; Macron/Марков 0.7, Zelensky/Зеленського 0.15 before its ending
EASTERN = 0.24  # for Chinese characters and kana: Trump/特朗普 0.06, Starmer/斯塔默 0.08, Putin/普京 0.33
CLOSED = 0.95  # how sure names are one that differ in a hyphen or space
PAIR = 2  # words of most names of persons
NEARER = 0.05  # by how much another word must be nearer: フリールベーク is 0.09 from Vlierbeek and 0.15 from Iwabuchi
OF_SOUNDS = frozenset({"han", "kana"})  # scripts that write foreign names by syllables
SAME_SCRIPT = 0.1  # for spellings in one script: Selenskyj/Zelensky 0.07, Hansen/Jansen 0.12
ALIKE = 70  # rapidfuzz ratio that spellings in one script keep besides: Wladimir/Vladimir 88, Aleksei/Alexey 77, Marin/Moran 60
SPELLED = 0.85  # how sure words are one that sound alike in one script
WEAK = 0.66  # for one consonant in two scripts: enough beside a surname (Leila/ليلى), never alone
SHORT = 3  # consonants below which sound alone does not prove a word

Word = tuple[str, str]
Likeness = dict[tuple[str, str], float]


def compare_words(forms: Iterable[Form]) -> Likeness:
    """Pairs of different words that may be the same, with how sure; both orders are in it.

    Words are compared only within blocks: those that share a stem, and those whose first two consonants are alike.
    """
    table: Likeness = {}
    words = sorted({(word, form.language) for form in forms for word in form.words if not form.described})
    by_stem: dict[str, list[Word]] = {}
    by_sound: dict[str, list[str]] = {}
    for word, language in words:
        for stem in stems(word, language):
            by_stem.setdefault(stem, []).append((word, language))
    for word in dict.fromkeys([w for w, _ in words]):
        for key in dict.fromkeys(block_keys(word)):
            by_sound.setdefault(key, []).append(word)
    for stem, bucket in by_stem.items():
        note_stems(bucket, stem, table)
    stems_of: dict[str, list[str]] = {}
    for word, language in words:
        stems_of.setdefault(word, []).extend(sorted(stems(word, language), key=len, reverse=True))
    for sounding in by_sound.values():
        note_sounds(sounding, stems_of, table)
    return table


def note_stems(bucket: list[Word], stem: str, table: Likeness) -> None:
    """Words that share a stem: case forms of one word, if at most one of them keeps letters that are no ending."""
    for i, (a, _) in enumerate(bucket):
        for b, _ in bucket[i + 1:]:
            if a != b and len(stem) * 2 >= max(len(a), len(b)):
                note(a, b, 0.95, table)


def note_sounds(bucket: list[str], stems_of: dict[str, list[str]], table: Likeness) -> None:
    """Words that sound alike, across scripts or in other spellings."""
    scripts = {w: script_of(w) for w in bucket}
    eastern: dict[tuple[str, str], float] = {}
    for i, a in enumerate(bucket):
        for b in bucket[i + 1:]:
            if (a, b) in table:
                continue
            if len(consonants(a)) < 2 or len(consonants(b)) < 2:
                note_short(a, b, table)
            elif scripts[a] == scripts[b]:
                if a[0].isalpha() and ratio(a, b) >= ALIKE and distance(a, b) <= SAME_SCRIPT and vowels_agree(a, b):
                    note(a, b, SPELLED, table)
            elif scripts[a] in OF_SOUNDS or scripts[b] in OF_SOUNDS:
                eastern[a, b] = across(a, b, stems_of)
            elif across(a, b, stems_of) <= CROSS:
                note(a, b, 0.8 if len(consonants(a)) >= SHORT else 0.7, table)
    for a, b in nearest(eastern, scripts):
        note(a, b, 0.8 if len(consonants(a)) >= SHORT else 0.7, table)


def note_short(a: str, b: str, table: Likeness) -> None:
    """Words of one consonant or none, across scripts."""
    if script_of(a) == script_of(b):
        return
    if sound(a) == sound(b):
        note(a, b, 0.8, table)
    elif consonants(a) == consonants(b) != "" and vowels_agree(a, b):
        note(a, b, WEAK, table)


def nearest(pairs: dict[tuple[str, str], float], scripts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs of which neither word has a clearly nearer one in the script of the other: syllables keep too little of a sound."""
    best: dict[tuple[str, str], dict[str, float]] = {}  # by the first letters of the other: a longer form of it is no rival
    for (a, b), far in pairs.items():
        for word, other in ((a, b), (b, a)):
            known = best.setdefault((word, scripts[other]), {})
            known[other[:SHORT]] = min(known.get(other[:SHORT], 1.0), far)
    for (a, b), far in pairs.items():
        short = min(len(consonants(a)), len(consonants(b))) < SHORT  # "Blue" is as near to 保罗 as "Paulo"
        if far <= EASTERN and (short or far <= min(rival(best[a, scripts[b]], b), rival(best[b, scripts[a]], a)) + NEARER):
            yield a, b


def rival(near: dict[str, float], word: str) -> float:
    """How near the nearest word is that does not begin as this one does; 1 for none."""
    return min((far for first, far in near.items() if first != word[:SHORT]), default=1.0)


def across(a: str, b: str, stems_of: dict[str, list[str]]) -> float:
    """How far two words of different scripts are apart, case endings aside; 1 where their vowels or lengths differ."""
    if abs(len(consonants(a)) - len(consonants(b))) > 3:
        return 1.0
    pairs = ((x, y) for x in stems_of.get(a, [a])[:4] for y in stems_of.get(b, [b])[:4])
    return min((distance(x, y) for x, y in pairs if vowels_agree(x, y)), default=1.0)


def note(a: str, b: str, score: float, table: Likeness) -> None:
    """Write a pair down in both orders; the better score stays."""
    if table.get((a, b), 0.0) < score:
        table[a, b] = table[b, a] = score


def same_word(a: str, b: str, table: Likeness) -> float:
    """How sure two words are one; 0 where nothing says so."""
    return 1.0 if a == b else table.get((a, b), 0.0)


def same_name(a: Form, b: Form, table: Likeness) -> float:
    """How sure two names of several words are one: all words must match; middle names of persons may be missing.

    Given names may be short forms. One word may be a slip of the pen, if the others are equal and no article has both.
    """
    if len(a.words) == len(b.words):
        scores = [same_word(x, y, table) for x, y in zip(a.words, b.words, strict=True)]
        if scores[0] < 0.8 and same_given(a.words[0], b.words[0]):
            scores[0] = 0.9
        if min(scores) == SPELLED and a.articles & b.articles:
            return 0.0  # an article that spells two names differently means two
        if min(scores) > 0:
            return min(scores) if distinctive(a, b, scores) else 0.0
        return slip(a, b, scores) or translated(a, b, scores) or turned(a, b, table)
    if joined_alike(a, b):
        return CLOSED
    if "person" in (a.kind, b.kind) and abs(len(a.words) - len(b.words)) == 1 and min(len(a.words), len(b.words)) >= 2:
        first = same_word(a.words[0], b.words[0], table)
        return 0.9 * min(first, same_word(a.words[-1], b.words[-1], table))
    return 0.0


def joined_alike(a: Form, b: Form) -> bool:
    """Whether two names differ only in where their words are joined ("Dai-hachi Maru", "Daihachi Maru")."""
    return a.text != b.text and "".join(a.words) == "".join(b.words)


def turned(a: Form, b: Form, table: Likeness) -> float:
    """0.8 where two names of a person are one with the family name first or last ("Hamazaki Kaoru", "Kaoru Hamasaki")."""
    if not a.kind == b.kind == "person" or len(a.words) != PAIR or a.articles & b.articles:
        return 0.0
    return 0.8 if min(same_word(x, y, table) for x, y in zip(a.words, reversed(b.words), strict=True)) >= SPELLED else 0.0


def distinctive(a: Form, b: Form, scores: list[float]) -> bool:
    """Whether the words that match well say more than the kind of a body."""
    return any(score >= 0.7 and not generic(x, a.language) for x, score in zip(a.words, scores, strict=True)) or a.words == b.words


def numbered_alike(a: Form, b: Form) -> bool:
    """Whether two names are one number after a word and its initial ("Road 417", "R 417"), or after two letters, one mistaken."""
    (x, m), (y, n) = (a.words[0], a.words[-1]), (b.words[0], b.words[-1])
    if m != n or not m.isdigit() or len(a.words) != 2 or min(len(x), len(y)) != 1:
        return False
    return x[0] == y[0] or (len(x) == len(y) and len(m) >= 3 and not a.articles & b.articles)


def slip(a: Form, b: Form, scores: list[float]) -> float:
    """0.75 where exactly one word differs, by a slip of the pen, and no article has both forms; else 0."""
    if numbered_alike(a, b):
        return 0.75
    odd = [i for i, score in enumerate(scores) if score == 0]
    if len(odd) != 1 or a.articles & b.articles or min(scores[:odd[0]] + scores[odd[0] + 1:]) < 0.95:
        return 0.0
    x, y = a.words[odd[0]], b.words[odd[0]]
    allowed = 2 if min(len(x), len(y)) >= 9 else 1 if min(len(x), len(y)) >= 5 else 0
    return 0.75 if x[0] == y[0] and 0 < DamerauLevenshtein.distance(x, y) <= allowed else 0.0


def translated(a: Form, b: Form, scores: list[float]) -> float:
    """0.7 where the words that differ only say what kind of body or place it is, in two languages ("Compagnie", "Company")."""
    if a.language == b.language or max(scores) < 0.95:
        return 0.0
    odd = [i for i, score in enumerate(scores) if score == 0]
    kinds = all(generic(a.words[i], a.language) and generic(b.words[i], b.language) and one_noun(a.words[i], b.words[i]) for i in odd)
    known = any(score >= 0.95 and not generic(a.words[i], a.language) and len(a.words[i]) > 3 for i, score in enumerate(scores))
    return 0.7 if kinds and known else 0.0


def one_noun(x: str, y: str) -> bool:
    """Whether two nouns of places may say the same: no tunnel is an airport."""
    one, two = concept_of(x, "places"), concept_of(y, "places")
    return not one or not two or one == two
