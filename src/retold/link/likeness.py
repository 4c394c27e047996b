"""How alike two words, and two names, are: from the same letters to the same sound in another script."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from retold.link.forms import Form, generic, same_given, stems
from retold.link.transliteration import block_keys, consonants, distance, script_of, sound, vowels_agree

CROSS = 0.13  # costs per consonant up to which words of two scripts are one; Macron/Марков 0.7, Zelensky/Зеленського 0.15 before its ending
EASTERN = 0.24  # for Chinese characters and kana: Trump/特朗普 0.06, Starmer/斯塔默 0.08, Putin/普京 0.33
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
    for word in dict.fromkeys(w for w, _ in words):
        for key in dict.fromkeys(block_keys(word)):
            by_sound.setdefault(key, []).append(word)
    for stem, bucket in by_stem.items():
        note_stems(bucket, stem, table)
    stems_of: dict[str, list[str]] = {}
    for word, language in words:
        stems_of.setdefault(word, []).extend(s for s in sorted(stems(word, language), key=len, reverse=True))
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
    for i, a in enumerate(bucket):
        for b in bucket[i + 1:]:
            if (a, b) in table:
                continue
            if len(consonants(a)) < 2 or len(consonants(b)) < 2:
                if scripts[a] != scripts[b] and sound(a) == sound(b):
                    note(a, b, 0.8, table)
                elif scripts[a] != scripts[b] and consonants(a) == consonants(b) != "" and vowels_agree(a, b):
                    note(a, b, WEAK, table)
                continue
            if scripts[a] == scripts[b]:
                if a[0].isalpha() and ratio(a, b) >= ALIKE and distance(a, b) <= SAME_SCRIPT and vowels_agree(a, b):
                    note(a, b, SPELLED, table)
            elif cross_script(a, b, stems_of):
                note(a, b, 0.8 if len(consonants(a)) >= SHORT else 0.7, table)


def cross_script(a: str, b: str, stems_of: dict[str, list[str]]) -> bool:
    """Whether two words of different scripts are one, case endings aside."""
    eastern = {script_of(a), script_of(b)} & {"han", "kana"}
    limit = EASTERN if eastern else CROSS
    if abs(len(consonants(a)) - len(consonants(b))) > 3:
        return False
    for x in stems_of.get(a, [a])[:4]:
        for y in stems_of.get(b, [b])[:4]:
            if distance(x, y) <= limit and vowels_agree(x, y):
                return True
    return False


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
        return slip(a, b, scores) or translated(a, b, scores)
    if "person" in (a.kind, b.kind) and abs(len(a.words) - len(b.words)) == 1 and min(len(a.words), len(b.words)) >= 2:
        first = same_word(a.words[0], b.words[0], table)
        return 0.9 * min(first, same_word(a.words[-1], b.words[-1], table))
    return 0.0


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
    kinds = all(generic(a.words[i], a.language) and generic(b.words[i], b.language) for i in odd)
    known = any(score >= 0.95 and not generic(a.words[i], a.language) and len(a.words[i]) > 3 for i, score in enumerate(scores))
    return 0.7 if kinds and known else 0.0
