"""What changed between a quote's origin and each of its versions, and who its speaker is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.base.records import Article, Attribution, Name, Passage, Quote
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.link.transliteration import script_of
from retold.link.utterances import ANONYMOUS, Utterance, names_outlet, words_of

TRUNCATED = 0.7  # length against the origin below which a translation leaves something out: 91 % of 151 told right, .6 87 %, .8 89 %
BRIEF = 55  # code points of an origin up to which lengths vary more, so that only
TRUNCATED_BRIEF = 0.5  # of it counts as left out
SAME_LENGTH = 0.9  # share of the length of a version from which another may stand for it
FULL = 3  # steps of length: versions of the same step count as equally full, and the earliest of them is the origin
STEM = 4  # letters by which two words are forms of one
CUT = 0.85  # the same within a language, in words
KEPT = 0.9  # share of a version's words that the origin has, at which they are its own words
FIRST_PERSON = 2  # words of the first person outside quotes that make a text somebody's own


class Judge:
    """Tells changes: knows which articles speak first hand, and when they were published."""

    def __init__(self, batch: Batch, utterances: Sequence[Utterance]) -> None:
        self.articles = {a.id: a for a in batch.get(Article)}
        languages = {u.article: u.language for u in utterances}
        attributions, quotes, passages = batch.by_article(Attribution), batch.by_article(Quote), batch.by_article(Passage)
        self.own = {
            a: speaks_itself(self.articles[a], languages.get(a, ""), quotes.get(a, []), passages.get(a, [])) for a in sorted(self.articles)
        }
        self.quotes = {a: quotes.get(a, []) for a in sorted(self.articles)}
        self.forms: dict[tuple[str, str], Counter[str]] = {}
        for n in batch.get(Name):
            self.forms.setdefault((n.article, n.entity), Counter())[n.text] += 1
        self.second = {a: cites_outlet(self.articles[a], attributions.get(a, [])) for a in sorted(self.articles)}

    def changes(self, members: Sequence[Utterance]) -> list[str]:
        """The change of each version of a group, in its order."""
        speaker, origin = group_entity(members), self.origin(members)
        changes = [self.change(u, origin, speaker, members) for u in members]
        return [whole_elsewhere(u, change, origin, members) for u, change in zip(members, changes, strict=True)]

    def speaker(self, members: Sequence[Utterance]) -> str:
        """The speaker's best name; where its origin writes it in another script, as it stands there, the other in brackets."""
        label, origin = group_speaker(members), self.origin(members)
        if label == ANONYMOUS:
            return self.unnamed(origin or min(members, key=lambda u: u.place))
        if not label or origin is None:
            return label
        written = self.forms.get((origin.article, group_entity(members)), Counter())
        own = min(written, key=lambda text: (-len(text.split()), -len(text), -written[text], text), default="")
        own = own or (origin.speaker if origin.entity else "")
        return f"{own} ({label})" if own and script_of(own) != script_of(label) else label

    def unnamed(self, u: Utterance) -> str:
        """What an article calls a source that it does not name, with a note that nobody names it."""
        called = next((q.speaker for q in self.quotes[u.article] if q.speaker and q.start < u.end and u.start < q.end), "")
        return f"{called} ({ANONYMOUS})" if called else ANONYMOUS

    def origin(self, members: Sequence[Utterance]) -> Utterance | None:
        """The first-hand version, or the fullest and earliest; None where all are translations of one that is missing."""
        own = [u for u in members if self.own[u.article] and not self.second[u.article]]
        quoted = [u for u in members if u.level == "quoted"]
        if own:
            return max(own, key=lambda u: (size_of(u), u.place))
        if not quoted:
            return None
        first = [u for u in quoted if u.told_here] or [u for u in quoted if not self.second[u.article]]
        if not first and len({u.language for u in quoted}) > 1:
            return None
        pool = first or quoted
        chosen = self.earliest(pool)
        before = self.earliest([u for u in quoted if size_of(u) >= SAME_LENGTH * size_of(chosen)])
        told_before = (self.articles[before.article].published or "9") < (self.articles[chosen.article].published or "9")
        return before if told_before and not chosen.told_here else chosen

    def earliest(self, pool: Sequence[Utterance]) -> Utterance:
        """The fullest of some versions, by steps of length, and the earliest of those."""
        longest = max(size_of(u) for u in pool)
        return min(pool, key=lambda u: (-round(FULL * size_of(u) / longest), self.articles[u.article].published or "9", u.place))

    def change(self, u: Utterance, origin: Utterance | None, speaker: str, members: Sequence[Utterance]) -> str:
        """The change of one version."""
        if u is origin:
            return "verbatim"
        if speaker and u.entity and u.entity != speaker and self.told_apart(u, speaker, members):
            return "misattributed"
        if u.level not in ("quoted", "part") and not self.own[u.article]:
            return "paraphrased"
        if origin is None:
            longest = max((size_of(u2) for u2 in members if u2.level == "quoted"), default=1.0)
            return "truncated" if shorter(size_of(u), longest) else "translated"
        if u.language != origin.language:
            return "truncated" if shorter(size_of(u), size_of(origin)) else "translated"
        return within(u, origin)

    def told_apart(self, u: Utterance, speaker: str, members: Sequence[Utterance]) -> bool:
        """Whether its article means another person: it names the speaker too, or would write the name in the same letters."""
        named = next((m.speaker for m in members if m.entity == speaker), "")
        return (u.article, speaker) in self.forms or script_of(u.speaker) == script_of(named)


def whole_elsewhere(u: Utterance, change: str, origin: Utterance | None, members: Sequence[Utterance]) -> str:
    """A piece is not truncated where its article has the rest in other pieces, split by the words of the teller."""
    if change != "truncated" or origin is None or u.language != origin.language:
        return change
    pieces = [m for m in members if m.article == u.article and m.level == "quoted"]
    longest = max((len(m.words) for m in pieces), default=0)
    together = sum(len(m.words) for m in pieces)
    return "verbatim" if longest < CUT * len(origin.words) <= together <= 1.3 * len(origin.words) else change


def within(u: Utterance, origin: Utterance) -> str:
    """The change of a version in the origin's language."""
    if u.words == origin.words:
        return "verbatim"
    kept = Counter(u.words) & Counter(origin.words)
    rest, left = Counter(u.words) - kept, Counter(origin.words) - kept
    if kept.total() + inflected(rest, left) < KEPT * len(u.words):
        return "altered"
    return "truncated" if len(u.words) < CUT * len(origin.words) else "verbatim"


def inflected(rest: Counter[str], left: Counter[str]) -> int:
    """How many of the words of one text are other forms of words of the other ("I should", "she should have")."""
    stems = Counter(word[:STEM] for word in left.elements() if len(word) >= STEM)
    return (Counter(word[:STEM] for word in rest.elements() if len(word) >= STEM) & stems).total()


def size_of(u: Utterance) -> float:
    """The length of an utterance as an English text of the same content would have it, in code points."""
    return (u.end - u.start) / float(lexicon(u.language).table("script").get("density", 1.0))


def shorter(size: float, whole: float) -> bool:
    """Whether a translation leaves something out, by its length and that of the whole, both as in English."""
    return size < (TRUNCATED if whole > BRIEF else TRUNCATED_BRIEF) * whole


def group_entity(members: Sequence[Utterance]) -> str:
    """The entity that most versions name as the speaker; "" where no one leads."""
    counts = Counter(u.entity for u in members if u.entity)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else ""


def group_speaker(members: Sequence[Utterance]) -> str:
    """The speaker's best name: that of the leading entity, else the name that most quoted versions give, the fullest first."""
    entity = group_entity(members)
    if entity:
        return min((u for u in members if u.entity == entity), key=lambda u: u.place).speaker
    pool = [u for u in members if u.speaker and u.level == "quoted"] or [u for u in members if u.speaker]
    last = Counter(u.speaker.split()[-1].casefold() for u in pool)
    named = sorted(pool, key=lambda u: (not u.entity, -last[u.speaker.split()[-1].casefold()], -len(u.speaker.split()), u.place))
    return named[0].speaker if named else ""


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
