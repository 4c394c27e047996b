"""An invented story for the views: a leaking salt mine, five articles in three languages, with hostile strings in some fields.

    Dagny Holm (a miner) ─┐
                          ├─> Kystavisa (missing) ──> The Tern Post (en) ──copies──> Coastwire Daily (en)
    salt works ───────────┘                     └──> Salzbote (de, translates the Post, turns the actor round)
    The Nasar Gazette (ar) cites the Post; Zelle 9 (de) tells of something else and is a story of its own.
"""

from __future__ import annotations

from typing import Any

from factories import (
    alteration,
    article,
    attribution,
    batch,
    citation,
    claim,
    claim_origin,
    claim_version,
    conflict,
    derivation,
    evidence,
    failure,
    language,
    membership,
    metadata,
    name,
    origin,
    passage,
    quote,
    quote_version,
    reuse,
)
from retold.base.records import Article, Record
from retold.base.tables import Batch

SCRIPT = "<script>alert('owned')</script>"
ESCAPES = "\x1b]0;owned\x07\x1b[2J"
PAPER = "external:Kystavisa"
MINER = "external:Dagny Holm"
WORKS = "external:Saltverk AS"

POST = article(
    "Home | News | Sport\n"
    "Flooded salt mine near Tern may have leaked for weeks\n"
    "By Staff Writer\n"
    "Brine may have leaked from the Tern salt mine for 17 days before anyone was told, the newspaper Kystavisa reported.\n"
    "“We knew about the water and were told to keep quiet about it,” said Dagny Holm, a miner who worked on level six.\n"
    "The owner, Saltverk AS, said 40 workers had been brought out unharmed. Director Per Øye blamed the regulator.\r\n"
    f"A reader wrote: {SCRIPT} & “quotes”.\n"
    "Subscribe to our newsletter!",
    id="post", title="Flooded salt mine near Tern may have leaked for weeks", outlet="The Tern Post",
    published="2026-03-02T09:30:00+01:00", url="https://tern-post.example/mine?a=1&b=2", language="en",
)
DAILY = article(
    "Salt mine leaked for weeks, miner says\n"
    "Brine may have leaked from the Tern salt mine for 17 days before anyone was told, the newspaper Kystavisa reported.\n"
    "“We knew about the water,” said Dagny Holm, a miner who worked on level six.\n"
    "The owner, Saltverk AS, said 40 workers had been brought out unharmed. Director Per Øye blamed the regulator.",
    id="daily", title="Salt mine leaked for weeks, miner says", outlet="Coastwire Daily", published="2026-03-02T14:00:00+01:00",
    url="javascript:alert(1)", language="en",
)
BOTE = article(
    "Salzbergwerk lief wochenlang voll\n"
    "Aus dem Salzbergwerk bei Tern lief 70 Tage lang Sole aus, berichtet die Zeitung Kystavisa.\n"
    "„Wir wussten von dem Wasser und sollten darüber schweigen“, sagte die Bergfrau Dagny Holm.\n"
    "Die Aufsicht machte Direktor Per Oeye verantwortlich. 40 Arbeiter seien unverletzt, so Saltverk AS.",
    id="bote", title="Salzbergwerk lief wochenlang voll", outlet="Salzbote", published="2026-03-03", language="de",
)
NASAR = article(
    "منجم الملح في تيرن تسرب لأسابيع\n"
    "تسرب الماء المالح من منجم تيرن لمدة 17 يوما، بحسب صحيفة تيرن بوست.\n"
    "قالت داغني هولم: «كنا نعلم بالماء».\n"
    f"سطر عدائي \u202e{ESCAPES}\u2066 هنا.",
    id='nasar"><img src=x onerror=alert(2)>', title=f"منجم الملح {SCRIPT}", outlet="The Nasar Gazette", language="ar",
    url="https://nasar.example/\"onmouseover=alert(3)",
)
ZELLE = article(
    "Der Gemeinderat von Zelle beschließt einen neuen Radweg.", id="zelle", title="", published="2026-03-05", language="de",
)
ARTICLES = (POST, DAILY, BOTE, NASAR, ZELLE)

LEAK = "Brine may have leaked from the Tern salt mine for 17 days before anyone was told"
OUT = "40 workers had been brought out unharmed"
BLAME = "Director Per Øye blamed the regulator"
KNEW = "We knew about the water and were told to keep quiet about it"
SHARED = (
    LEAK + ", the newspaper Kystavisa reported.",
    "said Dagny Holm, a miner who worked on level six.",
    f"The owner, Saltverk AS, said {OUT}. {BLAME}.",
)


def mine() -> Batch:
    """All records of the story."""
    return batch(
        ARTICLES, readings(), names(), quotes(), claims(), differences(), lineage(),
        failure("broken.html", f"broken.html: expected an article, found {SCRIPT} {ESCAPES}"),
    )


def readings() -> list[Record]:
    """What is known about the articles themselves."""
    return [
        *(language(a, a.language or "de", score=0.99, method="langid") for a in ARTICLES),
        *(membership(a, score=0.9) for a in ARTICLES[:4]), membership(ZELLE, "zelle-story", score=1.0),
        passage(POST, "Home | News | Sport", kind="boilerplate", reason="a menu: short words between bars", score=0.97),
        passage(POST, "Subscribe to our newsletter!", kind="boilerplate", reason="an invitation to subscribe", score=0.93),
        metadata(POST, "outlet", "The Tern Post", method="given", score=1.0),
        metadata(POST, "title", "Flooded salt mine near Tern may have leaked for weeks", method="first line", score=0.8),
    ]


def names() -> list[Record]:
    """The spellings."""
    forms = ((POST, "Per Øye"), (DAILY, "Per Øye"), (BOTE, "Per Oeye"))
    return [
        *(name(a, words, "Per Øye", score=0.9) for a, words in forms),
        *(name(a, "Dagny Holm", score=0.95) for a in (POST, DAILY, BOTE)), name(NASAR, "داغني هولم", "Dagny Holm", score=0.7),
        *(name(a, "Saltverk AS", kind="organisation") for a in (POST, DAILY, BOTE)),
    ]


def quotes() -> list[Record]:
    """One quote in four versions."""
    versions = (
        (POST, KNEW, "verbatim"), (DAILY, "We knew about the water", "truncated"),
        (BOTE, "Wir wussten von dem Wasser und sollten darüber schweigen", "translated"), (NASAR, "كنا نعلم بالماء", "translated"),
    )
    return [
        *(quote(a, words, speaker="Dagny Holm") for a, words, _ in versions),
        *(quote_version(a, words, speaker="Dagny Holm", change=change, score=0.9) for a, words, change in versions),
    ]


def held(of: Article, words: str, group: str, label: str, by: Record | None = None, **more: Any) -> list[Record]:
    """A claim with its version in a group, and the attribution that holds it."""
    owner = {"attribution": by.id} if by else {}  # type: ignore[attr-defined]
    made = claim(of, words, **owner)
    return [made, claim_version(of, words, group, label=label, claim=made.id, **more), *([by] if by else [])]


def claims() -> list[Record]:
    """Four claims of the mine and one of the cycle path."""
    paper = [attribution(a, "Kystavisa", "reported", LEAK, outlet="Kystavisa", source_kind="outlet") for a in (POST, DAILY)]
    works = [attribution(a, "Saltverk AS", "said", OUT, source_kind="organisation") for a in (POST, DAILY)]
    unnamed = attribution(BOTE, "Die Aufsicht", "machte", anonymous=True, source_kind="anonymous")
    brine = "Aus dem Salzbergwerk bei Tern lief 70 Tage lang Sole aus"
    german = attribution(BOTE, "Kystavisa", "berichtet", brine, outlet="Kystavisa", source_kind="outlet")
    return [
        *held(POST, LEAK, "claim-1", LEAK, paper[0], score=0.9), *held(DAILY, LEAK, "claim-1", LEAK, paper[1], score=0.9),
        *held(BOTE, brine, "claim-1", LEAK, german, score=0.8),
        *held(NASAR, "تسرب الماء المالح من منجم تيرن لمدة 17 يوما", "claim-1", LEAK, score=0.7),
        *held(POST, OUT, "claim-2", OUT, works[0]), *held(DAILY, OUT, "claim-2", OUT, works[1]),
        *held(BOTE, "40 Arbeiter seien unverletzt", "claim-2", OUT),
        *held(POST, BLAME, "claim-3", BLAME), *held(DAILY, BLAME, "claim-3", BLAME),
        *held(BOTE, "Die Aufsicht machte Direktor Per Oeye verantwortlich", "claim-3", BLAME, unnamed),
        *held(POST, f"A reader wrote: {SCRIPT}", "claim-4", f"A reader wrote: {SCRIPT}"),
        *held(ZELLE, ZELLE.text, "claim-5", ZELLE.text, story="zelle-story"),
        claim_origin("Kystavisa", "claim-1", verdict="dependent", why="All four have it from Kystavisa.", score=0.9),
        claim_origin("Saltverk AS", "claim-2", verdict="possible", why="Only the company says so.", score=0.8),
        claim_origin(None, "claim-3", verdict="lineage unknown", why="Nobody is named for it."),
    ]


def differences() -> list[Record]:
    """A number that drifts and an actor turned round, as conflicts and in the ledger; passages that the first two share."""
    seventy = "Aus dem Salzbergwerk bei Tern lief 70 Tage lang Sole aus"
    blamed = "Die Aufsicht machte Direktor Per Oeye verantwortlich"
    days: dict[str, Any] = {"why": "17 days against 70 days", "score": 0.92}
    blame: dict[str, Any] = {"why": "who blamed whom", "score": 0.7, "group": "conflict-2", "claim": "claim-3", "kind": "actor"}
    return [
        conflict(POST, LEAK, "17 days", **days),
        conflict(DAILY, LEAK, "17 days", **days),
        conflict(BOTE, seventy, "70 Tage", side=1, **days),
        conflict(POST, BLAME, "Director Per Øye", **blame),
        conflict(BOTE, blamed, "Die Aufsicht", side=1, **blame),
        alteration(POST, "17 days", BOTE, "70 Tage lang", kind="number", words="17 days became 70 days", score=0.9),
        alteration(POST, "may have leaked for weeks", DAILY, "leaked for weeks", kind="certainty", words="“may have” was dropped"),
        alteration(POST, KNEW, DAILY, "We knew about the water", kind="truncation", words="the quote was cut short", score=0.9),
        *(reuse(POST, words, DAILY) for words in SHARED),
        reuse(POST, "“We knew about the water", DAILY),
    ]


def lineage() -> list[Record]:
    """Who had it from whom, with the evidence."""
    post, daily, bote = derivation("Kystavisa", POST, probability=0.98), derivation(POST, DAILY, kind="copies", probability=0.95,
                                                                                    stated=False), derivation("Kystavisa", BOTE)
    from_post = derivation(POST, BOTE, kind="translates", probability=0.72, stated=False)
    nasar, weak = derivation(POST, NASAR, probability=0.9), derivation(DAILY, NASAR, probability=0.2, stated=False)
    miner, works = derivation("Dagny Holm", POST, kind="quotes", probability=0.8), derivation("Saltverk AS", POST, kind="quotes",
                                                                                              probability=0.7)
    paper = origin("Kystavisa", why="Three articles name it and it names nobody.", score=0.95)
    return [
        post, daily, bote, from_post, nasar, weak, miner, works, paper,
        origin("Saltverk AS", kind="organisation", why="It speaks for itself.", score=0.8),
        origin("Dagny Holm", kind="person", independent=False, why="Kystavisa spoke to her.", score=0.7),
        citation(POST, "Kystavisa", "Kystavisa"), citation(BOTE, "Kystavisa", "Kystavisa"),
        citation(NASAR, POST, "صحيفة تيرن بوست"),
        evidence(post, POST, "the newspaper Kystavisa reported", words="It says so itself.", weight=4.1, kind="citation"),
        evidence(daily, DAILY, LEAK, other=POST, other_words=LEAK, words=f"The same words in the same order {SCRIPT}", weight=3.2,
                 kind="reuse"),
        evidence(daily, words="It came out later the same day.", weight=0.6, kind="time"),
        evidence(daily, DAILY, "Salt mine leaked for weeks", words="Its headline differs.", weight=-0.4, kind="difference"),
        evidence(nasar, NASAR, "بحسب صحيفة تيرن بوست", words="It names The Tern Post.", weight=3.0, kind="citation"),
        evidence(paper, BOTE, "berichtet die Zeitung Kystavisa", words="Named as the source.", weight=2.0, kind="citation"),
        evidence("claim-1", POST, LEAK, words="Each of the four leads back to Kystavisa.", weight=2.5, kind="lineage"),
    ]
