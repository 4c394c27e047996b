"""Whom somebody told something: the article's own outlet, or another one, from which the article has it then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.base.records import Attribution, Span
from retold.lexicons import lexicon
from retold.lexicons.names import name_words
from retold.trace.publishers import WORD, nameless, outlet_nouns, same_publisher
from retold.trace.register import Register, named
from retold.trace.roles import roles, whole
from retold.trace.statement import Statement

PAIR = 2  # words of "the official"
MARKS = " „“”«»\"'‘’《》「」『』"


def told_elsewhere(row: Attribution, span: Span, register: Register) -> bool:
    """Whether a source told it to another outlet: to one with a name, or to "the paper", in the same sentence outside of what is said."""
    text, language = register.articles[row.article].text, register.languages.get(row.article, "")
    s = next((s for s in register.sentences.get(row.article, ()) if s.start <= span[0] < s.end), None)
    if s is None or span in row.addressee:
        return False
    if any(not is_own(a, register, row.article) and names_outlet(a, register, row.article) for a in row.addressee):
        return True
    own = [m.span() for m in lexicon(language).pattern("sources", "own_outlet").finditer(text, s.start, s.end)]
    apart = (*row.content, *register.quoted.get(row.article, ()), *own)
    return any(not any(start <= m.start() < end for start, end in apart) for m in whole("told_outlet").finditer(text, s.start, s.end))


def told_there(found: Sequence[Statement], rows: Sequence[Attribution], register: Register) -> list[Statement]:
    """The statements of an article, those that were told to an outlet that it names as a source elsewhere marked as such."""
    outlets = {s.label for s in found if s.kind in ("outlet", "agency")}
    text = register.articles[found[0].article].text if found else ""
    there = {row.id for row in rows for a, b in row.addressee if any(same_publisher(text[a:b].strip(MARKS), o) for o in outlets)}
    return [replace(s, elsewhere=True) if s.attribution in there and s.label not in outlets and not s.own else s for s in found]


def same_again(found: Sequence[Statement], register: Register) -> list[Statement]:
    """The statements of an article, "the same source" leading to the one without a name that was named last before, else to the one
    named last, and so does "the official" alone, or to the person named last where nobody unnamed was.
    """
    last: Statement | None = None
    someone: Statement | None = None
    previous: Statement | None = None
    out = []
    for s in sorted(found, key=lambda s: s.span):
        words = register.articles[s.article].text[slice(*s.span)]
        again = roles("same").search(words)
        before = last or (previous if again else someone)
        if s.kind == "anonymous" and before and (again or is_again(words, register.languages.get(s.article, ""))):
            out.append(replace(s, node=before.node, label=before.label, kind=before.kind, entity=before.entity))
            continue
        last = s if s.kind == "anonymous" else last
        someone = s if s.kind == "person" and s.entity else someone
        previous = s
        out.append(s)
    return out


def is_again(words: str, language: str) -> bool:
    """Whether a description is no more than a definite article and a noun up to a comma, so that it stands for somebody told of before.

    >>> is_again("the official", "en"), is_again("a responsável", "pt"), is_again("the port official", "en"), is_again("a source", "en")
    (True, True, False, False)
    >>> is_again("The person, who asked not to be named", "en")
    True
    """
    found = WORD.findall(words.split(",")[0])
    return len(found) == PAIR and found[0].casefold() in name_words(language, "definite") and words[-1:].isalpha()


def names_outlet(span: Span, register: Register, article: str) -> bool:
    """Whether whom somebody told something is an outlet, or called no more than a paper ("der Zeitung")."""
    name = named(span, register, article)
    words = register.articles[article].text[slice(*span)]
    called = name is not None and (name.kind == "outlet" or name.entity in register.called)
    return called or (nameless(words) and not roles("pages").search(words))


def is_own(span: Span, register: Register, article: str) -> bool:
    """Whether an addressee is the article's own outlet: by name, or by words such as "this newspaper"."""
    row = register.articles[article]
    words = row.text[span[0]:span[1]]
    name = named(span, register, article)
    publisher = register.publishers.get(article)
    if same_publisher(name.label if name else words, publisher) or same_publisher(words, publisher):
        return True
    first = lexicon(register.languages.get(article, "")).pattern("sources", "pronouns_first")
    return says_own(words, register, article) or bool(first.fullmatch(words.strip()))


def says_own(words: str, register: Register, article: str) -> bool:
    """Whether words name the outlet that speaks of itself ("our newsroom"); "the paper" is another where the text names one."""
    found = lexicon(register.languages.get(article, "")).pattern("sources", "own_outlet").search(words)
    if found is None:
        return False
    plain = all(w in outlet_nouns() or whole("articles").fullmatch(w) for w in WORD.findall(found[0].casefold()))
    return not (plain and names_another(register, article))


def names_another(register: Register, article: str) -> bool:
    """Whether a text names an outlet that is not its own."""
    own = register.publishers.get(article)
    return any(n.kind == "outlet" and not same_publisher(n.label, own) for n in register.names.get(article, ()))
