"""Which words of a unit are cues: verbs of saying with a subject or a complement, prepositions of source."""

from __future__ import annotations

from retold.identify.cues import CLASSES, OF_DOCUMENTS, TELLING, WEIGHED, Phrasebook
from retold.identify.nouncues import noun_cue
from retold.identify.nounphrases import MAX_LED, NAMED, likeness, noun_right
from retold.identify.prepositions import is_standpoint, is_thus
from retold.identify.quotatives import inflected, quotative, within_marks
from retold.identify.uninflected import NOUNS, is_name_of
from retold.identify.units import Unit

WEIGHED_KEYS = frozenset(WEIGHED)
SURE = tuple(key for key in WEIGHED if key != "inserted")  # keys that make a cue without more ado
ASKED = TELLING | OF_DOCUMENTS | {"by_which"}  # keys without one of which a word is looked at no further
JOINED = ("say", "report", "confirm", "deny")  # keys of verbs that may stand right behind another, as one cue ("改口承认")
MAX_SHOWN = 4  # tokens from a document behind its preposition to the verb that tells that something emerges from it
LONGEST_PAPER = 3  # tokens of a noun for a document
MAX_TOLD_IN = 6  # tokens from what leads to a document to the noun for it ("heißt es in dem 80-seitigen Prüfbericht")
MIN_STATED = 3  # characters of "in a statement" and the like before a verb of saying
MAX_REFUSING = 7  # tokens between a word of answering and the one that refuses it
PHRASE = 3  # tokens of a cue that is whole as it stands, though its verb may be separable ("kommt zu dem Schluss")
MAX_CUES = 12  # cues of one sentence; the most in 300 political articles is 7, more are lists


def find_cues(unit: Unit, book: Phrasebook) -> list[tuple[int, int, str]]:
    """(first token, length, key) of each cue of the unit, longest at each place, none inside another."""
    out: list[tuple[int, int, str]] = []
    taken = 0
    for i, tags in enumerate(unit.tags):
        first = first_cue(unit, i, book) if i >= taken and unit.tokens[i].low in book.openers else None
        if first is not None:
            out.append(first)
            taken = first[0] + first[1]
            continue
        if not tags or i < taken or ASKED.isdisjoint(tags) or no_word(unit, i):
            continue
        paper = document_cue(unit, i)
        if paper is not None:
            out.append(paper)
            taken = i + paper[1]
            continue
        sure = sure_cue(unit, i, book)
        if sure is not None:
            out += [sure] if sure[2] else []
            taken = i + (sure[1] if sure[2] in ("", "by_pronoun") else int(sure[2] == "noun"))
            continue
        if "infinitives" in tags and led_on(unit, i):
            out.append((i, tags["infinitives"], "say"))
            taken = i + tags["infinitives"]
            continue
        best = best_key(unit, i)
        if best is not None and tags.get("reportive", 0) >= best[0] + book.spaced:
            taken = i + tags["reportive"]
            continue
        preposition = best is not None and best[2] in ("according_to", "postpositions")
        if best is None or (not preposition and is_noun(unit, i, best[0], book)) or not plausible(unit, i, best[0], best[2]):
            continue
        length = best[0] if book.spaced else joined_verbs(unit, i, best[0])
        if not (book.spaced or book.verb_final) and preposition and length > best[0] and i and best[0] >= MIN_STATED:
            best = (best[0], 0, "say")  # "X在声明中称": the statement in which X says it
        length = best[0] if preposition and best[2] != "say" else length
        taken = i + length
        begin = i + (best[2] in CLASSES and length > 1 and opens_with_teller(unit, i))
        out.append((begin, taken - begin, "attitude" if best[2] == "loose" else best[2]))
    return out[:MAX_CUES]


def no_word(unit: Unit, i: int) -> bool:
    """Whether a token says nothing whatever it is: part of a phrase that keeps a name back, of marked words, of a longer noun."""
    return unit.veiled[i] or (bool(unit.marked) and within_marks(unit, i)) or within_noun(unit, i)


def told_only(unit: Unit, i: int, length: int) -> bool:
    """Whether a verb that says something only sometimes does so here: "that", a colon or a quote behind it, or whoever speaks, where it
    opens its clause behind a comma or a quote ("…, calcule un habitué")."""
    after = i + length
    if after < len(unit.tokens) and (unit.has(after, "that") or unit.tokens[after].low == ":" or unit.tokens[after].quote >= 0):
        return True
    a, b = unit.segments[unit.segment_of[i]] if unit.segment_of[i] >= 0 else (i, i)
    first = next((t for t in range(a, i) if not unit.has(t, "helpers", "passives") and unit.tokens[t].word), i)
    bare = first == i and unit.tokens[i].low.endswith(unit.book.past) and not any(unit.has(t, "helpers", "passives") for t in range(a, i))
    if not a or bare or first < i or after >= b:
        return not bare and any(unit.tokens[t].low == ":" for t in range(b, min(b + 1, len(unit.tokens))))
    source = noun_right(unit, after, b)
    return source is not None and (likeness(unit, source) >= NAMED or unit.tokens[a - 1].quote >= 0)


def within_noun(unit: Unit, i: int) -> bool:
    """Whether a sign is the second of a noun, where words are not spaced ("数据显示": no "据")."""
    if unit.book.spaced or not i or not unit.tags[i - 1]:
        return False
    before = max(unit.tags[i - 1].get(key, 0) for key in NOUNS)
    return before > 1 and not any(unit.tags[i].get(key, 0) > before for key in (*CLASSES, "according_to", "attitude"))


def first_cue(unit: Unit, i: int, book: Phrasebook) -> tuple[int, int, str] | None:
    """A cue that is looked for before the words of the lexicon: a separable verb, or what a particle of quoting leads to."""
    apart = unit.tokens[i].low in book.separable and max((unit.tags[i].get(key, 0) for key in CLASSES), default=0) < PHRASE
    separate = separable_class(unit, i, book) if apart else ""
    if separate:
        return i, 1, separate
    return quotative(unit, i) if book.verb_final and not book.spaced else None


def opens_with_teller(unit: Unit, i: int) -> bool:
    """Whether the phrase of a cue opens with the noun for those who heard or were told something ("court heard"): it is the source."""
    return unit.book.spaced and not unit.book.verb_final and unit.has(i, "organisation", "roles", "statement_nouns")


def led_on(unit: Unit, i: int) -> bool:
    """Whether an infinitive of saying tells what somebody said: a verb leads to it that says he did ("se limitó a señalar")."""
    return any(unit.tags[t].get("catenative", 0) == i - t for t in range(max(0, i - MAX_LED), i))


def document_cue(unit: Unit, i: int) -> tuple[int, int, str] | None:
    """A cue that only documents have, where one stands beside it: "the indictment lists", "es wird deutlich aus dem Protokoll"."""
    tags = unit.tags[i]
    if OF_DOCUMENTS.isdisjoint(tags) or unit.mentions[i] is not None:
        return None
    if "statement_nouns" in tags and not (i + 1 < len(unit.tokens) and unit.has(i + 1, "that")):
        return None  # "the records show", but "the minutes record that"
    length = tags.get("told_in", 0)
    if length > max(tags.get(key, 0) for key in SURE):
        behind = range(i + length, min(i + length + MAX_TOLD_IN, len(unit.tokens)))
        if any(unit.has(j, "statement_nouns") for j in behind):
            return i, length, "according_to"
    length = tags.get("shows", 0)
    if length <= max(tags.get(key, 0) for key in SURE) or unit.segment_of[i] < 0:
        return None
    return (i, length, "attitude") if any(unit.has(j, "statement_nouns") for j in subject_range(unit, i, length)) else None


def subject_range(unit: Unit, i: int, length: int) -> range:
    """The tokens among which the document is that is the subject of a verb: its segment before it, or all before where that is empty, or
    where the verb closes its clause; what follows where it opens one."""
    a, b = unit.segments[unit.segment_of[i]]
    if unit.book.verb_first:
        return range(i + length, min(b, i + length + MAX_TOLD_IN))
    return range(0 if unit.book.verb_final or i == a else a, i)


def brought_out(unit: Unit, i: int) -> bool:
    """Whether a verb only tells where a document came out, and what the document says follows ("a study published in X concludes that")."""
    if not i or not unit.book.spaced or unit.segment_of[i] < 0 or not unit.has(i, "report", "announce") or unit.mentions[i - 1] is not None:
        return False
    b = unit.segments[unit.segment_of[i]][1]
    if i + 1 < b and unit.has(i + 1, "that"):
        return False
    b = len(unit.tokens) if unit.segment_of[i] == 0 and unit.has(0, "breaks") else b  # "In a report published on Monday, X says"
    said = (j for j in range(i + 1, b) if unit.mentions[j] is None and unit.has(j, *CLASSES, "attitude", "shows"))
    return stands_behind_paper(unit, i) and any(not unit.has(j, "statement_nouns") for j in said)


def stands_behind_paper(unit: Unit, i: int) -> bool:
    """Whether the noun for a document stands right before a token."""
    return any(unit.tags[j].get("statement_nouns", 0) == i - j for j in range(max(0, i - LONGEST_PAPER), i))


def best_key(unit: Unit, i: int) -> tuple[int, int, str] | None:
    """The longest cue among the phrases that begin at a token; one that says something only sometimes only where it does."""
    best = longest_key(unit.tags[i])
    if best is None or best[2] != "inserted":
        return best
    return (best[0], 0, "say") if told_only(unit, i, best[0]) else None


def longest_key(tags: dict[str, int]) -> tuple[int, int, str] | None:
    """(length in tokens, minus its place, key) of the longest cue among the phrases that begin at a token; None where there is none."""
    if WEIGHED_KEYS.isdisjoint(tags):
        return None
    return max((tags[key], -place, key) for place, key in enumerate(WEIGHED) if key in tags)


def sure_cue(unit: Unit, i: int, book: Phrasebook) -> tuple[int, int, str] | None:
    """A cue that needs no weighing: its phrase says what it is; with the key "" where nothing is said there; None for all others."""
    tags = unit.tags[i]
    if "refusals" in tags or refuses(unit, i) or refused(unit, i):
        return i, max(tags.get("refusals", 0), 1), ""
    if "by_pronoun" in tags:
        return i, tags["by_pronoun"], "by_pronoun"
    if brought_out(unit, i):
        return i, 1, ""
    if "by_which" in tags and i and unit.tokens[i - 1].word:
        return i, tags["by_which"], ""  # "the claim according to which": whose it is stands before
    whose = ("standpoint" in tags and is_standpoint(unit, i, book)) or ("thus" in tags and is_thus(unit, i))
    if whose:
        return i, max(tags.get("standpoint", 0), tags.get("thus", 0)), "according_to"
    if noun_cue(unit, i):
        return i, tags.get("speech_nouns", 1), "noun"
    if statement_preposition(unit, i, book):
        return i, 1, "according_to"
    verb = 0 if book.spaced or "according_to" in tags else max(tags.get(key, 0) for key in CLASSES)
    if not verb:
        return None
    noun = max(tags.get(key, 0) for key in NOUNS)
    if 0 < noun < verb and not book.verb_final and is_name_of(unit, i, verb) and unit.has(i + noun, *CLASSES):
        return i, noun, ""  # "《晚报》的报道称"
    return (i, max(noun, verb), "") if verb < noun or (not book.verb_final and is_name_of(unit, i, verb)) else None


def refuses(unit: Unit, i: int) -> bool:
    """Whether a word is part of saying that somebody does not answer or comment: nothing is said then ("declined to comment").

    A word of answering and a word of refusing or denial stand in one segment, and no clause or quote follows.
    """
    if not unit.has(i, "answers", "refusing") or unit.segment_of[i] < 0:
        return False
    a, b = unit.segments[unit.segment_of[i]]
    a, b = max(a, i - MAX_REFUSING), min(b, i + MAX_REFUSING + 1)
    other = "refusing" if unit.has(i, "answers") else "answers"
    beside = [j for j in range(a, b) if j != i and unit.has(j, other)]
    if not beside:
        return False
    after = max(i, *beside) + 1
    said = any(unit.has(j, "that") for j in range(after, min(after + 1, len(unit.tokens))))
    following = unit.tokens[after : min(after + 2, len(unit.tokens))]
    return not said and not any(t.quote >= 0 or t.low == ":" for t in following)


def refused(unit: Unit, i: int) -> bool:
    """Whether a verb stands right beside the word that refuses an answer ("wil niet reageren", "لم يصدر أي تعليق")."""
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(unit.tokens) and unit.has(j, "refusing") and unit.mentions[j] is None]
    return any(refuses(unit, j) for j in beside) and unit.tokens[i].word and unit.has(i, *CLASSES, "attitude")


def joined_verbs(unit: Unit, i: int, length: int) -> int:
    """The length of a cue with the verb of saying or the endings right behind it, where words are not spaced ("警告说", "と述べます")."""
    after = i + length
    if unit.book.verb_final:
        return inflected(unit, after) - i
    if after < len(unit.tokens) and unit.has(after, *JOINED) and not unit.has(after, "statement_nouns"):
        return length + max(unit.tags[after].get(key, 0) for key in JOINED)
    return length


def separable_class(unit: Unit, i: int, book: Phrasebook) -> str:
    """The class of a separable verb at token i whose particle stands behind it in its segment; "" when there is none."""
    particles = book.separable.get(unit.tokens[i].low)
    if not particles or unit.segment_of[i] < 0:
        return ""
    end = particle_end(unit, i, i + 1, unit.segments[unit.segment_of[i]][1], book)
    return book.classes.get(f"{unit.tokens[i].low} {unit.tokens[end - 1].low}", "") if end > i + 1 else ""


def statement_preposition(unit: Unit, i: int, book: Phrasebook) -> bool:
    """Whether a preposition at i leads to a noun for a statement within three words ("nach einer neuen Studie")."""
    if not unit.has(i, "statement_prepositions") or unit.tags[i].get("according_to", 0) > 1:
        return False
    for j in range(i + 1, min(i + 5, len(unit.tokens))):
        if not unit.tokens[j].word:
            return False
        if unit.tokens[j].low.endswith(book.statements):
            return not any(unit.has(k, "shows") for k in range(j + 1, min(j + MAX_SHOWN, len(unit.tokens))))
    return False


def plausible(unit: Unit, i: int, length: int, key: str) -> bool:
    """Whether a preposition of source may be one here: the shortest ("so", "nach") only where punctuation sets them off."""
    if (
        not unit.book.spaced
        or key not in ("according_to", "postpositions")
        or length > 1
        or len(unit.tokens[i].low) > 4
        or not unit.tokens[i].word
    ):
        return True
    if key == "postpositions":
        ends = i + 1 == len(unit.tokens) or not unit.tokens[i + 1].word
        return ends or unit.tokens[i].low != "nach"
    before = unit.tokens[i - 1] if i else None
    if i + 1 < len(unit.tokens) and unit.mentions[i + 1] is None and unit.has(i + 1, "say") and not unit.has(i + 1, "articles"):
        return False  # "„Wikiasari“, so heißt ein Projekt"
    if len(unit.tokens[i].low) <= 2:
        return (
            before is not None
            and (before.low in ",–—" or before.quote >= 0)
            and i + 1 < len(unit.tokens)
            and (
                any(
                    unit.mentions[j] is not None or unit.tokens[j].capital or unit.has(j, "articles", "roles", "organisation", "outlet")
                    for j in range(i + 1, min(i + 3, len(unit.tokens)))
                )
            )
        )
    return True


def is_noun(unit: Unit, i: int, length: int, book: Phrasebook) -> bool:
    """Whether a cue word is a noun here ("the report", "a claim")."""
    if length > 1 or not book.spaced:
        return False
    if (
        book.cased
        and unit.tokens[i].capital
        and unit.kind not in ("headline", "subheading")
        and i
        and (unit.tokens[i - 1].word or unit.mentions[i] is not None)
    ):
        return True
    if book.nouns_capital:
        return False
    if i == 0:
        return not book.inverts and not unit.tokens[0].low.endswith(unit.book.participles) and book.cased
    before = unit.tokens[i - 1]
    if "roles" in unit.tags[i] and unit.has(i - 1, "towards", "of"):
        return True  # "preguntó al acusado"
    if unit.has(i, "statement_nouns") and before.low in book.indefinite:
        return True  # "en un comunicado que"
    if unit.has(i, "ambiguous") and not clear_verb(unit, i):
        return True
    if unit.has(i - 1, "articles") and (not unit.has(i - 1, "pronouns_person") or unit.has(i, "statement_nouns")):
        taken_up = i == 1 and unit.has(0, "anaphora") and unit.book.inserts  # "Lo conferma il sindaco"
        return not (i + 1 < len(unit.tokens) and (unit.has(i + 1, "that") or (taken_up and teller_begins(unit, i + 1))))
    return before.low == "s" and i > 1 and unit.tokens[i - 2].low == "'" and unit.has(i, "statement_nouns")


def teller_begins(unit: Unit, t: int) -> bool:
    """Whether somebody begins at a token, with an article or without one."""
    return unit.mentions[t] is not None or unit.has(t, "articles", "roles", "anonymous", "organisation", "outlet")


def clear_verb(unit: Unit, i: int) -> bool:
    """Whether a word that may be a noun or another verb is a cue here: a subject right before it, or a complement after."""
    after = i + 1
    if in_compound(unit, i):
        return False
    if after >= len(unit.tokens) or unit.tokens[after].low in ".":
        return (i > 0 and unit.has(i - 1, "pronouns_person", "pronouns_first", "roles", "anonymous")) or unit.mentions[i - 1] is not None
    if unit.has(after, "that") or unit.tokens[after].low in ":" or unit.tokens[after].quote >= 0:
        return True
    if unit.tokens[after].low == "," and after + 1 < len(unit.tokens) and unit.tokens[after + 1].quote >= 0:
        return True
    j = i - 1
    while j > 0 and unit.has(j, "helpers") and not unit.has(j, "pronouns_person"):
        j -= 1
    if unit.has(i, "told_to"):
        return j >= 0 and unit.tokens[j].word and not unit.has(i - 1, "joins")
    subject = j >= 0 and unit.has(
        j, "pronouns_person", "pronouns_first", "anonymous", "roles", "statement_nouns", "relative", "organisation"
    )
    return subject or (j >= 0 and unit.mentions[j] is not None and unit.mentions[j].kind in ("person", "outlet", "organisation"))  # type: ignore[union-attr]


def in_compound(unit: Unit, i: int) -> bool:
    """Whether an indefinite article leads to the name before a word: that is a noun then ("a New York Times report from Monday")."""
    mention = unit.mentions[i - 1] if i else None
    first = next((t for t in range(i) if mention is not None and unit.mentions[t] is mention), 0)
    return first > 0 and unit.tokens[first - 1].low in unit.book.indefinite and not unit.has(i + 1, "that")


def particle_end(unit: Unit, i: int, after: int, b: int, book: Phrasebook) -> int:
    """The end of the particle of a separable verb ("teilte … mit") at the end of the segment, or `after`."""
    particles = book.separable.get(unit.tokens[i].low)
    if particles:
        for j in range(b - 1, after - 1, -1):
            if unit.tokens[j].low in particles:
                return j + 1
    return after
