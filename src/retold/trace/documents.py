"""Documents that articles name as their source without saying whose they are: "the audit", "in dem Vermerk", 判决书.

An audit or a study is what its maker found out, a judgment is the court's, a statement what its body says: whoever names the document has
it from there. The maker is whoever is named with the document elsewhere in the article, or in an article that tells the same of it; a
statement is that of the body that the text spoke of last. A document that nobody is known to have made is a source of its own for the
article whose outlet has seen it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.base.records import Attribution, Claim, ClaimVersion, Name, Span
from retold.base.tables import Batch
from retold.lexicons.bodies import body_of, concept_of
from retold.lexicons.documents import ANY, alike, find_documents, uncertain
from retold.lexicons.names import fold
from retold.trace.affiliations import NEAR, publishes
from retold.trace.citations import make_statement, statements
from retold.trace.guesses import REPORTS
from retold.trace.namings import in_headline
from retold.trace.offices import office, stop_words
from retold.trace.publishers import WORD
from retold.trace.register import Register, brought_out, published_by
from retold.trace.statement import Statement
from retold.trace.told import says_own

MAKERS = {"judgment": "court", "indictment": "prosecutor"}  # kinds of documents that only one kind of office makes
NOTICE = "notice"  # the kind of documents that are the words of a body
BACK = 400  # code points back in which the body of a statement was spoken of
FAR = 4  # words between the noun for a document and the name of who made it ("a study by two researchers at the University of …")
LINKS = 3  # function words between the noun for a document and who made it
QUOTED = re.compile(r"[.;:!?…。！？\n\"“„«「『]")  # what parts the words for a document from what else a sentence says
LINKED = re.compile(r"[-–—.;:!?…。！？\n]")  # what no phrase that names the maker of a document has in it
OWNED = re.compile(r"['’]s\s|\s|-|的|の|['’]?\w{0,3}\s")  # between a maker and the document behind: "Weir's audit", 审计署的报告


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document with its maker, as an article tells it; `said`: the claims that it is named for."""

    kind: str
    place: int
    maker: Statement
    said: frozenset[str]


def all_statements(batch: Batch, register: Register) -> dict[str, list[Statement]]:
    """The sources that every article states, documents among them that somebody is known to have made, or that its outlet has seen."""
    stated = {article: [called_short(s, register) for s in rows if not only_mentioned(s, register)]
              for article, rows in statements(batch, register).items()}
    attributions, said = batch.by_article(Attribution), claims_of(batch)
    makers = {s.entity: s for rows in stated.values() for s in rows if s.entity and s.kind == "organisation"}
    made = {article: [*(m for s in rows for m in made_by(s, said, register)), *written(article, makers, register)]
            for article, rows in stated.items()}
    papers, out = papers_here(register), {}
    for article, rows in stated.items():
        known = {s.attribution for s in rows}
        more = [s for row in attributions.get(article, ()) if row.source and row.id not in known
                and (s := resolved(row, stated, made, said.get(row.id, frozenset()), register))]
        more += [s for s in named_with_maker(article, papers, register) if s.node not in {x.node for x in (*rows, *more)}]
        out[article] = sorted([*rows, *more], key=lambda s: s.span) if more else rows
    return out


def papers_here(register: Register) -> dict[str, str]:
    """The articles of the collection that are documents themselves, each with its kind: their headline begins with the word for one."""
    out = {}
    for article, passages in register.passages.items():
        text, head = register.articles[article].text, next((p for p in passages if p.kind == "headline"), None)
        words = text[head.start:head.end] if head else ""
        noun = next(iter(find_documents(words, register.languages.get(article, ""))), None)
        if noun and len(WORD.findall(words[:noun[0]])) <= 1 and register.publishers.get(article) not in register.reporters:
            out[article] = noun[2]
    return out


def named_with_maker(article: str, papers: Mapping[str, str], register: Register) -> Iterator[Statement]:
    """The documents of the collection that a text names with their makers: "the decision relies on the report of Ada Lund"."""
    text, language = register.articles[article].text, register.languages.get(article, "")
    for start, end, kind in find_documents(text, language) if set(papers) - {article} else ():
        behind = (n for n in register.names.get(article, ()) if end <= n.start <= end + 2 * NEAR and beside(n, (start, end), text))
        for n in behind:
            home = published_by(n.label, register, article, n.kind) or brought_out(n.entity, register, article, n.kind)
            if home and home in papers and alike(papers[home], kind):
                yield Statement(article=article, node=home, label=n.label, kind="document", own=False, credited=False, entity="",
                                span=(start, n.end), content=(), attribution="")


def called_short(s: Statement, register: Register) -> Statement:
    """A document that has nobody's name called by no more than what it is: "an internal memo" of "an internal memo seen by us"."""
    words = register.articles[s.article].text[slice(*s.span)]
    noun = next(iter(find_documents(words, register.languages.get(s.article, ""))), None)
    if s.kind != "document" or s.entity or noun is None or not s.node.startswith("external:"):
        return s
    label = " ".join(words[:noun[1]].split())
    return replace(s, node=f"external:{label}", label=label)


def only_mentioned(s: Statement, register: Register) -> bool:
    """Whether the words for a document only go on to a name far behind: "the letter sent after the third stage of the Lund Tour"."""
    text, language = register.articles[s.article].text, register.languages.get(s.article, "")
    noun = next(iter(find_documents(text[slice(*s.span)], language)), None)
    if noun is None or not s.entity or len(WORD.findall(text[s.span[0]:s.span[0] + noun[0]])) > LINKS:
        return False
    names = [n for n in register.names.get(s.article, ()) if s.span[0] <= n.start < s.span[1] and n.entity == s.entity]
    return bool(names) and not any(beside(n, (s.span[0] + noun[0], s.span[0] + noun[1]), text) for n in names)


def claims_of(batch: Batch) -> dict[str, frozenset[str]]:
    """What each attribution is named for: claims of the story."""
    groups = {v.claim: v.group for v in batch.get(ClaimVersion)}
    out: dict[str, set[str]] = defaultdict(set)
    for claim in batch.get(Claim):
        if claim.attribution and claim.id in groups:
            out[claim.attribution].add(groups[claim.id])
    return {key: frozenset(found) for key, found in out.items()}


def made_by(s: Statement, said: Mapping[str, frozenset[str]], register: Register) -> Iterator[Made]:
    """The document in the words for a source whose maker, or who got hold of it, is named right beside it."""
    text, language = register.articles[s.article].text, register.languages.get(s.article, "")
    for start, end, kind in find_documents(text[slice(*s.span)], language):
        noun = s.span[0] + start, s.span[0] + end
        names = [n for n in register.names.get(s.article, ()) if s.span[0] <= n.start < s.span[1] and n.entity == s.entity]
        if not s.entity or any(beside(n, noun, text) for n in names):
            yield Made(kind=kind, place=noun[0], maker=s, said=said.get(s.attribution, frozenset()))


def beside(name: Name, noun: Span, text: str) -> bool:
    """Whether a name stands so near the noun for a document, in one phrase, that it tells whose that is."""
    between = text[name.end:noun[0]] if name.end <= noun[0] else text[noun[1]:name.start]
    return len(WORD.findall(between)) <= FAR and not LINKED.search(between.strip(" -"))


def written(article: str, makers: Mapping[str, Statement], register: Register) -> Iterator[Made]:
    """The documents that a text names with their makers, which are sources somewhere in the story, though it does not cite them there."""
    text, language = register.articles[article].text, register.languages.get(article, "")
    names = [n for n in register.names.get(article, ()) if n.entity in makers]
    for start, end, kind in find_documents(text, language) if names else ():
        for n in names:
            behind = text[end:n.start] if end <= n.start <= end + NEAR else ""
            words = WORD.findall(behind)
            of = behind.startswith((" ", "'", "’")) and len(words) <= LINKS and all(w.casefold() in stop_words(language) for w in words)
            if (of and not LINKED.search(behind)) or (n.end <= start and OWNED.fullmatch(text[n.end:start])):
                yield Made(kind=kind, place=start, maker=makers[n.entity], said=frozenset())


def resolved(
    row: Attribution, stated: Mapping[str, Sequence[Statement]], made: Mapping[str, Sequence[Made]], said: frozenset[str],
    register: Register,
) -> Statement | None:
    """The statement for a document that a source names, or None where it is none, or it is nobody's and the outlet has not seen it."""
    span, article = row.source[0], row.article
    words, language = register.articles[article].text[slice(*span)], register.languages.get(article, "")
    noun = next(iter(find_documents(words, language)), None)
    if noun is None or uncertain(language).search(words) or row.source_kind in ("person", *REPORTS) or in_headline(span, register, article):
        return None
    if len(WORD.findall(words[:noun[0]])) > FAR:
        return None  # "two people who have seen the file"
    kind, body = noun[2], body_within(words, noun, language)
    if kind in MAKERS or body:
        maker = only(s for rows in (stated[article], *stated.values()) for s in rows if is_maker(s, MAKERS.get(kind, ""), body, register))
    elif kind == NOTICE:
        said_by = speaking_here(row, register) or speaking_last(row, stated[article]) or made_here(kind, span, made[article])
        maker = None if WORD.search(words, noun[1]) else said_by
    else:
        bare = all(w.casefold() in stop_words(language) for w in WORD.findall(words[:noun[0]] + " " + words[noun[1]:]))
        maker = made_here(kind, span, made[article]) or made_elsewhere(kind, article, said, made, bare=bare)
        maker = maker or seen(row, " ".join(words[:noun[1]].split()), register)
    if maker is None or maker.node == article:
        return None
    return replace(maker, article=article, credited=False, span=span, content=row.content, attribution=row.id,
                   own=maker.own and maker.kind == "document")


def seen(row: Attribution, label: str, register: Register) -> Statement | None:
    """The document itself, where the words for it say that this outlet has seen it ("a memo that this newspaper has seen")."""
    text, start = register.articles[row.article].text, row.source[0][0]
    stop = row.source[0][1] + len(QUOTED.split(text[row.source[0][1]:row.source[0][1] + NEAR])[0])
    own = register.publishers.get(row.article)
    itself = any(start <= n.start < stop and publishes(n, own) for n in register.names.get(row.article, ()))
    if not itself and not says_own(text[start:stop], register, row.article):
        return None
    return Statement(article=row.article, node=f"external:{label}", label=label, kind="document", own=True, credited=False, entity="",
                     span=row.source[0], content=(), attribution="")


def body_within(words: str, noun: tuple[int, int, str], language: str) -> str:
    """What kind of body a phrase says a document is of, without a name ("в заявлении посольства"); "" for none."""
    rest = WORD.findall(words[:noun[0]]) + WORD.findall(words[noun[1]:])
    return next((head for w in rest if (head := concept_of(fold(w), "heads") or body_of(w, language).head)), "")


def is_maker(s: Statement, key: str, head: str, register: Register) -> bool:
    """Whether a source is the office that makes such documents, or a body of a kind."""
    language = register.languages.get(s.article, "")
    if s.kind != "organisation":
        return False
    if key:
        return office(s.label, language) == key
    return any(head in (body_of(w, language).head, concept_of(fold(w), "heads")) for w in WORD.findall(s.label))


def only(found: Iterable[Statement]) -> Statement | None:
    """The first of some statements where all lead to one source."""
    rows = list(found)
    return rows[0] if rows and len({s.node for s in rows}) == 1 else None


def speaking_here(row: Attribution, register: Register) -> Statement | None:
    """The body that opens the sentence in which it says something in a statement ("Lund Gaz yaptığı açıklamada … doğruladı")."""
    start = row.source[0][0]
    s = next((s for s in register.sentences.get(row.article, ()) if s.start <= start < s.end), None)
    first = next((n for n in register.names.get(row.article, ()) if s and s.start <= n.start < start), None)
    if first is None or first.kind != "organisation" or any(a <= first.start < b for a, b in row.content):
        return None
    return make_statement(row, (first.start, first.end), register, own=False, outlet=None)


def speaking_last(row: Attribution, stated: Sequence[Statement]) -> Statement | None:
    """The body that the text spoke of last before a statement or notice, and not in what that says nor by what it did; or that which says
    something right behind it ("In a statement on Sunday Elm Works says …").
    """
    start, end = row.source[0]
    right = [s for s in stated if s.kind == "organisation" and 0 <= s.span[0] - end <= NEAR and row.content
             and row.content[0][0] == s.span[0]]
    if right:
        return right[0]
    before = [s for s in stated if s.kind == "organisation" and 0 <= start - s.span[0] <= BACK and (s.attribution or not s.content)
              and not any(a <= s.span[0] < b for a, b in row.content)]
    return max(before, key=lambda s: s.span, default=None)


def made_here(kind: str, span: Span, made: Sequence[Made]) -> Statement | None:
    """The maker that the same article names for a document of the same kind: the last before, else the first behind."""
    fitting = [m for m in made if alike(m.kind, kind)]
    before = [m for m in fitting if m.place <= span[0]]
    found = max(before, key=lambda m: m.place) if before else min(fitting, key=lambda m: m.place, default=None)
    return found.maker if found else None


def made_elsewhere(
    kind: str, article: str, said: frozenset[str], made: Mapping[str, Sequence[Made]], *, bare: bool,
) -> Statement | None:
    """The maker that other articles name for a document that says the same, or, if it is called by no more than its kind, the one on whom
    they agree for documents of that kind.
    """
    others = [m for a, rows in made.items() if a != article for m in rows
              if alike(m.kind, kind) and m.maker.kind not in REPORTS]
    return only(m.maker for m in others if m.said & said) or only(m.maker for m in others if bare and kind == m.kind != ANY)
