"""Whom an article names as its source, and whether that source is one of the articles.

A name is looked up among the outlets of the collection first ("the Courant reports", "the police say" where the police's own
report is there), then it stands for itself: `external:NAME`. Whoever speaks for a body stands for the body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from retold.base.hanzi import HAN_KANA
from retold.base.records import Attribution, Citation, Name, Sentence, Span, make_id
from retold.base.tables import Batch
from retold.lexicons import lexicon
from retold.lexicons.bodies import concept_of
from retold.lexicons.names import fold
from retold.lexicons.outlets import outlet_by_name
from retold.trace.acts import acts
from retold.trace.affiliations import NEAR, publishes
from retold.trace.homes import Called, body_there, counts, home_of, unnamed
from retold.trace.namings import BRACKETED, beside_cues, in_headline, marks, spelled_out, told_below
from retold.trace.offices import PHRASE, WORD, office, stop_words, with_offices
from retold.trace.publishers import (
    CAPITALS,
    acronym,
    outlet_nouns,
    same_publisher,
    telling,
)
from retold.trace.register import EDGE, MARK, Register, named, names_at, published_by
from retold.trace.roles import roles, whole
from retold.trace.spellings import as_written, one_name_each
from retold.trace.statement import Statement
from retold.trace.told import is_own, same_again, says_own, told_elsewhere, told_there
from retold.trace.unnamed import describes_somebody, description

DIGITS_BEHIND = re.compile(r"[\s\d]+$")
STOP = re.compile(r"[.!?…。！？؟।]")
STOPPED = re.compile(r"(?:[.!?…。！？؟।][\"'”“’»«」』)]*|[\"”»」』])[\s(\[（［]*$")  # a sentence ends before a mark
TITLE = re.compile(r"\s?[„“\"«‚‘»『「《]([^„“”\"«»‘’『』「」《》\n.!?。]{2,40})[”“\"»«’‘』」》]")
REACH = 3  # sentences that "told this newspaper" holds for, its own included
METHOD = "stated in the text"


def statements(batch: Batch, register: Register) -> dict[str, list[Statement]]:
    """The sources that every article states, in the order of its text."""
    out: dict[str, list[Statement]] = {article: [] for article in register.articles}
    sentences, attributions = batch.by_article(Sentence), batch.by_article(Attribution)
    for article, rows in attributions.items():
        told = own_places(rows, register, article, sentences.get(article, []))
        for row in sorted(rows, key=lambda r: (r.source or r.cue or ((0, 0),))[0]):
            own = bool(row.source) and any(s <= row.source[0][0] < e for s, e in told)
            out[article].extend(of_attribution(row, register, own=own))
    for article, found in out.items():
        found[:] = same_again(told_there(found, attributions.get(article, ()), register), register)
        found.extend(beside_cues(article, found, sentences.get(article, []), register))
        found.extend(marks(article, found, register))
        found.extend(spelled_out(article, found, register))
        found.extend(acts(article, found, sentences.get(article, []), register))
    named_so = as_written(one_name_each(out), [a.text for a in register.articles.values()])
    return with_offices(of_releases(named_so, register), register)


def of_releases(stated: Mapping[str, Sequence[Statement]], register: Register) -> dict[str, list[Statement]]:
    """The same statements, people who speak in a release leading to it from other articles, unless they spoke to these themselves."""
    homes: dict[str, str] = {}
    for article in sorted(register.releases):
        for s in stated[article]:
            if s.kind == "person" and s.node.startswith("external:") and not in_headline(s.span, register, article):
                homes.setdefault(s.node, article)

    def home(s: Statement) -> Statement:
        here = s.article in register.releases or s.own or s.node not in homes
        return s if here else replace(s, node=homes[s.node], kind="organisation")

    return {article: [home(s) for s in rows] for article, rows in stated.items()}


def of_attribution(row: Attribution, register: Register, *, own: bool) -> list[Statement]:
    """The statements in one attribution: its source, and the outlet that the source told it to."""
    out = []
    if row.source and (row.kind != "credit" or at_edge(row, register)):
        out.append(make_statement(row, row.source[0], register, own=own, outlet=row.outlet))
    for span in row.addressee:
        if not is_own(span, register, row.article):
            label = named(span, register, row.article)
            if label and (label.kind == "outlet" or published_by(label.label, register, row.article, "outlet")):
                out.append(make_statement(row, span, register, own=False, outlet=label.label))
    return [s for s in out if s]


def at_edge(row: Attribution, register: Register) -> bool:
    """Whether an agency's mark stands where such marks stand: in a line of its own, or at the beginning or end of a passage.

    At the end of a passage that breaks off without a stop, and others follow, it is that of a picture ("The bridge in 2019  (dpa)").
    """
    start, end = row.source[0]
    text, passages = register.articles[row.article].text, register.passages.get(row.article, ())
    last = max((p.start for p in passages if p.kind == "paragraph"), default=0)
    for passage in passages:
        if passage.start <= start < passage.end:
            opening, behind = start - passage.start <= EDGE and MARK.match(text, end), text[end:passage.end]
            whole = passage.start == last or STOPPED.search(text[passage.start:start]) or STOP.search(behind)
            return passage.kind != "paragraph" or bool(opening) or bool(whole and not behind.strip(" )].*）］。"))
    return False


def wholly(span: Span, register: Register, article: str) -> bool:
    """Whether a credit is that of the whole text: in brackets, or in a line in which no person signs ("By Jo Ward, with Alpine Wire")."""
    text = register.articles[article].text
    if BRACKETED.match(text, span[0] - 1):
        return True
    start, end = text.rfind("\n", 0, span[0]) + 1, span[1] + len(text[span[1]:].partition("\n")[0])
    return not any(n.kind == "person" and start <= n.start < end for n in register.names.get(article, ()))


def make_statement(row: Attribution, span: Span, register: Register, *, own: bool, outlet: str | None) -> Statement | None:
    """The statement for a source at a span, or None where the source is the article's own outlet or nobody in particular."""
    publisher, names = register.publishers.get(row.article), names_of_source(row, span, register)
    outlet = as_named(outlet, register, row.article)
    others = [n for n in names if not publishes(n, publisher)]
    text = register.articles[row.article].text
    words = " ".join(text[span[0]:span[1]].split())
    if is_none(row, span, names, register) or (names and not others) or (not names and outlet and same_publisher(outlet, publisher)):
        return None
    own = own or len(others) < len(names) or says_own(words, register, row.article)
    own = own or beside_own(row, register) or in_own_sentence(span, register, row.article)
    inside = [n for n in register.names.get(row.article, ()) if span[0] <= n.start and n.end <= span[1]]
    somebody = not outlet and describes_somebody(row, span, text, inside, register.languages.get(row.article, ""))
    others = spoken_by(row, register) if somebody else others
    name = next(iter(others), None)
    else_named = name and (name.kind == "person" or (name.kind == "organisation" and not same_publisher(outlet or "", name.label)))
    if len(others) < len(names) or else_named:
        outlet = None
    entity, kind = who(row, name, outlet, register)
    label = outlet or fullest(register.labels.get(entity, ""), name, span, words) or (
        description(words) if somebody else described(row, words, register, own=own))
    if name and not outlet and (there := body_there(name, span, text, register.languages.get(row.article, ""))):
        label, entity, kind, others = there, "", "organisation", []
    if kind in ("outlet", "agency") and (title := titled(label, text)):
        label, entity = title, ""
    if entity and kind in ("person", "organisation") and not told_below(span, entity, register, row.article):
        return None
    called = Called(label=label, kind=kind, entity=entity, outlet=outlet, names=tuple(others))
    home = home_of(row, span, called, register)
    if not home and not counts(row, span, called, register):
        return None
    if home in register.releases and kind in ("outlet", "agency"):
        kind = "organisation"
    return Statement(article=row.article, node=home or f"external:{label}", label=label or words, kind=kind, own=own,
                     credited=row.kind == "credit", entity=entity, span=span, content=row.content, attribution=row.id,
                     elsewhere=not own and told_elsewhere(row, span, register),
                     sole=row.kind == "credit" and wholly(span, register, row.article))


def is_none(row: Attribution, span: Span, names: Sequence[Name], register: Register) -> bool:
    """Whether what was read as a source is none of the article: it stands in a quote, only counts, signs, or marks a place, a picture or
    the article's own text.
    """
    words = register.articles[row.article].text[span[0]:span[1]]
    return (within_quote(span, register, row.article) or ranks(row, register) or marks_place(span, row, names)
            or signs(span, row, names, register) or of_picture(span, row, register)
            or (row.kind == "credit" and words.strip() == register.marks.get(row.article)))


def names_of_source(row: Attribution, span: Span, register: Register) -> list[Name]:
    """The names of a source: those at its span, not what it tells of ("By lists, Elin was built in 2004"), else whom it stands for.

    Somebody whom it only says to be of a body, and who speaks for none, is known by name elsewhere: "says the student of the academy".
    """
    names = [n for n in names_at(span, register, row.article)
             if n.start < span[1] or not any(start <= n.start < end for start, end in row.content)]
    text = register.articles[row.article].text
    if names and row.source_kind == "person" and all(n.kind == "organisation" and n.start > span[0] for n in names) and not (
            roles("spokespeople", "officers", "leaders").search(text, *span)):
        return spoken_by(row, register) or names
    return names or spoken_by(row, register)


def titled(label: str, text: str) -> str:
    """The title in quotation marks right behind a word for a paper that was taken for its name; "" for none.

    >>> titled("Wochenzeitung", "Das schreibt die Wochenzeitung „Der Turm“."), titled("Turmblatt", "Das Turmblatt schreibt „Gut so“.")
    ('Der Turm', '')
    """
    nouns = tuple(w for w in outlet_nouns() if len(w) > 1)
    if not label.casefold().endswith(nouns) or len(label.split()) > 1:
        return ""
    found = (TITLE.match(text, m.end()) for m in re.finditer(re.escape(label), text))
    return next((m[1].strip() for m in found if m), "")


def within_quote(span: Span, register: Register, article: str) -> bool:
    """Whether a span lies in what somebody says: then it is no source of the article, or the quote itself was taken for one."""
    return any(start <= span[0] and span[1] <= end for start, end in register.quoted.get(article, ()))


def as_named(outlet: str | None, register: Register, article: str) -> str | None:
    """The outlet of an attribution; where it was read from a part of a longer name of an outlet ("Jornal da Ria", no RIA), that one."""
    if outlet:
        for n in register.names.get(article, ()):
            known = outlet_by_name(n.text)
            if n.kind == "outlet" and known and known.name == outlet and telling(n.text) < telling(n.label):
                return n.label
    return outlet


def fullest(label: str, name: Name | None, span: Span, words: str) -> str:
    """What to call a source with a name: the whole source where its name, in a script without spaces, is only the beginning of it.

    What follows may say what body it is: 河口县应急管理局 is none of the people of 河口.
    """
    if not name or name.start != span[0] or len(words) <= len(name.text) or len(HAN_KANA.findall(words)) != len(words):
        return label
    body = name.kind in ("organisation", "place") and concept_of(fold(words), "heads") and not concept_of(fold(name.text), "heads")
    return words if body or (label == name.text and name.kind == "thing") else label


def ranks(row: Attribution, register: Register) -> bool:
    """Whether the word by which something is cited only counts: "nel secondo tempo di", in a headline also "segundo caso em"."""
    text, language = register.articles[row.article].text, register.languages.get(row.article, "")
    if not row.cue or not row.source or not whole("second").fullmatch(text[slice(*row.cue[0])]):
        return False
    before = WORD.findall(text[max(0, row.cue[0][0] - NEAR):row.cue[0][0]].rpartition("\n")[2])
    determined = bool(before) and text[:row.cue[0][0]].endswith(f"{before[-1]} ") and before[-1].casefold() in stop_words(language)
    first = text[slice(*row.source[0])].split()[0]
    return determined or (in_headline(row.cue[0], register, row.article) and first.islower() and first not in stop_words(language))


def marks_place(span: Span, row: Attribution, names: Sequence[Name]) -> bool:
    """Whether what stands in the brackets of a dateline is a place ("(LISBON) -"), and no outlet that is known by that name."""
    inside = [n for n in names if n.start < span[1]]
    listed = (row.outlet or "").casefold() in outlet_by_name()
    return row.kind == "credit" and not listed and bool(inside) and all(n.kind == "place" for n in inside)


def of_picture(span: Span, row: Attribution, register: Register) -> bool:
    """Whether a credit is that of a picture ("(AP Photo/Ada Lund)", "Photo: AP") and not of the text."""
    text = register.articles[row.article].text
    line = text[:span[0]].rpartition("\n")[2][-NEAR:] + text[span[0]:span[1] + NEAR].partition("\n")[0]
    return row.kind == "credit" and bool(roles("pictures").search(line))


def spoken_by(row: Attribution, register: Register) -> list[Name]:
    """The person that a pronoun or description stands for ("he said", "the farmer says"), by what is known of the speaker."""
    speaker = register.spoken.get(row.id, "") if row.source and row.source_kind == "person" else ""
    return [n for n in register.names.get(row.article, ()) if speaker and n.kind == "person" and n.text == speaker][:1]


def who(row: Attribution, name: Name | None, outlet: str | None, register: Register) -> tuple[str, str]:
    """The entity that is the source ("" where it has no name), and of what kind it is; whoever speaks for a body is the body.

    Somebody unnamed of a body ("an official of the ministry who asked not to be named") is not the body.
    """
    if name and name.kind in ("organisation", "place") and not outlet and unnamed(row, register):
        return "", "anonymous"
    if name and name.entity in register.bodies and not outlet:
        return register.bodies[name.entity], "organisation"
    entity = name.entity if name else ""
    if outlet and row.source_kind != "agency":
        return entity, "outlet"
    kind = kind_of(name, row) if name else office_or(row, register)
    if kind == "outlet" and not outlet and (not name or name.kind != "outlet"):
        kind = "organisation"
    return entity, "anonymous" if not name and (row.anonymous or masked(row, register)) else kind


def office_or(row: Attribution, register: Register) -> str:
    """Of what kind a source without a name is: an office that is told by what it is ("Başsavcılık") is a body."""
    words = register.articles[row.article].text[slice(*row.source[0])] if row.source else ""
    language = register.languages.get(row.article, "")
    known = row.source_kind == "unknown" and bool(row.content) and len(WORD.findall(words)) <= REACH and office(words, language)
    return "organisation" if known else row.source_kind


def masked(row: Attribution, register: Register) -> bool:
    """Whether a source without a name asks right beside its description not to be named ("adının açıklanmasını istemeyen bir yönetici")."""
    if not row.source or row.source_kind not in ("person", "anonymous"):
        return False
    (start, end), text = row.source[0], register.articles[row.article].text
    marks = lexicon(register.languages.get(row.article, "")).pattern("sources", "anonymous_marks")
    before, behind = PHRASE.split(text[max(0, start - NEAR):start])[-1], text[end:end + NEAR].partition("\n")[0]
    return bool(marks.search(before.casefold()) or marks.match(behind.casefold().lstrip(" ,،，")))


def described(row: Attribution, words: str, register: Register, *, own: bool) -> str:
    """What to call a source without a name: by its description, where it is somebody unnamed, a body, or who spoke to the outlet itself."""
    if own and row.source_kind == "person" and not says_own(words, register, row.article):
        return "" if whole("governing").fullmatch(words.split()[0]) or is_topic(row, register) else words.split(",")[0]
    body = next((n.text for n in names_at(row.source[0], register, row.article) if n.start == row.source[0][0]), "")
    if body and len(words) > len(body) and unnamed(row, register):
        words = words[len(body):].strip()
    if says_own(words, register, row.article):
        return without_own(words, register, row.article)
    if row.anonymous or masked(row, register) or (office_or(row, register) == "organisation" and row.content):
        return DIGITS_BEHIND.sub("", words)
    return ""


def is_topic(row: Attribution, register: Register) -> bool:
    """Whether only a comma parts words from the verb behind them: who speaks is told by the verb alone ("Las ayudas, añadió, …")."""
    if not row.cue or row.cue[0][0] < row.source[0][1]:
        return False
    return register.articles[row.article].text[row.source[0][1]:row.cue[0][0]].strip() in (",", "،", "，")


def signs(span: Span, row: Attribution, names: Sequence[Name], register: Register) -> bool:
    """Whether somebody only signs here: a person in a byline or credit ("Writing by", "Par")."""
    person = bool(names) and names[0].kind == "person" and not names[0].text.isupper()
    line = next((p.kind for p in register.passages.get(row.article, ()) if p.start <= span[0] < p.end), "")
    return person and (row.kind == "credit" or line in ("byline", "credit"))


def beside_own(row: Attribution, register: Register) -> bool:
    """Whether the article's own outlet is named between source and cue ("tells the Courier its director, Ada Lund"), or calls itself there
    ("向本报表示") or right before the source ("gazetemize konuşan yönetici"); where words are not spaced also who asked and is not named.
    """
    if not row.source or not row.cue:
        return False
    start, end = min(row.source[0][0], row.cue[0][0]), max(row.source[0][1], row.cue[0][1])
    if end - start > NEAR * 3:
        return False
    between = min(row.source[0][1], row.cue[0][1]), max(row.source[0][0], row.cue[0][0])
    text, known = register.articles[row.article].text, lexicon(register.languages.get(row.article, ""))
    outlets = any(n.kind == "outlet" and between[0] <= n.start < between[1] for n in register.names.get(row.article, ()))
    asked = not known.spaced and not outlets and roles("asked").search(text, *between) and not whole("told_outlet").search(text, start, end)
    itself, led = known.pattern("sources", "own_outlet"), PHRASE.split(text[max(0, start - NEAR):start])[-1]
    if asked or itself.search(text, *between) or (row.source[0][0] == start and itself.search(led)):
        return True
    publisher = register.publishers.get(row.article)
    return any(publishes(n, publisher) for n in register.names.get(row.article, ()) if start <= n.start < end)


def in_own_sentence(span: Span, register: Register, article: str) -> bool:
    """Whether the article's own outlet is named in the sentence that names the source ("who spoke to the Courier"), not as its mark."""
    publisher, text = register.publishers.get(article), register.articles[article].text
    if not publisher:
        return False
    s = next((s for s in register.sentences.get(article, ()) if s.start <= span[0] < s.end), None)
    if s is None or s.kind != "paragraph":
        return False
    places = [m.span() for m in re.finditer(re.escape(publisher), text[s.start:s.end], re.IGNORECASE)]
    places += [m.span() for m in CAPITALS.finditer(text[s.start:s.end]) if acronym(m[0], publisher)]
    places += [(n.start - s.start, n.end - s.start) for n in register.names.get(article, ())
               if s.start <= n.start < s.end and n.kind == "outlet" and publishes(n, publisher)]
    bracketed = [m.span() for m in BRACKETED.finditer(text[s.start:s.end])]
    return any(not any(a <= start < b for a, b in bracketed) and not (start < span[1] - s.start and end > span[0] - s.start)
               for start, end in places)


def without_own(words: str, register: Register, article: str) -> str:
    """A description without the words by which the outlet names itself."""
    pattern = lexicon(register.languages.get(article, "")).pattern("sources", "own_outlet")
    return " ".join(pattern.sub(" ", words).split())


def kind_of(name: Name, row: Attribution) -> str:
    """What a named source is: what the name says, unless it is the very outlet or agency that the attribution names."""
    if name.kind == "person":
        return "person"
    itself = name.kind != "organisation" or same_publisher(name.label, row.outlet)
    reports = itself and row.source_kind in ("outlet", "agency")
    if name.kind == "thing" and row.kind != "credit" and row.content and not reports:
        return "organisation"  # what says something is no thing
    return row.source_kind if reports else name.kind


def own_places(rows: Sequence[Attribution], register: Register, article: str, sentences: Sequence[Sentence]) -> list[Span]:
    """Where what is said was told to this very outlet: from the sentence that says so, `REACH` sentences on, up to one that has it from
    another outlet.
    """
    out = []
    ordered = sorted(sentences, key=lambda s: s.start)
    elsewhere = [s[0] for row in rows if row.source_kind in ("outlet", "agency") for s in row.source if not is_own(s, register, article)]
    for row in rows:
        spans = [s for s in row.addressee if is_own(s, register, article)]
        text = register.articles[article].text
        spans += [s for s in row.source if says_own(text[s[0]:s[1]], register, article)]
        if spans:
            at = spans[0][0]
            first = next((i for i, s in enumerate(ordered) if s.start <= at < s.end), None)
            if first is not None:
                more = list(takewhile(lambda s: not any(s.start <= x < s.end for x in elsewhere), ordered[first + 1:first + REACH]))
                out.append((ordered[max(0, first - 1)].start, (more[-1] if more else ordered[first]).end))
    return out


def citations(story: str, stated: Mapping[str, Sequence[Statement]]) -> list[Citation]:
    """The statements as rows, one for each place."""
    out = {}
    for rows in stated.values():
        for s in rows:
            row = Citation(
                id=make_id("ci", s.article, s.node, *s.span), story=story, article=s.article, node=s.node, start=s.span[0], end=s.span[1],
                kind=s.kind, method=METHOD, score=0.9 if s.kind in ("outlet", "agency") else 0.7)
            out[row.id] = row
    return sorted(out.values(), key=lambda r: (r.article, r.start, r.id))
