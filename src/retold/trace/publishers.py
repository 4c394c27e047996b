"""Whether two names mean the same publisher, person or body: by the words that tell them from others, and by initials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import takewhile

from anyascii import anyascii

from retold.base.hanzi import HAN_KANA
from retold.base.skeletons import ARABIC, JOINED, KANA, once, outlines, skeleton
from retold.lexicons import LANGUAGES, section
from retold.lexicons.bodies import concept_of, proper_part
from retold.lexicons.japanese import outlet_reads_as
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_domain, outlet_by_name
from retold.trace.readings import read_in_parts, spelled_in_letters

WORD = re.compile(r"[^\W\d_]+")
CAPITALS = re.compile(r"(?<![A-Z\u0400-\u042f])[A-Z\u0400-\u042f]{2,6}(?![A-Z\u0400-\u042f])")
ADDRESS = re.compile(r"(?:[a-z]+://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(/\S*)?", re.IGNORECASE)  # an outlet that is called by its site
APOSTROPHE = re.compile(r"(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff])")  # "Кур'єр" is one word
NEWS = frozenset(("news", "press", "presse", "haber", "haberler", "أنباء", "الأنباء", "للأنباء", "أخبار", "الأخبار"))
SHORT_SOUND = 3  # letters of a word up to which it tells nothing from one script to another
FEW_SOUNDS = 2  # consonants up to which classes of them are not enough to tell two words for one
ALONG = 0.8  # likeness of the consonants of two whole names in two scripts, in classes
ENOUGH_SOUNDS = 5  # consonants of a whole name that tell it
HALF = 0.5  # the same likeness of two of their words
LETTERS = {
    "إيه": "A", "ايه": "A", "بي": "B", "سي": "C", "دي": "D", "إي": "E", "إف": "F", "اف": "F", "جي": "G", "إتش": "H", "اتش": "H",
    "آي": "I", "اي": "I", "جيه": "J", "كيه": "K", "كي": "K", "إل": "L", "إم": "M", "ام": "M", "إن": "N", "ان": "N", "أو": "O",
    "او": "O", "كيو": "Q", "آر": "R", "ار": "R", "إس": "S", "اس": "S", "تي": "T", "يو": "U", "في": "V", "دبليو": "W", "إكس": "X",
    "واي": "Y", "زد": "Z",
}  # the English names of letters, as Arabic papers write acronyms
SHORT_STEM = 4  # letters of a short word that has an ending in another case
LONG_WORD = 6  # letters from which a word may be spelled otherwise in a kindred language
KINDRED = 0.8  # likeness of its two spellings: "galickij" and "galic'kij", "peregon" and "peregin"
NEARLY = 0.9  # the same where they do not begin alike: "slezskyj" and "silez'kij"
LEAST_SHARED = 5  # letters that two spellings of a word share at its beginning, at least
LIKE = 0.7  # and of the shorter one's letters
COMPOUND = re.compile(r"(?i)(news|nachrichten|presse|rundfunk|nieuws|pers)(?=wire|agentur|agentschap|dienst|bureau)")
LATIN = re.compile(r"[A-Za-z]")
MARKED = re.compile(r"(.{4,}?)\s*[(（]([^\s()（）]{2,8})[)）]")  # an outlet whose name has its mark behind it: "Nordischer Dienst (nod)"
FURTHER = re.compile(r"[\u0370-\uffff]")  # letters and signs of other scripts
INITIALS = range(2, 7)  # letters of an acronym


@lru_cache(maxsize=200_000)
def same_publisher(label: str, outlet: str | None) -> bool:
    """Whether a name is that of an outlet: the telling words of one are among those of the other, or it is its acronym.

    >>> same_publisher("the police", "Police Department of Millbrook"), same_publisher("The Daily Note", "The Daily Globe")
    (True, False)
    >>> same_publisher("Harbour Times", "harbourtimes.com"), same_publisher("Harbour", "harbourtimes.com")
    (True, False)
    >>> same_publisher("the agency ANA", "Alpine News Agency"), same_publisher("TAN", "Alpine News Agency")
    (True, False)
    >>> same_publisher("米PBW通信", "PBW"), same_publisher("米PBW通信", "PBX")
    (True, False)
    >>> same_publisher("dnr", "Der Nachrichtendienst Reuß (dnr)"), same_publisher("dmr", "Der Nachrichtendienst Reuß (dnr)")
    (True, False)
    """
    if not outlet:
        return False
    if " ".join(label.casefold().split()) == " ".join(outlet.casefold().split()):
        return True
    for name, other in ((outlet, label), (label, outlet)):
        if both := MARKED.fullmatch(name):
            return any(same_publisher(other, part) for part in both.groups())
    addresses = ADDRESS.fullmatch(label), ADDRESS.fullmatch(outlet)
    if any(addresses):
        return bool(names_of(label, addresses[0]) & names_of(outlet, addresses[1]))
    if acronym(outlet, label) or any(acronym(part, outlet) for part in (label, *CAPITALS.findall(label))):
        return True
    if any(HAN_KANA.search(name) and mark.strip() in CAPITALS.findall(name) for name, mark in ((label, outlet), (outlet, label))):
        return True
    a, b = telling(label), telling(outlet)
    if not a or not b:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(match(w, v) for v in many) for w in few) or translated(a, b) or heard(label, outlet) or read(label, outlet)


def names_of(name: str, address: re.Match[str] | None) -> frozenset[str]:
    """What an outlet is called, in letters and digits without spaces: by its site, and as the outlet that is known to have the site.

    A place or person whose name begins that of a site is not the outlet.
    """
    if not address:
        return frozenset((squeezed(name),))
    host, path = address[1].casefold(), address[2] or ""
    known = outlet_by_domain(host)
    label = host.split(".")[-3 if re.search(r"\.(?:com?|org|net|gov|ac)\.[a-z]{2}$", host) else -2]
    forms = (host, label, label + path, *(known.forms if known else ()))
    return frozenset(filter(None, map(squeezed, forms)))


def squeezed(name: str) -> str:
    """The letters and digits of a name without its articles and other function words; all of them where nothing else is left."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return "".join([w for w in words if w not in stop_words()] or words)


def heard(label: str, outlet: str) -> bool:
    """Whether a name in Arabic letters or kana is heard as one in others: the consonants of all that is no word for papers and agencies.

    An acronym that is spelled by the names of its letters is heard too.

    >>> heard("وكالة ياكاموز للأنباء", "Yakamoz Haber Ajansı"), heard("صحيفة المرفأ", "Yakamoz Haber Ajansı")
    (True, False)
    >>> heard("Ad-Difaf", "قناة الضفاف"), heard("بي إتش إيه", "Boğaz Haber Ajansı")
    (True, True)
    >>> heard("アナルズ・オブ・マテリアルズ", "Annals of Materials"), heard("アナルズ・オブ・マテリアルズ", "Annals of Sound")
    (True, False)
    """
    if all(bool(script.search(label)) == bool(script.search(outlet)) for script in (ARABIC, KANA)):
        return False
    if any(acronym(spelled(one), other) or (len(spelled(one)) > 1 and spelled(one) == other.strip().upper())
           for one, other in ((label, outlet), (outlet, label))):
        return True
    return any(all_heard(words(label), words(outlet)) for words in (sounding, long_words)) or heard_with_noun(label, outlet) or (
        heard_along(label, outlet))


def heard_with_noun(label: str, outlet: str) -> bool:
    """Whether all words of a name are heard in another, of which the first leaves out none that tells: "Anzeiger", in Arabic letters, is
    no word for a paper.

    >>> heard("رودناور أنتسايغر", "Rodenauer Anzeiger"), heard("رودناور أنتسايغر", "Rodenauer Bote")
    (True, False)
    """
    one, other = sorted((label, outlet), key=lambda name: not (ARABIC.search(name) or KANA.search(name)))
    words, all_words = sounding(one), long_words(other)
    telling_words = all_words & sounding(other)
    return bool(words and telling_words) and all(any(sounds_like(w, v) for v in all_words) for w in words) and all(
        any(sounds_like(w, v) for w in words) for v in telling_words)


def heard_along(label: str, outlet: str) -> bool:
    """Whether two names of as many words, the little ones among them, sound alike from beginning to end: a transcription keeps articles
    and prepositions, and may lose what is not pronounced.

    >>> heard_along("لو ميساجيه دي كوربيير", "Le Messager des Corbières"), heard_along("ソシュキ・グラス", "Soški glas")
    (True, True)
    >>> heard_along("لو ميساجيه دي كوربيير", "Le Courrier des Corbières"), heard_along("ソシュキ・ルビ", "Soški glas")
    (False, False)
    """
    one, other = (WORD.findall(name.replace("・", " ")) for name in (label, outlet))
    if len(one) != len(other):  # "The" is not transcribed
        one, other = ([w for n, w in enumerate(found) if n or w.casefold() not in stop_words()] for found in (one, other))
    if len(one) != len(other) or len(one) < 2:
        return False
    best = max((SequenceMatcher(None, a, b).ratio() for a in sounds_of(one) for b in sounds_of(other)), default=0.0)
    return best >= ALONG and all(alike_in_sound(w, v) for w, v in zip(one, other, strict=True) if len(w) > SHORT_SOUND)


def sounds_of(words: Sequence[str]) -> list[str]:
    """What all words of a name sound like together, l and r as one; none where that is too little to tell."""
    whole = "".join(outlines(w)[0] for w in words).replace("l", "r")
    return [whole] if len(whole) >= ENOUGH_SOUNDS else []


def alike_in_sound(word: str, other: str) -> bool:
    """Whether half of the consonants of two words are the same, in order."""
    one, two = ([sounds.replace("l", "r") for sounds in outlines(w)] for w in (word, other))
    return max(SequenceMatcher(None, a, b).ratio() for a in one for b in two) > HALF


def all_heard(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether each word of either name is heard in the other."""
    return bool(a) and all(any(sounds_like(w, v) for v in b) for w in a) and all(any(sounds_like(w, v) for w in a) for v in b)


def read(label: str, outlet: str) -> bool:
    """Whether one of two names is in Chinese characters and is read as the other, in Japanese or Chinese; both may leave out their word
    for a paper, and a firm its legal form.

    >>> read("Hokuto Shimpo", "北都新報"), read("the newspaper Yomiuri", "読売新聞"), read("Tokyo", "東京新聞")
    (True, True, False)
    """
    if bool(HAN_KANA.search(label)) == bool(HAN_KANA.search(outlet)):
        return False
    signs, letters = (label, outlet) if HAN_KANA.search(label) else (outlet, label)
    words = [w for w in WORD.findall(letters) if w.casefold() not in stop_words()]
    bare = [w for w in words if w.casefold() not in outlet_nouns()]
    if any(outlet_reads_as(signs, " ".join(found)) for found in (words, bare)):
        return True
    if read_in_parts(signs, tuple(words)) or read_as_body(signs, words):
        return True
    core = next((signs[:-n] for n in (3, 2, 1) if signs[-n:] in outlet_nouns()), "")
    cores = [(signs, words), (core, words), (core, bare)] if core else [(signs, words)]
    if any(spelled_in_letters(sign, " ".join(found)) for sign, found in cores):
        return True
    return (len(bare) < len(words) or len(bare) > 1) and len(core) > 1 and outlet_reads_as(core, " ".join(bare))


def read_as_body(signs: str, words: Sequence[str]) -> bool:
    """Whether a body in Chinese characters is one in letters: its first signs are read as the first word that tells, and both are one kind
    of body.

    >>> read_as_body("北都免疫研究所", ["Hokuto", "Institute", "of", "Immunology"]), read_as_body("北都大学", ["Hokuto", "Institute"])
    (True, False)
    """
    kinds = {concept_of(fold(w), "heads") for w in words} - {""}
    first = next((w for w in words if proper_part(fold(w))), "")
    if len(kinds) != 1 or not first or concept_of(fold(signs), "heads") not in kinds:
        return False
    return any(outlet_reads_as(signs[:n], first) for n in range(2, min(len(signs), 5)))


def spelled(name: str) -> str:
    """The acronym that a name in Arabic letters spells by the English names of its letters; "" where it is none."""
    letters = [LETTERS.get(w, "") for w in WORD.findall(name) if w.casefold() not in outlet_nouns()]
    return "".join(letters) if len(letters) in INITIALS and all(letters) else ""


def sounding(name: str) -> frozenset[str]:
    """The words that tell an outlet from others, as written; short ones ("and", the article) tell nothing."""
    return frozenset(w for w in long_words(name) if w.casefold() not in outlet_nouns())


def long_words(name: str) -> frozenset[str]:
    """The longer words of a name, as written, function words aside."""
    return frozenset(w for w in WORD.findall(name) if len(w) > SHORT_SOUND and w.casefold() not in stop_words())


def sounds_like(word: str, other: str) -> bool:
    """Whether two words in two scripts are one name: alike in what Arabic tells of consonants, and where these are few in all of them."""
    loan = KANA.search(word + other)  # kana tell no l from r
    one, two = ({once(o.replace("l", "r")) if loan else o for o in outlines(w)} - {""} for w in (word, other))
    one, two = ({sounds for o in found for sounds in (o, o.replace("ts", "s"))} for found in (one, two))  # a German z is written so
    shared = one & two
    return any(len(sounds) > FEW_SOUNDS for sounds in shared) or (bool(shared) and bones(word) == bones(other))


def bones(word: str) -> str:
    """The consonants of a word. Arabic letters stand for themselves: two alike have a vowel between them."""
    plain = "".join(map(skeleton, word.removeprefix("ال"))) if ARABIC.search(word) else skeleton(word)
    return re.sub(r"[aeiouvwyh]", "", plain)


def nameless(label: str) -> bool:
    """Whether a name says no more than that it is a paper or agency.

    >>> nameless("لوكالة"), nameless("the newspaper"), nameless("the paper Vigil")
    (True, True, False)
    >>> nameless("the Spanish newspaper"), nameless("الصحيفة الإسبانية"), nameless("The Irish Times")
    (True, True, False)
    >>> nameless("Spanish"), nameless("El Español"), nameless("للصحيفة الإسبانية")
    (True, False, True)
    """
    label = re.sub(r"\bلل", "ال", label)  # "to the", written as one
    words = [w.casefold() for w in WORD.findall(label)]
    if len(words) == 1 and words[0] in demonyms_of_all() and not outlet_by_name().get(words[0]):
        return True  # "told the Spanish newspaper El Puerto"
    bare = [w[1:] if ARABIC.match(w) and w[0] in JOINED else w for w in words]
    if describes_outlet(label):
        words, bare = ([w for w in found if w not in demonyms_of_all()] for found in (words, bare))
    return bool(words) and all(w in outlet_nouns() or v in outlet_nouns() or w in stop_words() for w, v in zip(words, bare, strict=True))


def describes_outlet(label: str) -> bool:
    """Whether a word for papers and agencies is written as a common noun: without a capital, in Arabic with the article."""
    return any(w.casefold() in outlet_nouns() and (w.startswith("ال") or (w.islower() and w.isascii())) for w in WORD.findall(label))


@cache
def demonyms_of_all() -> frozenset[str]:
    """The adjectives of countries in all languages."""
    return frozenset(w for code in LANGUAGES for words in section(code, "words").get("demonyms", {}).values() for w in words)


@cache
def outlet_nouns() -> frozenset[str]:
    """The words of all languages for papers, agencies and news."""
    phrases = (words for code in LANGUAGES for words in section(code, "sources").get("outlet", ()))
    return NEWS | frozenset(w.casefold().rstrip("*") for words in phrases for w in words.split())


def translated(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names of several words are one name in two kindred languages, nearly the same word for word.

    >>> translated(telling("Галицкий перегон"), telling("Галицький перегін")), translated(telling("Daily Note"), telling("Daily Vote"))
    (True, False)
    >>> same_publisher("Moravském listu", "Moravský list"), same_publisher("Moravský list", "Moravský kraj")
    (True, False)
    >>> same_publisher("Halytskyi Perehin", "Галицькому перегону"), same_publisher("Nova Gazeta", "Nova Gazdasag")
    (True, False)
    """
    if len(a) != len(b) or len(a) < 2 or not any(kindred(w, v) for w in a for v in b):
        return False
    return all(any(kindred(w, v) or cases(w, v) for v in b) for w in a) and all(any(kindred(w, v) or cases(w, v) for v in a) for w in b)


def cases(word: str, other: str) -> bool:
    """Whether a short word is another with an ending ("list", "listu"; "radio", "radiu"); beside a longer word that is the same."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return shared >= SHORT_STEM and max(len(word), len(other)) - shared < SHORT_SOUND


def same_outlet(one: str, other: str) -> bool:
    """Whether two names of outlets that are not in the collection mean one: what they are called beside the word for it, in any script.

    >>> same_outlet("Weekblad O Farol", "O Farol"), same_outlet("صحيفة أو فارول", "O Farol"), same_outlet("The Daily Post", "The Post")
    (True, True, False)
    """
    bare = bare_title(one), bare_title(other)
    if bare != (one, other) and same_name(*bare):
        return True
    scripts = [(bool(LATIN.search(name)), bool(FURTHER.search(name))) for name in (one, other)]
    return scripts[0] != scripts[1] and (same_publisher(*bare) or same_publisher(one, other))


def kindred(word: str, other: str) -> bool:
    """Whether two words of six letters or more begin and end alike, or are one, or differ in an ending only."""
    long = min(len(word), len(other)) >= LONG_WORD and word[:3] == other[:3]
    likeness = SequenceMatcher(None, word, other).ratio() if min(len(word), len(other)) >= LONG_WORD else 0.0
    return (long and likeness >= KINDRED) or likeness >= NEARLY or alike(word, other)


def bare_title(name: str) -> str:
    """The name of an outlet without the word for what it is and what stands before that; as it is where nothing is left.

    >>> bare_title("Weekblad De Vuurtoren"), bare_title("the Lisbon weekly O Farol"), bare_title("The Harbour Times")
    ('De Vuurtoren', 'O Farol', 'The Harbour Times')
    """
    words = list(WORD.finditer(name))
    noun = next((i for i, m in enumerate(words) if m[0].casefold() in outlet_nouns()), len(words))
    rest = words[noun + 1:]
    proper = any(m[0].casefold() not in outlet_nouns() and m[0].casefold() not in stop_words() for m in rest)
    return name[rest[0].start():].strip() if proper and rest[0][0][:1].isupper() else name


def same_name(one: str, other: str) -> bool:
    """Whether two names differ only in words that tell nothing, or one is the acronym of the other.

    >>> same_name("the New York Times", "The New York Times"), same_name("The Times", "The New York Times")
    (True, False)
    """
    a, b = telling(one), telling(other)
    return (bool(a) and (a == b or translated(a, b))) or acronym(one, other) or acronym(other, one)


def alike(word: str, other: str) -> bool:
    """Whether two words share their first letters, all but an ending or a vowel; g and h are one, as they are between Slavic languages."""
    one, two = word.replace("g", "h"), other.replace("g", "h")
    least = min(len(one), len(two))
    shared = next((i for i, (x, y) in enumerate(zip(one, two, strict=False)) if x != y), least)
    return one == two or (shared >= LEAST_SHARED and shared >= LIKE * least)


@cache
def acronym(short: str, name: str) -> bool:
    """Whether `short` are the initials of the words of `name`, with or without its function words, a "newswire" being two words.

    >>> acronym("PAN", "Polska Agencja Nadrzeczna"), acronym("dpa", "Deutsche Presse-Agentur"), acronym("He", "Harald Ek")
    (True, True, False)
    >>> acronym("ENW", "Eastern Newswire")
    True
    """
    letters = "".join(c for c in short if c.isalpha())
    if len(letters) not in INITIALS or any(c.isspace() for c in short.strip()) or not (letters.isupper() or len(letters) > 2):
        return False
    words = WORD.findall(name)
    parts = WORD.findall(COMPOUND.sub(r"\1 ", name))
    shorter = [w for w in words if w.casefold() not in stop_words()]
    plain = anyascii(letters).casefold()
    return any(len(ws) > 1 and "".join(anyascii(w[0]) for w in ws).casefold() == plain for ws in (words, shorter, parts))


def match(word: str, other: str) -> bool:
    """Whether two words are one, or a long one begins or ends the other (Polizei, Polizeiinspektion; Feuerwehr, Ortsfeuerwehr)."""
    few, many = sorted((word, other), key=len)
    return few == many or (len(few) >= 5 and many.startswith(few)) or (len(few) >= 7 and many.endswith(few))


@cache
def stop_words() -> frozenset[str]:
    """Function words of all languages, as written; skeletons would make "wire" a "wir"."""
    return frozenset(w.casefold() for code in LANGUAGES for w in section(code, "words").get("stop", ()))


@cache
def telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, as skeletons; none where each is a function word."""
    words = (skeleton(w) for w in WORD.findall(APOSTROPHE.sub("", name)) if w.casefold() not in stop_words())
    return frozenset(w for w in words if len(w) > 1)
