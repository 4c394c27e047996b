"""The words that all views share: the answer, the terms and how they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from retold.view.differences import compare, letters
from retold.view.findings import (
    Alteration,
    Claim,
    Conflict,
    ConflictVersion,
    Decision,
    Edge,
    Node,
    Origin,
    Original,
    Quote,
    QuoteVersion,
    Story,
)
from retold.view.naming import EXTERNAL, source_name
from retold.view.visible import shorten, visible

if TYPE_CHECKING:
    from retold.view.report import Report

VERDICTS = {
    "established": "two or more independent origins say it; that does not make it right, and others may dispute it",
    "possible": "one article has it from one origin; or several origins may stand behind it, and which of them say it is not known",
    "dependent": "several articles say it, and no two independent origins stand behind it: many voices, one source",
    "lineage unknown": "nothing shows where the articles have it from, even where they name who said it: independence is not established",
}
TERMS = {
    "disputed": "a conflict is about the very words of the claim; it is named by its number, and neither side is thereby right",
    "altered (▲)": "the article tells something else here than where it has it from: the change is named beside it",
    "only quoted": "a person or body of whom nothing is here but what the articles quote or report of them",
    "figures behind an outlet": "where the words stand in its text, in characters from the first on",
}
SIGNS = {"stated": "●", "attributed": "◐", "altered": "▲", "unsure": "?", "absent": "·"}  # of each stance
STANCES = {"stated": "stated as fact", "attributed": "attributed to somebody", "altered": "altered", "unsure": "perhaps, in other words",
           "absent": "absent"}
KINDS = {
    "cites": "names it as its source", "copies": "repeats its words", "translates": "repeats it in another language",
    "quotes": "heard it from them",
}
DECIDED = {
    "confirm": "confirmed", "reject": "rejected", "leave_out": "left out", "merge": "taken as one", "split": "taken as two",
}
ABOUT = {
    "number": "number", "date": "date", "place": "place", "actor": "who", "attribution": "who said it", "negation": "whether it is so",
    "status": "how things stand", "certainty": "how sure it is",
}
STEPS = {"versions": "different texts"}
TURNS = ABOUT | {
    "truncated": "quote", "altered": "quote", "misattributed": "quote", "attribution": "source left out",
}
QUOTE_TURNS = {"truncated": "a part is left out", "altered": "worded otherwise", "misattributed": "given to another speaker"}
TRAITS = {
    "all": "all shared claims", "single": "a single origin", "disputed": "disputed", "changed": "changed on the way",
    "unknown": "lineage unknown",
}
SPEAKING = ("person", "anonymous", "organisation")  # sources that speak, and of which no text need be anywhere
V = TypeVar("V", ConflictVersion, QuoteVersion)
NEARLY = 0.8  # share of the letters of a version of a quote that the fullest one has, from which it is called nearly the same
MAX_NAMES = 4  # names in a sentence before "and n more"


def count(noun: str, number: int) -> str:
    """A number with its noun, in the singular where it is one.

    >>> count("article", 1), count("independent origin", 2), count("story", 0)
    ('1 article', '2 independent origins', '0 stories')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    if len(names) > MAX_NAMES:
        names = [*names[: MAX_NAMES - 1], f"{len(names) - MAX_NAMES + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def alike(versions: Iterable[V]) -> list[list[V]]:
    """Versions with the very same words (and the same kind of change) together, in the order in which they come."""
    groups: dict[tuple[str, str, str], list[V]] = {}
    for version in versions:
        how = getattr(version, "change", ""), getattr(version, "speaker", "")
        groups.setdefault((version.excerpt.text, how[0], how[1] if how[0] == "misattributed" else ""), []).append(version)
    return list(groups.values())


def answer(story: Story) -> str:
    """The one line that a reader remembers.

    "4 articles, 2 independent origins"
    """
    return f"{count('article', story.numbers.articles)}, {count('independent origin', story.numbers.origins)}"


def whereabouts(thing: Origin | Node) -> str:
    """Whether a source is in the collection, only quoted in it (people and bodies), cited but missing, or only deduced."""
    if thing.inferred:
        return "not in this collection, deduced from what its retellings share"
    if thing.missing and thing.kind in SPEAKING:
        return "known only from what the articles here quote"
    return "not in this collection" if thing.missing else "in this collection"


def brief_whereabouts(thing: Node) -> str:
    """The same in a word or two, "" for an article."""
    if thing.inferred:
        return "inferred"
    return "" if not thing.missing else "only quoted" if thing.kind in SPEAKING else "not here"


def behind(story: Story) -> str:
    """One sentence that says what stands behind the number."""
    n, origins = story.numbers, story.independent
    if n.articles == 1:
        return "One article alone: there is nothing to compare it with." if not origins else f"It rests on {named(origins)}."
    if not origins:
        return "Where the story began could not be established from these articles."
    stand = "Behind it stand" if len(origins) > 1 else "Behind it stands" if n.untraced else "Behind all of it stands"
    return f"{stand} {named(origins)}{retelling(story)}."


def retelling(story: Story) -> str:
    """How many of the articles add no reporting of their own, and of how many nothing is known, to be hung on a sentence."""
    n = story.numbers
    retold = n.articles - n.own_reporting - n.untraced
    who = "all the articles" if retold == n.articles else count("article", retold)
    only = f"; {who} only {'retells' if retold == 1 else 'retell'} what others reported" if retold > 0 else ""
    return only + (f"; where {count('article', n.untraced)} had it from is not known" if n.untraced else "")


def named(origins: Iterable[Origin]) -> str:
    """Origins in a sentence, those of one whereabouts together."""
    found = list(origins)
    shown = found if len(found) <= MAX_NAMES else found[: MAX_NAMES - 1]
    groups: dict[str, list[str]] = {}
    for o in shown:
        groups.setdefault(whereabouts(o), []).append(o.label)
    more = [f"{len(found) - len(shown)} more"] if len(found) > len(shown) else []
    return listed([*(f"{listed(labels)} ({where})" for where, labels in groups.items()), *more])


def verdict_counts(story: Story) -> str:
    """How many claims have which verdict, leaving out the verdicts of none."""
    n = story.numbers
    disputed = "all disputed" if n.contested == dict(n.verdicts)["established"] else f"{n.contested} of them disputed"
    notes = {"established": f" ({disputed})" if n.contested else ""}
    return ", ".join(f"{number} {verdict}{notes.get(verdict, '')}" for verdict, number in n.verdicts if number)


def tally(story: Story) -> str:
    """The other numbers in one line."""
    n = story.numbers
    verdicts = verdict_counts(story)
    claims = count("claim", n.claims) + (f" ({verdicts})" if verdicts else "")
    rest = (count("conflict", n.conflicts), count("quote", n.quotes), count("change", n.alterations) + " on the way")
    return " · ".join((claims, *rest))


def funnel(story: Story) -> list[tuple[int, str]]:
    """From articles to origins: (how many, of what), in the singular where it is one."""
    steps = [(number, STEPS.get(what, what)) for what, number in story.numbers.funnel]
    return [(number, what[:-1] if number == 1 and what.endswith("s") else what) for number, what in steps]


def verdict_of(claim: Claim) -> str:
    """The verdict of a claim, which says nothing of whether it is right: a conflict about its words is told with it."""
    return f"{claim.verdict}, disputed" if claim.conflicts else claim.verdict


def became(version: QuoteVersion, fullest: QuoteVersion) -> str:
    """What a version of a quote is against the fullest one, and no more than can be seen: which of two languages was spoken cannot."""
    if version.change == "misattributed":
        return f"here, it seems, said by {version.speaker or 'somebody else'}"
    tongue = "in another language" if version.language != fullest.language else ""
    if version.reported:
        return "without quotation marks"
    if bare(fullest.excerpt.text) in bare(version.excerpt.text) and version.language == fullest.language:
        return "the same words" if len(bare(fullest.excerpt.text)) == len(bare(version.excerpt.text)) else "a fuller version"
    if version.change in ("truncated", "altered"):
        return ", ".join(filter(None, ("a part of it" if version.change == "truncated" else "worded otherwise", tongue)))
    if tongue:
        return tongue
    if bare(version.excerpt.text) in bare(fullest.excerpt.text):
        return "the same words"
    kept = sum(letters(p.text) for p in compare(fullest.excerpt.text, version.excerpt.text) if p.turn == "same")
    return "nearly the same words" if kept >= NEARLY * letters(version.excerpt.text) else "another piece of it"


def stands(version: QuoteVersion, quote: Quote) -> str:
    """What a version is among the versions of its quote."""
    if version is not quote.fullest:
        return became(version, quote.fullest)
    return "the others are compared with it" if len(quote.versions) > 1 else "in this article alone"


def in_marks(version: QuoteVersion, words: str) -> str:
    """Words of a version between quotation marks where it stands in such, without them where an article tells it in its own words."""
    return words if version.reported else f"“{words}”"


def only_by_links(names: Sequence[str]) -> str:
    """What is to be said of origins of whom no article says that they said a claim.

    >>> only_by_links(["Ada Lund"])
    'No article says that Ada Lund said it: only the links between the articles lead there.'
    """
    return f"No article says that {' or '.join(names)} said it: only the links between the articles lead there." if names else ""


def bare(text: str) -> str:
    """The letters and digits of a text in small letters."""
    return "".join(c for c in text.casefold() if c.isalnum())


def about(conflict: Conflict) -> str:
    """What a conflict is about, in the words of readers."""
    return ABOUT.get(conflict.kind, conflict.kind)


def turn_of(alteration: Alteration) -> str:
    """What was changed on the way, in the words of readers."""
    return TURNS.get(alteration.kind, alteration.kind)


def turned(alteration: Alteration) -> str:
    """What a change is; who is right about a speaker is not for the report to say."""
    before, after = alteration.speakers
    if alteration.kind == "misattributed" and (before or after):
        return f"given to {after or 'somebody who is not named'}, in the source to {before or 'somebody who is not named'}"
    return QUOTE_TURNS.get(alteration.kind, alteration.words)


def more(noun: str, number: int) -> str:
    """What a list leaves out.

    >>> more("claim", 3), more("story", 1)
    ('3 more claims', '1 more story')
    """
    return count(f"more {noun}", number)


def reach(story: Story) -> str:
    """How wide the story went: outlets and languages."""
    outlets = count("outlet", story.numbers.outlets) if story.numbers.outlets else "outlets not known"
    return f"{outlets}, {count('language', story.numbers.languages)}"


def story_lines(story: Story) -> list[str]:
    """A story in four lines, safe to print."""
    lines = (shorten(story.title, 100), f"  {answer(story)} ({reach(story)})", f"  {behind(story)}", f"  {tally(story)}")
    return [visible(line, lines=False) for line in lines]


def report_lines(report: Report) -> list[str]:
    """A report in a few lines, safe to print."""
    told = report.told
    head = f"Retold: {count('article', len(report.documents))}, {count('story', len(report.stories))}"
    if report.failures:
        head += f", {count('failure', len(report.failures))}"
    lines = [head, *(line for story in told[:5] for line in story_lines(story))]
    return [*lines, f"… and {count('story', len(told) - 5)} more"] if len(told) > 5 else lines


def decided(decision: Decision) -> str:
    """What a person decided, in a sentence."""
    note = f" ({decision.note})" if decision.note else ""
    when = f", {decision.made[:10]}" if decision.made else ""
    rest = "" if decision.applied else "; nothing in these articles fits it"
    key = decision.key.replace(EXTERNAL, "")
    return f"{decision.subject.replace('_', ' ')} {key}: {DECIDED.get(decision.kind, decision.kind)}{note}{when}{rest}"


def kind_of(kind: str) -> str:
    """What a source is, "" where nobody knows.

    >>> kind_of("person"), kind_of("unknown")
    ('person', '')
    """
    return "" if kind == "unknown" else kind


def search_for(original: Original) -> str:
    """How to find a report that is not here: whose it is, when it came out, and what it was about."""
    first, last = original.earliest, original.latest
    days = f"by {last}" if last else "on a day that nobody names"
    if first:
        days = f"between {first} and {last}, it seems" if last and last != first else f"on {first}, it seems"
    about = f", about “{shorten(original.title, 120)}”" if original.title else ""
    has = "has" if len(original.retellings) == 1 else "have"
    return f"came out {days}{about}; {count('article', len(original.retellings))} here {has} it straight from there"


def carriers(alteration: Alteration, labels: Mapping[str, str]) -> str:
    """Who took a change over, to be hung on its line; "" where nobody did."""
    names = [labels.get(a, source_name(a)) for a in alteration.carried]
    return f"; carried on by {listed(names)}" if names else ""


def sureness(edge: Edge) -> str:
    """How sure an edge is, and whether a person said so."""
    return "decided by a person" if edge.human else percent(edge.probability)


def conviction(conflict: Conflict) -> str:
    """How sure a conflict is, and whether a person said so."""
    return "decided by a person" if conflict.human else f"{percent(conflict.confidence)} sure"


def percent(value: float) -> str:
    """A probability as a reader says it: never 100% for less than certainty, never 0% for more than nothing.

    >>> percent(0.98), percent(0.9997), percent(1.0), percent(0.001)
    ('98%', '99%', '100%', '1%')
    """
    rounded = round(value * 100)
    return f"{min(rounded, 99) if value < 1 else 100}%" if value <= 0 or rounded else "1%"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period(first: str, last: str) -> str:
    """A stretch of days as a reader says it; "" where it is not known.

    >>> period("2026-03-02", "2026-03-02"), period("2026-03-02", "2026-03-05"), period("2026-02-27", "2026-03-05")
    ('2 Mar 2026', '2–5 Mar 2026', '27 Feb – 5 Mar 2026')
    """
    a, b = (tuple(map(int, day[:10].split("-"))) if re.fullmatch(r"\d{4}-\d\d-\d\d.*", day, re.DOTALL) else () for day in (first, last))
    if len(a) != 3 or len(b) != 3 or not (1 <= a[1] <= 12 and 1 <= b[1] <= 12):
        return first if first == last else f"{first} – {last}"
    end = f"{b[2]} {MONTHS[b[1] - 1]} {b[0]}"
    if a == b:
        return end
    if a[:2] == b[:2]:
        return f"{a[2]}–{end}"
    return f"{a[2]} {MONTHS[a[1] - 1]}{'' if a[0] == b[0] else f' {a[0]}'} – {end}"


def traits(claim: Claim) -> str:
    """The filters of `TRAITS` that a claim passes, as classes."""
    found = {
        "single": claim.verdict in ("dependent", "possible"), "disputed": bool(claim.conflicts),
        "changed": any(cell.stance == "altered" for cell in claim.cells), "unknown": claim.verdict == "lineage unknown",
    }
    return " ".join(["is-all", *(f"is-{name}" for name, holds in found.items() if holds)])


def clock(published: str | None) -> str:
    """The time of day in a date, as it was given; "" where there is none.

    >>> clock("2026-03-02T07:05:00+02:00"), clock("2026-03-02")
    ('07:05', '')
    """
    found = re.match(r"[\d-]+T(\d\d:\d\d)", published or "")
    return found[1] if found else ""


def language(code: str) -> str:
    """The English name of a language.

    >>> language("uk"), language("?")
    ('Ukrainian', 'not known')
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return "not known" if code in ("", "?") else code
