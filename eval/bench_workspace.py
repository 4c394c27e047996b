"""How fast a workspace takes in articles, and answers, as it grows.

    python eval/bench_workspace.py --articles 100000 [--folder /tmp/bench]
    python eval/bench_workspace.py --pages 1000

Articles are made on the spot, in three languages, each with a title and five to nine sentences: stories of one to twelve articles
told by different outlets within two days of each other, twenty days in all for every 10,000 articles, with names and numbers of
their own. Prints, for each tenth of the way, the articles a second and the CPU time an article; then the times of point reads and
searches, and the peak of memory of this process and of its helpers. With `--pages` the articles come as web pages of 50 kB with menus,
links and scripts, and the share of the extractor is told.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from retold.collect.drafts import Draft
from retold.collect.pages import ArticleExtractor, Reading
from retold.workspace import Workspace

SYLLABLES = re.findall("..", "babebododafafegohakalalilomarimonopelorasaseletetouvavevinwaze")
SENTENCES = {
    "en": [
        "{p} of {q} said on Monday that the {n} {t} would be closed.",
        "About {k} people live near {q}, the council said.",
        "The {t} was built in {y} and repaired twice.",
        "\"We will not wait any longer\", {p} told reporters in {q}.",
        "The company {c} did not answer questions by Tuesday evening.",
        "A report by {c} had warned of the costs of {k} million euros.",
        "Opponents of {p} asked for an inquiry.",
        "The work is to begin next month, according to the ministry.",
    ],
    "de": [
        "{p} aus {q} sagte am Montag, {n} {t} werde geschlossen.",
        "Rund {k} Menschen leben bei {q}, teilte der Rat mit.",
        "{t} wurde {y} gebaut und zweimal erneuert.",
        "„Wir warten nicht länger“, sagte {p} vor Reportern in {q}.",
        "Die Firma {c} beantwortete Fragen bis Dienstagabend nicht.",
        "Ein Bericht von {c} hatte vor Kosten von {k} Millionen Euro gewarnt.",
        "Gegner von {p} forderten eine Untersuchung.",
        "Die Arbeiten sollen nächsten Monat beginnen, so das Ministerium.",
    ],
    "es": [
        "{p}, de {q}, dijo el lunes que {n} {t} se cerraría.",
        "Unas {k} personas viven cerca de {q}, según el consejo.",
        "{t} se construyó en {y} y se reparó dos veces.",
        "«No esperaremos más», dijo {p} a los periodistas en {q}.",
        "La empresa {c} no respondió a preguntas hasta el martes.",
        "Un informe de {c} había advertido de costes de {k} millones de euros.",
        "Los opositores de {p} pidieron una investigación.",
        "Las obras comenzarán el próximo mes, según el ministerio.",
    ],
}
THINGS = {"en": ["bridge", "dam", "school", "hospital", "harbour", "mine"], "de": ["die Brücke", "der Damm", "die Schule", "die Klinik"],
          "es": ["el puente", "la presa", "la escuela", "el hospital"]}
BEFORE = 900  # articles that are there before pages are measured: few are read more deeply
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def name(chance: random.Random, parts: int) -> str:
    """A name that nobody bears."""
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def articles(count: int, seed: int = 1) -> Iterator[Draft]:
    """Articles in the order of time, stories told over one or two days."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        facts = {"p": f"{name(chance, 2)} {name(chance, 3)}", "q": name(chance, 3), "c": f"{name(chance, 2)} {name(chance, 2)}",
                 "k": str(chance.randrange(11, 9999)), "y": str(chance.randrange(1890, 2020)), "n": str(chance.randrange(2, 99))}
        start = BEGIN + timedelta(days=20 * made / 10_000)
        for _ in range(min(chance.choice([1, 1, 1, 2, 3, 5, 8, 12]), count - made)):
            language = chance.choice(["en", "en", "de", "es"])
            values = facts | {"t": chance.choice(THINGS[language])}
            chosen = chance.sample(SENTENCES[language], chance.randrange(5, len(SENTENCES[language]) + 1))
            text = "\n".join(" ".join(s.format(**values) for s in chosen[i:i + 2]) for i in range(0, len(chosen), 2))
            title = SENTENCES[language][0].format(**values).rstrip(".")
            when = (start + timedelta(hours=chance.random() * 40)).isoformat()
            raw = json.dumps({"id": f"g{made}", "title": title, "text": text}).encode()
            yield Draft(text=f"{title}\n\n{text}", place="made", stem="made", line=made + 1, given=f"g{made}", title=title,
                        outlet=f"Outlet {chance.randrange(200)}", published=when, url=f"https://o{made % 200}.example/{made}", raw=raw)
            made += 1


def page(draft: Draft, chance: random.Random) -> str:
    """An article as a web page such as outlets have: menus, metadata, three scripts, links to forty other articles, a footer."""
    def links(count: int) -> str:
        return "".join(f'<li class="item item-{i}"><a href="/{name(chance, 4).lower()}/{i}" data-track="nav"><span>{name(chance, 3)} '
                       f"{name(chance, 2).lower()}</span></a></li>" for i in range(count))

    paragraphs = "".join(f"<p class='par'>{line} {line}</p>" for line in draft.text.split("\n")[2:])
    meta = json.dumps({"@type": "NewsArticle", "headline": draft.title, "datePublished": draft.published, "author": {"name": "A. Writer"}})
    script = "var " + ";".join(f"{name(chance, 3)}={chance.randrange(10**9)}" for _ in range(400))
    return (f"<!DOCTYPE html><html lang='en'><head><title>{draft.title} | {draft.outlet}</title><link rel='canonical' "
            f"href='{draft.url}'><meta property='og:site_name' content='{draft.outlet}'><script type='application/ld+json'>{meta}</script>"
            f"<script>{script}</script></head><body><header><nav><ul>{links(60)}</ul></nav></header><main><article><h1>{draft.title}</h1>"
            f"{paragraphs}</article><aside><ul>{links(40)}</ul></aside></main><script>{script}</script><footer><ul>{links(60)}</ul></footer>"
            f"<script>{script}</script></body></html>")


def pages(count: int, folder: Path) -> None:
    """Add articles as web pages, and say what share of the CPU time the extractor has."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pages").mkdir(parents=True)
    chance = random.Random(3)
    size = 0
    drafts = list(articles(BEFORE + count))
    for number, draft in enumerate(drafts[BEFORE:]):
        html = page(draft, chance)
        size += len(html)
        (folder / "pages" / f"{number}.html").write_text(html, "utf-8")
    spent, read = [0.0], ArticleExtractor.read

    def clocked(self: ArticleExtractor, html: str, url: str | None) -> Reading:
        began = time.process_time()
        try:
            return read(self, html, url)
        finally:
            spent[0] += time.process_time() - began

    with Workspace.init(folder / "desk") as desk:
        desk.add(drafts[:BEFORE])
        ArticleExtractor.read = clocked  # type: ignore[method-assign]
        began, wall = cpu(), time.perf_counter()
        added = desk.add(folder / "pages")
    spent_in_all = cpu() - began
    print(f"{added.articles} pages of {size // max(1, count)} characters in {time.perf_counter() - wall:.0f} s, {added.failures} failures: "
          f"{1000 * spent_in_all / count:.1f} ms CPU a page, of which the extractor {1000 * spent[0] / count:.1f} ms, "
          f"{100 * spent[0] / spent_in_all:.0f} %")


def cpu() -> float:
    """CPU seconds of this process and its finished helpers."""
    return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


def quantile(times: list[float], share: float) -> float:
    """The time in milliseconds that so large a share of times stays below."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def timed(work: list) -> list[float]:
    """The time of each piece of work."""
    found = []
    for piece in work:
        began = time.perf_counter()
        piece()
        found.append(time.perf_counter() - began)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/retold-bench"))
    parser.add_argument("--pages", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.pages:
        pages(chosen.pages, chosen.folder)
        return
    shutil.rmtree(chosen.folder, ignore_errors=True)
    desk = Workspace.init(chosen.folder)
    step, marks = max(1, chosen.articles // 10), [(0, time.perf_counter(), time.process_time())]

    def counted() -> Iterator[Draft]:
        for number, draft in enumerate(articles(chosen.articles), 1):
            yield draft
            if number % step == 0:
                marks.append((number, time.perf_counter(), time.process_time()))
                n, wall, own = (b - a for a, b in zip(marks[-2], marks[-1], strict=True))
                print(f"{number:>8}  {n / wall:7.1f} articles/s  {1000 * own / n:6.2f} ms CPU an article in the writer", flush=True)

    began = time.perf_counter()
    added = desk.add(counted())
    print(f"{added.articles} articles in {time.perf_counter() - began:.1f} s, {added.failures} failures, "
          f"{desk.database.value('SELECT count(*) FROM stories')} stories, {(chosen.folder / 'desk.sqlite').stat().st_size / 1e6:.0f} MB")
    chance = random.Random(5)
    ids = [f"g{chance.randrange(chosen.articles)}" for _ in range(500)]
    page = timed([lambda i=i: (desk.article(i), desk.versions(i), desk.story_of(i)) for i in ids])
    listing = timed([lambda n=n: desk.stories(offset=n, limit=50) for n in range(0, 1000, 10)])
    if not hasattr(desk, "search"):
        print(f"article page p99 {quantile(page, .99):.2f} ms, list of stories p99 {quantile(listing, .99):.2f} ms")
        return
    words = timed([lambda i=i: desk.search(" ".join(desk.article(i).title.split()[:2])) for i in ids[:200]])
    common = timed([lambda q=q: desk.search(q) for q in ["Monday", "council", "company", "ministry costs", "puente", "Brücke"] * 5])
    desk.search("warm", semantic=True)
    meaning = timed([lambda i=i: desk.search(desk.article(i).title, semantic=True) for i in ids[:50]])
    for label, times in (("article page", page), ("list of stories", listing), ("search, names", words), ("search, common words", common),
                         ("search, meaning", meaning)):
        print(f"{label:22} p50 {quantile(times, .5):7.2f} ms  p95 {quantile(times, .95):7.2f} ms  p99 {quantile(times, .99):7.2f} ms")
    desk.close()
    own, helpers = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory {own:.0f} MB in the writer, {helpers:.0f} MB in the largest helper; CPU {cpu():.0f} s in all")


if __name__ == "__main__":
    main()
