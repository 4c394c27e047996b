"""The names and outlets of a story, by place and by article: who publishes what, who speaks for whom, who speaks for themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.hanzi import HAN_KANA
from retold.base.records import Article, Attribution, Language, Name, Passage, Quote, Sentence, Span
from retold.base.tables import Batch, speakers
from retold.lexicons import Lexicon, lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_name
from retold.trace.affiliations import STOP, affiliations, members_of, publishes
from retold.trace.ownmarks import own_marks
from retold.trace.publishers import LATIN, WORD, outlet_nouns, same_publisher, telling
from retold.trace.releases import releases_of
from retold.trace.roles import whole
from retold.trace.titles import called_so, meant, romanised_kind, same_title
from retold.trace.wholenames import whole_bodies

TOLD_OF = 3  # times that the last name of whoever signs stands in a text: above it, below it, and once in between
SHORT_NAME = 2  # signs of a name that is too short to sign with
SIGNED = 250  # code points at either end of a text in which its author signs
TITLE = 4  # words up to which what stands in quotation marks may be a name
LONGEST_SIGNATURE = 80  # code points of the line in which
OWN_VOICE = 2  # sentences in the first person outside quotes from which a text speaks for itself
BEHIND = 3  # code points between a description and the name that it belongs to
ROLE = 30  # code points on either side of a name in which a word for a role counts
EDGE = 60  # code points from the beginning of a passage in which a dateline's agency stands
MARK = re.compile(r"[)\]]?\.?\s*[-–—:]")
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"”“»’」』)]*$")
MASTHEADS = frozenset({"messenger", "observer", "tribune", "chronicle", "echo", "dispatch"})  # what papers are called by, and little else
NO_PAPERS = ("tribunal", "obserwatori", "echograph", "chronolog")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The names and outlets of a story, by place and by article; `written`: the names as they are written, each with the language;
    `forms`: the same by entity; `members`: people, each with a body that they are said to be of; `quoted`: where somebody speaks;
    `releases`: articles that a body brought out itself; `reportage`: those whose reporter was there; `places`: the
    entities that are called by a name, folded; `marks`: those with which articles sign for their own outlet."""

    articles: Mapping[str, Article]
    languages: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    names: Mapping[str, tuple[Name, ...]]
    sentences: Mapping[str, Sequence[Sentence]]
    labels: Mapping[str, str]
    bodies: Mapping[str, str]
    members: frozenset[tuple[str, str]]
    voices: Mapping[str, int]
    publishers: Mapping[str, str]
    reporters: frozenset[str]
    called: frozenset[str]
    spoken: Mapping[str, str]
    written: frozenset[tuple[str, str]]
    forms: Mapping[str, frozenset[str]]
    quoted: Mapping[str, tuple[Span, ...]]
    releases: frozenset[str]
    reportage: frozenset[str]
    places: Mapping[str, frozenset[str]]
    marks: Mapping[str, str]


def make_register(batch: Batch) -> Register:
    """The register of a story."""
    articles = {a.id: a for a in batch.get(Article)}
    languages = {x.article: x.code for x in batch.get(Language)}
    releases = releases_of(articles, languages, bylined(batch))
    names: dict[str, list[Name]] = defaultdict(list)
    rows = agreed_kinds(bodies_named(batch, articles, releases), articles, languages)
    wide = whole_bodies(rows, batch.by_article(Attribution), articles, languages)
    for name in rows:
        names[name.article].append(replace(name, kind="organisation") if name.entity in wide else name)
    found = {article: tuple(rows) for article, rows in names.items()}
    reporters = reporters_of((row for a, row in articles.items() if a not in releases), languages)
    return Register(
        articles=articles, languages=languages, passages=batch.by_article(Passage), names=found, sentences=batch.by_article(Sentence),
        labels={n.entity: n.label for n in batch.get(Name)} | usual_labels(found) | wide,
        bodies=affiliations(articles, found, reporters, releases, languages),
        members=frozenset(pair for a, rows in found.items() for pair in members_of(rows, articles[a].text)),
        voices={a: own_voice(articles[a], languages.get(a, ""), batch) for a in articles},
        reporters=reporters,
        publishers={a: p for a, row in articles.items() if (p := row.outlet or heading(row, found.get(a, ()), batch))},
        called=frozenset(
            n.entity for a, rows in found.items() for n in rows
            if n.kind in ("outlet", "organisation") and called_outlet(n, articles[a].text, lexicon(languages.get(a, "")))),
        spoken=speakers(batch),
        releases=releases,
        reportage=frozenset(a for a, row in articles.items() if tells_itself(row, batch)),
        quoted={a: tuple((q.start, q.end) for q in rows if q.kind == "direct" and len(articles[a].text[q.start : q.end].split()) > TITLE)
                for a, rows in batch.by_article(Quote).items()},
        forms=forms_of(found.values()),
        places=called_so(n for rows in found.values() for n in rows),
        marks=own_marks(articles),
        written=frozenset((languages.get(a, ""), n.text) for a, rows in found.items() for n in rows),
    )


def bylined(batch: Batch) -> frozenset[str]:
    """The articles with a line above the text in which a person signs."""
    people: dict[str, list[Name]] = defaultdict(list)
    for n in batch.get(Name):
        if n.kind == "person":
            people[n.article].append(n)
    lines = (p for p in batch.get(Passage) if p.kind == "byline")
    return frozenset(p.article for p in lines if any(p.start <= n.start < p.end for n in people[p.article]))


def usual_labels(names: Mapping[str, Sequence[Name]]) -> dict[str, str]:
    """What to call a body whose label is in letters that few articles have, or is only the beginning of a name without spaces.

    It is called by its longest form in the letters of most articles, or with the word for what it is; a person by the whole name.
    """
    users: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    forms: dict[str, set[str]] = defaultdict(set)
    labels = {n.entity: n.label for found in names.values() for n in found if n.kind in ("organisation", "person")}
    people = {n.entity for found in names.values() for n in found if n.kind == "person"}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for n in (n for found in names.values() for n in found if n.entity in people):
        written[n.entity][n.text] += 1
    for n in (n for found in names.values() for n in found if n.entity in labels):
        users[n.entity][bool(LATIN.search(n.text))].add(n.article)
        forms[n.entity].add(n.text)
    out = {}
    for entity, label in labels.items():
        latin = bool(LATIN.search(label))
        longer = [f for f in forms[entity] if HAN_KANA.match(f) and f.startswith(label) and (
            entity in people or concept_of(fold(f), "heads"))]
        rare = entity not in people and len(users[entity][not latin]) > 2 * len(users[entity][latin])
        found = longer or [f for f in forms[entity] if rare and bool(LATIN.search(f)) != latin]
        if found:
            out[entity] = max(sorted(found), key=len)
        elif entity in people and (usual := shorter(label, written[entity])):
            out[entity] = usual
    return out


def shorter(label: str, written: Mapping[str, int]) -> str:
    """The whole name of a person that is written more often than a longer one with more words ("Ada Lunds Mantel"); "" for none."""
    first = label.split()[:1]
    often = [f for f, count in written.items() if 1 < len(f.split()) < len(label.split()) and f.split()[:1] == first
             and count > written.get(label, 0)]
    return max(sorted(often), key=lambda f: (written[f], len(f)), default="")


def forms_of(names: Iterable[Sequence[Name]]) -> dict[str, frozenset[str]]:
    """The forms of every entity, as they are written anywhere in the story."""
    out: dict[str, set[str]] = defaultdict(set)
    for rows in names:
        for n in rows:
            out[n.entity].add(n.text)
    return {entity: frozenset(texts) for entity, texts in out.items()}


def bodies_named(batch: Batch, articles: Mapping[str, Article], releases: frozenset[str]) -> list[Name]:
    """The names in the order of the texts, those of whoever brought out a release as bodies: as publishers they were read as outlets."""
    publishers = sorted({articles[a].outlet or "" for a in releases})
    return [replace(n, kind="organisation") if n.kind == "outlet" and any(publishes(n, p) for p in publishers) else n
            for n in sorted(batch.get(Name), key=lambda n: (n.article, n.start, n.end, n.id))]


def agreed_kinds(names: Sequence[Name], articles: Mapping[str, Article], languages: Mapping[str, str]) -> list[Name]:
    """The names; people that most articles call a paper or agency as outlets, outlets and bodies that most have for a person as people.

    One article that reads "kurier Jan Pyrek" as a paper, or "Jornal da Ria" as a woman, is outvoted by the others. A thing that is called
    a paper ("the Lower Evening News", 河口晚报) is one, and so is a body in the marks that papers have (《东方在线》).
    """
    names = [replace(n, kind="outlet") if called_paper(n, articles[n.article].text) else n for n in names]
    heads = {n.entity for n in names if n.kind == "outlet" and is_masthead(n.text)}
    names = [replace(n, kind="outlet") if n.kind in ("thing", "organisation") and n.entity in heads else n for n in names]  # "the Courier"
    people, papers, others = (defaultdict[str, set[str]](set) for _ in range(3))
    for n in names:
        if n.kind in ("outlet", "organisation"):
            others[n.entity].add(n.article)
        if n.kind in ("person", "outlet"):
            called = names_paper(n.text) or directly_called(n, articles[n.article].text, lexicon(languages.get(n.article, "")))
            (papers if called else people if n.kind == "person" else others)[n.entity].add(n.article)
    human = {e: len(found - papers.get(e, set()) - others.get(e, set())) for e, found in people.items()}
    outlets = {e for e, found in papers.items() if len(found) > human.get(e, 0)}
    persons = {e for e, count in human.items() if count > len(papers.get(e, set()) | others.get(e, set()))}
    return [replace(n, kind="outlet") if n.kind == "person" and n.entity in outlets
            else replace(n, kind="person") if n.kind in ("outlet", "organisation") and n.entity in persons else n for n in names]


def names_paper(text: str) -> bool:
    """Whether a name of several words has a word for a paper or agency among them ("Jornal da Ria"); a body's may have one, too."""
    words = WORD.findall(text)
    return len(words) > 1 and any(w.casefold() in outlet_nouns() for w in words)


def called_paper(name: Name, text: str) -> bool:
    """Whether the name of a thing or body is that of a paper: by its end, its marks, or a word for a paper among several."""
    if name.kind not in ("thing", "organisation"):
        return False
    marked = text[name.start - 1 : name.start] == "《" if name.kind == "organisation" else (
        names_paper(name.text) and len(WORD.findall(name.text)) > SHORT_NAME)
    return marked or ends_as_paper(name.text) or is_masthead(name.text)


def is_masthead(text: str) -> bool:
    """Whether a name of several words has one that hardly anything but papers is called by.

    >>> is_masthead("Ludmore Observer"), is_masthead("Le Messager du Lac"), is_masthead("Tribunal de Lac"), is_masthead("Observatory Lac")
    (True, True, False, False)
    """
    words = [fold(w) for w in WORD.findall(text)]
    return len(words) > 1 and any(meant(w) & MASTHEADS and not w.startswith(NO_PAPERS) for w in words if len(w) > SHORT_NAME)


def ends_as_paper(text: str) -> bool:
    """Whether a name in a script without spaces ends in a word for a paper or agency: 河口晚报."""
    return len(HAN_KANA.findall(text)) == len(text) > SHORT_NAME + 1 and any(
        text.endswith(noun) and HAN_KANA.match(noun) for noun in outlet_nouns() if 1 < len(noun) < len(text))


def directly_called(name: Name, text: str, words: Lexicon) -> bool:
    """Whether a word for a paper or agency stands right before a name ("the newspaper Vigil")."""
    before = text[max(0, name.start - ROLE) : name.start].rstrip(" „“”«»\"'‘「『《")
    return any(m.end() == len(before) for m in words.pattern("sources", "outlet").finditer(before))


def heading(article: Article, names: Sequence[Name], batch: Batch) -> str | None:
    """The outlet that heads a text whose outlet is not given: in a byline above it, or in the mark of its dateline."""
    tops = [p for p in batch.by_article(Passage).get(article.id, []) if p.start <= SIGNED]
    for name in (n for n in names if n.kind == "outlet"):
        for p in tops:
            if p.start <= name.start < p.end and (
                p.kind in ("byline", "dateline") or (
                    p.kind == "paragraph" and name.start - p.start <= EDGE and MARK.match(article.text, name.end))):
                return name.label
    return None


def own_voice(article: Article, language: str, batch: Batch) -> int:
    """How many sentences of an article speak in the first person outside quotes; a paper that names itself ("our reporter") does not."""
    words = lexicon(language)
    pattern, itself = words.pattern("sources", "pronouns_first"), words.pattern("sources", "own_outlet")
    quotes = [q for q in batch.by_article(Quote).get(article.id, []) if q.kind != "indirect"]
    count = 0
    for s in batch.by_article(Sentence).get(article.id, []):
        silent = [(q.outer_start, q.outer_end) for q in quotes if q.outer_start < s.end and q.outer_end > s.start]
        silent += [m.span() for m in itself.finditer(article.text, s.start, s.end)]
        count += any(not any(a <= m.start() < b for a, b in silent) for m in pattern.finditer(article.text, s.start, s.end))
    return count


def tells_itself(article: Article, batch: Batch) -> bool:
    """Whether a reporter tells outside quotes what they saw or who told them, or was sent there ("I watched", "notre envoyé spécial")."""
    quotes = [q for q in batch.by_article(Quote).get(article.id, []) if q.kind != "indirect"]
    return any(not any(q.outer_start <= m.start() < q.outer_end for q in quotes) for m in whole("narrators").finditer(article.text))


def reporters_of(articles: Iterable[Article], languages: Mapping[str, str]) -> frozenset[str]:
    """The outlets whose own name says that they report ("agency", "gazette"), in their article's language."""
    return frozenset(a.outlet for a in articles
                     if a.outlet and lexicon(languages.get(a.id, "")).pattern("sources", "outlet").search(a.outlet.casefold()))


def called_outlet(name: Name, text: str, words: Lexicon) -> bool:
    """Whether a name is surely that of an outlet: listed as one that reports, or with a word such as "newspaper" next to it."""
    listed = outlet_by_name().get(name.label.casefold())
    if listed and not listed.doubts(name.text):
        return listed.kind not in ("official", "press_release")
    nouns = words.pattern("sources", "outlet")
    before = text[max(0, name.start - ROLE):name.start]
    if " " in name.text and nouns.search(name.text):
        return True
    if " " not in name.label:  # a single word is an outlet's name only right behind the noun ("the daily Vigil")
        return any(m.end() >= len(before.rstrip(" „“”«»\"'‘")) for m in nouns.finditer(before))
    return bool(nouns.search(before) or nouns.search(text, name.end, name.end + ROLE))


def published_by(label: str, register: Register, article: str, kind: str) -> str | None:
    """The article in the collection that the named source published, or wrote in the first person: the earliest, not the article itself.

    The name of an outlet may be a translation, where the two articles are in two languages.
    """
    found = [a for a in register.articles.values() if a.id != article and (
        same_publisher(label, register.publishers.get(a.id)) or signs_so(label, a.id, register)
        or (kind in ("person", "organisation") and wrote(label, a, register)))]
    if not found and kind in ("outlet", "agency"):
        found = [a for a in register.articles.values() if register.languages.get(a.id) != register.languages.get(article)
                 and same_title(label, register.publishers.get(a.id) or "", register.places)]
        others = {p for a, p in sorted(register.publishers.items()) if a != article and romanised_kind(label, p)}
        found = found or [a for a in register.articles.values() if len(others) == 1 and register.publishers.get(a.id) in others]
    return min(found, key=lambda a: (a.published is None, a.published or "", a.id)).id if found else None


def signs_so(label: str, article: str, register: Register) -> bool:
    """Whether a name is or ends in the mark with which an article signs for its own outlet ("the agency NOA")."""
    mark = register.marks.get(article, "")
    return bool(mark) and label.split()[-1:] == [mark]


def brought_out(entity: str, register: Register, article: str, kind: str) -> str | None:
    """The earliest other article whose outlet, or whose signature, is one of the forms of an entity word for word.

    A name that another script spells otherwise leads to its article by the forms that it has elsewhere in the story.
    """
    forms = {" ".join(f.casefold().split()) for f in register.forms.get(entity, ())}
    found = [a for a in register.articles.values() if a.id != article and (
        (register.publishers.get(a.id) or "").casefold() in forms or (
            kind == "person" and speaks_itself(a.id, register) and signed(a, forms, register)))]
    return min(found, key=lambda a: (a.published is None, a.published or "", a.id)).id if found else None


def speaks_itself(article: str, register: Register) -> bool:
    """Whether an article speaks in the first person; one sentence is enough in languages that mostly leave the pronoun out."""
    dropped = not lexicon(register.languages.get(article, "")).spaced
    return register.voices.get(article, 0) >= (1 if dropped else OWN_VOICE)


def signed(article: Article, forms: Iterable[str], register: Register) -> bool:
    """Whether an article is signed with one of some names, whole: by author, or in a line above or below it that is no headline."""
    lines = [line.casefold() for line in (article.author or "", *signing_lines(article, register))]
    return any(len(f) > SHORT_NAME and f in line for f in forms for line in lines)


def wrote(label: str, article: Article, register: Register) -> bool:
    """Whether a person signs an article that speaks in the first person: by author, or by their full name in a line above or below it.

    A line of running text signs nothing: who stands in the first or last sentence is told of. So is whoever is named again and again.
    """
    words = telling(label)
    if len(words) < 2 or register.voices.get(article.id, 0) < OWN_VOICE:
        return False
    if words <= telling(article.author or ""):
        return True
    often = len(re.findall(re.escape(label.split()[-1]), article.text)) > TOLD_OF
    return not often and any(words <= telling(line) for line in signing_lines(article, register))


def signing_lines(article: Article, register: Register) -> list[str]:
    """The lines in which the author of an article may sign; of a headline, which tells of somebody ("Statement about Jo Ward"), what
    stands before a comma, and only where it is a name ("Jo Ward, historian")."""
    passages, names = register.passages.get(article.id, ()), {n.text for n in register.names.get(article.id, ())}
    titles = [article.text[p.start:p.end] for p in passages if p.kind == "headline"]
    lines = signatures(article.text)
    return [line for line in lines if not any(line in title for title in titles)] + [
        line for line in (line.split(",")[0] for line in lines) if line in names]


def signatures(text: str) -> list[str]:
    """The lines at either end of a text in which its author may sign: short ones that do not end as sentences do.

    >>> signatures("Jo Ward\\n\\nOn Sunday The Post had them in talks.\\n\\n(Jo Ward)")
    ['Jo Ward', '(Jo Ward)']
    """
    out, at = [], 0
    for line in text.split("\n"):
        edge = at < SIGNED or at + len(line) > len(text) - SIGNED
        if edge and line.strip() and len(line) <= LONGEST_SIGNATURE and not SENTENCE_END.search(line.strip()):
            out.append(line.strip())
        at += len(line) + 1
    return out


def names_at(span: Span, register: Register, article: str) -> list[Name]:
    """The names inside a span or right behind it in one sentence (", Ada Lund"), people first, places last."""
    text = register.articles[article].text
    inside = [n for n in register.names.get(article, ()) if n.start < span[1] + BEHIND and n.end > span[0]
              and not STOP.search(text, span[1], max(span[1], n.start))]
    return sorted(inside, key=lambda n: (n.kind == "place", n.kind != "person", n.start >= span[1], n.start))


def named(span: Span, register: Register, article: str) -> Name | None:
    """The name inside a span: a person before a body, the first of its kind."""
    return next(iter(names_at(span, register, article)), None)
