"""What changed between a quote's origin and each of its versions, and who its speaker is."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from anyascii import anyascii

from retold.base.records import Article, Attribution, Name, Passage, Quote, Sentence
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.link.quoteorigins import Origins, size_of
from retold.link.quotepairs import SAME_WORDS, share
from retold.link.quotespeakers import group_entity, group_speaker
from retold.link.transliteration import distance, script_of
from retold.link.utterances import ANONYMOUS, Utterance, names_outlet, nearness, words_of

TRUNCATED = 0.7  # length against the origin below which a translation leaves something out: 91 % of 151 told right, .6 87 %, .8 89 %
BRIEF = 55  # code points of an origin up to which lengths vary more, so that only
TRUNCATED_BRIEF = 0.5  # of it counts as left out
STEM = 4  # letters by which two words are forms of one
CUT = 0.85  # the same within a language, in words
KEPT = 0.9  # share of a version's words that the origin has, at which they are its own words
RENDERED = 0.8  # the same where both may be translations of words in a third language: two who translate choose other words
PERSON = "person"  # the kind of name that only one can bear
LETTERS = "latin"  # the script that readers of any language read
SAME = 0.34  # distance of two surnames up to which they may be one, in the spellings of two languages
BESIDE, NEAR = 0, 2  # sentences from a quote in which its speaker is named, of who is said to put it into another mouth and of the others
FIRST_PERSON = 2  # words of the first person outside quotes that make a text somebody's own


class Judge:
    """Tells changes: knows which articles speak first hand, and when they were published."""

    def __init__(
        self, batch: Batch, utterances: Sequence[Utterance], groups: Sequence[Sequence[int]], same: Mapping[str, str] | None = None,
    ) -> None:
        """same: entities that are one speaker's, by the one that stands for them."""
        same = same or {}
        self.articles = {a.id: a for a in batch.get(Article)}
        languages = {u.article: u.language for u in utterances}
        attributions, quotes, passages = batch.by_article(Attribution), batch.by_article(Quote), batch.by_article(Passage)
        self.own = {
            a: speaks_itself(self.articles[a], languages.get(a, ""), quotes.get(a, []), passages.get(a, [])) for a in sorted(self.articles)
        }
        self.quotes = {a: quotes.get(a, []) for a in sorted(self.articles)}
        self.forms: dict[tuple[str, str], Counter[str]] = {}
        for n in batch.get(Name):
            self.forms.setdefault((n.article, same.get(n.entity, n.entity)), Counter())[n.text] += 1
        self.starts = {article: sorted(s.start for s in rows) for article, rows in batch.by_article(Sentence).items()}
        second = {a: cites_outlet(self.articles[a], attributions.get(a, [])) for a in sorted(self.articles)}
        self.origins = Origins(self.articles, utterances, groups, own=self.own, second=second)

    def changes(self, members: Sequence[Utterance]) -> list[str]:
        """The change of each version of a group, in its order."""
        origin = self.origin(members)
        speaker = group_entity(members, origin)
        pieces = pieces_of(origin, members)
        wholes = [nearest_piece(u, pieces) or origin for u in members]
        changes = [self.change(u, whole, speaker, members) for u, whole in zip(members, wholes, strict=True)]
        return [whole_elsewhere(u, change, whole, members) for u, whole, change in zip(members, wholes, changes, strict=True)]

    def speaker(self, members: Sequence[Utterance]) -> str:
        """The speaker's best name; where the story writes it in two scripts, as its origin has it, the other in brackets."""
        origin = self.origin(members)
        label, entity = group_speaker(members, origin), group_entity(members, origin)
        entity = entity or next((u.entity for u in members if u.entity and u.speaker == label), "")
        if label == ANONYMOUS:
            return self.unnamed(origin or min(members, key=lambda u: u.place))
        if not label or not entity:
            return label
        label = self.marked(label, entity)
        own = self.written(origin, entity) if origin is not None else ""
        own = own if own and script_of(own) != script_of(label) else label
        other = label if own != label and LETTERS in (script_of(own), script_of(label)) else self.elsewhere(entity, script_of(own))
        return f"{own} ({other})" if other else own

    def marked(self, label: str, entity: str) -> str:
        """A name with the marks on its letters that another article has and its own left out ("Saribiyik", "Sarıbıyık"): none are added."""
        forms = {text for (_, key), found in self.forms.items() if key == entity for text in found if anyascii(text) == anyascii(label)}
        return max((label, *sorted(forms)), key=lambda text: (script_of(text) == script_of(label)) * sum(not c.isascii() for c in text))

    def written(self, u: Utterance, entity: str) -> str:
        """How the article of a version writes the name of an entity: as it calls the speaker, in full."""
        forms = self.forms.get((u.article, entity), Counter())
        pool = {text for text in forms if text in u.called or u.called in text} or set(forms)
        own = u.called if u.entity == entity else ""
        return min(pool, key=lambda text: (-len(text.split()), -len(text), -forms[text], text), default=own)

    def elsewhere(self, entity: str, script: str) -> str:
        """How the story writes the name of an entity in another script, Latin before the one used most; "" where it does not."""
        forms: Counter[str] = Counter()
        for (_, key), found in self.forms.items():
            forms.update(found if key == entity else ())
        scripts: Counter[str] = Counter()
        for text, n in forms.items():
            scripts[script_of(text)] += n if script_of(text) != script else 0
        used = min(scripts, key=lambda name: (name != LETTERS or not scripts[name], -scripts[name], name), default=script)
        pool = [text for text in forms if script_of(text) == used != script]
        return min(pool, key=lambda text: (-len(text.split()), -len(text), -forms[text], text), default="")

    def unnamed(self, u: Utterance) -> str:
        """What an article calls a source that it does not name, with a note that nobody names it."""
        called = next((q.speaker for q in self.quotes[u.article] if q.speaker and q.start < u.end and u.start < q.end), "")
        return f"{called} ({ANONYMOUS})" if called else ANONYMOUS

    def origin(self, members: Sequence[Utterance]) -> Utterance | None:
        """The version that the others go back to; None where it is missing."""
        return self.origins.choose(members)

    def change(self, u: Utterance, origin: Utterance | None, speaker: str, members: Sequence[Utterance]) -> str:
        """The change of one version."""
        if u is origin:  # or the piece of it that this one is
            return "verbatim"
        if speaker and u.entity and u.entity != speaker and self.told_apart(u, speaker, members):
            return "misattributed"
        if u.level == "reported" or (u.level == "plain" and not self.own[u.article]):
            return "paraphrased"
        if origin is None:
            longest = max((size_of(u2) for u2 in members if u2.level == "quoted"), default=1.0)
            return "truncated" if shorter(size_of(u), longest) else "translated"
        if u.language != origin.language:
            return "truncated" if shorter(size_of(u), size_of(origin)) else "translated"
        rendered = u.article != origin.article and not self.own[origin.article]
        translated = rendered and any(m.language != u.language for m in members)
        return within(u, origin, kept=RENDERED if translated else KEPT)

    def told_apart(self, u: Utterance, speaker: str, members: Sequence[Utterance]) -> bool:
        """Whether its article means another person: one whose name sounds otherwise, in other letters one whom it names beside the speaker
        or whom the story names in the speaker's letters too.

        It is a grave thing to say of an article. So it must quote the words and name who says them in their own sentence, and another must
        name the speaker near them: who is named further off is often not the one who speaks. Whom one article of another language alone has
        may be the speaker in another spelling. An outlet that passes the words on, or a body that somebody speaks for, is no other speaker.
        """
        others = [m for m in members if m.entity == speaker]
        other = next(iter(others), None)
        if other is None or not u.entity_kind == other.entity_kind == PERSON or u.level != "quoted":
            return False
        if not self.names_speaker(u, BESIDE) or not any(self.names_speaker(m, NEAR) for m in others):
            return False
        beside = (u.article, speaker) in self.forms
        homes = [found for (article, entity), found in self.forms.items() if entity == u.entity and article != u.article]
        elsewhere = sorted({text for found in homes for text in found})
        if script_of(u.speaker) != script_of(other.speaker):
            alike = [text for text in elsewhere if script_of(text) == script_of(other.speaker)]
            return beside or any(not heard_alike(text, other.speaker) for text in alike)
        spelled_alike = any(m.language == u.language for m in others)
        return not heard_alike(u.speaker, other.speaker) and (beside or bool(elsewhere) or spelled_alike)

    def names_speaker(self, u: Utterance, far: int) -> bool:
        """Whether the article of a version names who says it in the sentence in which it begins, or up to some sentences from there."""
        starts = self.starts.get(u.article, [])
        quotes = (q for q in self.quotes[u.article] if q.speaker and q.start < u.end and u.start < q.end)
        return any(abs(bisect_right(starts, q.start) - bisect_right(starts, q.speaker_span[0])) <= far
                   for q in quotes if q.speaker_span[1] > q.speaker_span[0])


def heard_alike(a: str, b: str) -> bool:
    """Whether two persons' names in the same letters may be one: their last words sound alike, and the first ones where both have any.

    >>> heard_alike("Дарья Лозовая", "Дарина Лозова"), heard_alike("Marta Teles", "Vasco Teles"), heard_alike("Teles", "Vasco Teles")
    (True, False, True)
    """
    first, other = a.split(), b.split()
    pairs = [(first[-1], other[-1])] + ([(first[0], other[0])] if len(first) > 1 < len(other) else [])
    return all(distance(x, y) <= SAME for x, y in pairs)


def pieces_of(origin: Utterance | None, members: Sequence[Utterance]) -> list[Utterance]:
    """The pieces in which the origin's article quotes the speaker, where the words of the teller divide them; none where it has one.

    Headlines and what is part of a longer piece are repetitions.
    """
    if origin is None:
        return []
    own = [m for m in members if m.article == origin.article and m.level == "quoted" and not m.headline]
    pieces = [m for m in own if not any(repeats(m, other) for other in own)]
    return pieces if origin in pieces and len(pieces) > 1 else []


def repeats(u: Utterance, other: Utterance) -> bool:
    """Whether a piece is told again in another one of its article, which is longer or stands before it."""
    longer = (len(other.words), -other.start) > (len(u.words), -u.start)
    return longer and ((other.start <= u.start and u.end <= other.end) or share(u, other) >= SAME_WORDS)


def nearest_piece(u: Utterance, pieces: Sequence[Utterance]) -> Utterance | None:
    """The piece of the origin that a version goes back to; None where there are none."""
    return u if u in pieces else max(pieces, key=lambda p: (round(nearness(u, p), 4), p.place), default=None)


def whole_elsewhere(u: Utterance, change: str, origin: Utterance | None, members: Sequence[Utterance]) -> str:
    """A piece is not truncated where its article has the rest in other pieces, split by the words of the teller."""
    if change != "truncated" or origin is None or u.language != origin.language:
        return change
    pieces = [m for m in members if m.article == u.article and m.level == "quoted"]
    longest = max((len(m.words) for m in pieces), default=0)
    together = sum(len(m.words) for m in pieces)
    return "verbatim" if longest < CUT * len(origin.words) <= together <= 1.3 * len(origin.words) else change


def within(u: Utterance, origin: Utterance, *, kept: float = KEPT) -> str:
    """The change of a version in the origin's language."""
    if u.words == origin.words:
        return "verbatim"
    blocks = SequenceMatcher(None, u.words, origin.words, autojunk=False).get_matching_blocks()
    same = Counter(word for block in blocks for word in u.words[block.a : block.a + block.size])
    rest, left = Counter(u.words) - same, Counter(origin.words) - same
    if same.total() + inflected(rest, left) < kept * len(u.words):
        return "altered"
    return "truncated" if len(u.words) < CUT * len(origin.words) else "verbatim"


def inflected(rest: Counter[str], left: Counter[str]) -> int:
    """How many of the words of one text are other forms of words of the other ("I should", "she should have")."""
    stems = Counter(word[:STEM] for word in left.elements() if len(word) >= STEM)
    return (Counter(word[:STEM] for word in rest.elements() if len(word) >= STEM) & stems).total()


def shorter(size: float, whole: float) -> bool:
    """Whether a translation leaves something out, by its length and that of the whole, both as in English."""
    return size < (TRUNCATED if whole > BRIEF else TRUNCATED_BRIEF) * whole


def speaks_itself(article: Article, language: str, quotes: Sequence[Quote], passages: Sequence[Passage]) -> bool:
    """Whether an article is somebody's own statement: it says "I" or "we" outside quotes."""
    first = set(lexicon(language).words("sources", "pronouns_first"))
    inside = [(q.outer_start, q.outer_end) for q in quotes if q.kind != "indirect"]
    text = list(article.text)
    for start, end in inside:
        text[start:end] = " " * (end - start)
    blank = "".join(text)
    words = [w for p in passages if p.kind == "paragraph" for w in words_of(blank[p.start : p.end], language)]
    return sum(w in first for w in words) >= max(FIRST_PERSON, len(words) // 100)


def cites_outlet(article: Article, attributions: Sequence[Attribution]) -> bool:
    """Whether an article says that it has something from another outlet."""
    own = set(words_of(article.outlet or "", "en"))
    others = (a.outlet for a in attributions if a.outlet and a.kind != "credit")
    return any(not set(words_of(name, "en")) <= own and not names_outlet(name, article.outlet or "") for name in others)
