"""Workspaces that are not: stories made of records, so that pages can be tried on what no pipeline would give in a second."""

from __future__ import annotations

import random
from pathlib import Path

from factories import (
    article,
    batch,
    claim,
    claim_origin,
    claim_version,
    conflict,
    derivation,
    evidence,
    language,
    membership,
    name,
    origin,
    passage,
    quote_version,
    reuse,
)
from retold.base.errors import NotFoundError
from retold.base.records import Article
from retold.base.tables import Batch
from retold.pipeline import retrace
from retold.workspace import StorySummary, Version

STORY = "s"


class StandIn:
    """One story in memory, behind what the desk asks of a workspace."""

    def __init__(self, records: Batch) -> None:
        self.records = records
        self.file = Path("/nowhere/desk.sqlite")
        self.kept: list = []

    def stories(self, **_: object) -> list[StorySummary]:
        articles = self.records.get(Article)
        return [StorySummary(id=STORY, title=articles[0].title, first="2026-03-02", last="2026-03-05", articles=len(articles),
                             outlets=tuple(a.outlet for a in articles), languages=("en",), origins=2, conflicts=1)]

    def stamp(self, story: str) -> str:
        if story != STORY:
            raise NotFoundError(expected="a story", found="none", where=story)
        return str(len(self.kept))

    def decided(self, story: str) -> Batch:
        return retrace(self.records, self.kept) if self.kept else self.records

    def story_of(self, name: str) -> str:
        return STORY

    def article(self, name: str) -> Article:
        found = next((a for a in self.records.get(Article) if a.id == name), None)
        if found is None:
            raise NotFoundError(expected="an article", found="none", where=name)
        return found

    def versions(self, name: str) -> list[Version]:
        return [Version(number=1, article=self.article(name), captured="2026-03-02T10:00:00Z", seen="2026-03-02T10:00:00Z", sha256="")]

    def decisions(self) -> list:
        return self.kept

    def search(self, *_: object, **__: object) -> list:
        return []

    def failures(self) -> list:
        return []


def large(number: int = 200, claims: int = 60) -> Batch:
    """A story of many articles: one report that most copy, four languages, three days, some disputes."""
    chance = random.Random(3)
    lines = [f"Fact {k}: the ferry of number {k} lay on the rocks off Kaldvik for {k + 3} hours." for k in range(claims)]
    rows: list = []
    articles: list = []
    for i in range(number):
        mine = sorted(chance.sample(range(claims), claims * 2 // 3))
        text = "\n".join([f"Outlet {i} on the ferry", *(lines[k] for k in mine), "The captain said: we saw nothing.", "Also read: more"])
        a = article(text, id=f"a{i:03}", title=f"Outlet {i} on the ferry", outlet=f"Outlet {i}", published=f"2026-03-0{2 + i % 3}T0{i % 9}:10:00Z",
                    language=("en", "de", "fr", "es")[i % 4], url=f"https://outlet{i}.example/ferry")
        articles.append(a)
        rows += [a, membership(a), language(a, ("en", "de", "fr", "es")[i % 4]), passage(a, "Also read: more", kind="boilerplate")]
        rows += [r for k in mine for r in (claim(a, lines[k]), claim_version(a, lines[k], group=f"c{k}"))]
        rows += [quote_version(a, "we saw nothing", group="q"), name(a, "Kaldvik")]
        source = "Wire" if i < 5 or chance.random() < 0.7 else articles[chance.randrange(max(1, i // 4))]
        edge = derivation(source, a, kind=chance.choice(["cites", "copies"]), probability=chance.choice([0.6, 0.8, 0.97]))
        rows += [edge, evidence(edge, a, lines[mine[0]]), evidence(edge, a, lines[mine[1]], weight=0.6)]
        rows += [reuse(articles[0], lines[k], a) for k in mine[:10] if i and lines[k] in articles[0].text]
        if i % 40 == 7:
            rows += [conflict(a, lines[mine[0]], group="x", side=i % 2, claim=f"c{mine[0]}")]
    rows += [origin("Wire"), origin(articles[3]), *(claim_origin("Wire", f"c{k}") for k in range(claims))]
    return batch(*rows)
