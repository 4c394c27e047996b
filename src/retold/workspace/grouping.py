"""Which story each new article belongs to: the assigner of `group`, its state kept in the file."""

from __future__ import annotations

from collections import Counter

from retold.base.engines.sqlite import Database
from retold.base.models import Models
from retold.base.records import Article, Language, Membership
from retold.base.tables import Batch
from retold.pipeline import run
from retold.workspace.articles import CURRENT, record

STAGES = ("divide", "embed", "group")


def regroup(database: Database, models: Models) -> tuple[dict[str, tuple[str, float]], dict[str, str]]:
    """The story of every article with the strength of its tie, and its language.

    A story keeps the id under which most of its articles are known.
    """
    articles = Batch(record(row) for row in database.rows(f"{CURRENT} ORDER BY a.id"))
    if not articles.get(Article):
        return {}, {}
    done = run(articles, models=models, only=STAGES)
    found = done.get(Membership)
    before: dict[str, str] = dict(database.rows("SELECT id, story FROM articles WHERE story <> ''"))
    groups: dict[str, list[Membership]] = {}
    for member in found:
        groups.setdefault(member.story, []).append(member)
    named = names_kept(groups, before)
    return {m.article: (named[m.story], m.score) for m in found}, {x.article: x.code for x in done.get(Language)}


def names_kept(groups: dict[str, list[Membership]], before: dict[str, str]) -> dict[str, str]:
    """For each group its id: the former one that it shares most articles with, unless a larger share went elsewhere."""
    shares = Counter((before[m.article], name) for name, members in groups.items() for m in members if m.article in before)
    out: dict[str, str] = {}
    taken: set[str] = set()
    for (old, name), _ in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if old not in taken and name not in out:
            out[name] = old
            taken.add(old)
    return {name: out.get(name, name) for name in groups}
