"""Trace stories whose articles were damaged at random, and tell where a stage did not finish.

    python eval/damage.py [--seconds 300] [--seed 1] [--keep FOLDER]

Articles of our own stories lose, repeat and swap pieces, take pieces of others in any language, and signs that stand in few texts. Every
report is written in all formats. A failure whose message asks to be reported is one of ours; its articles are kept as JSON Lines in the
folder, one file a failure. Exit 1 where there was any.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gate import GIVEN, OWN

from retold.base.models import Models
from retold.base.records import Failure
from retold.pipeline import Settings, gather, run
from retold.view.formats import render
from retold.view.report import build_report

SIGNS = """× ÷ ½ ② Ⅻ ﬁ ŉ İ ı ß ﷽ № § € ¥ % ‰ °C m² km/h ° ´ ` “ ” „ ‚ « » ‹ › 「 」 『 』 《 》 " ' ( ) [ ] { } — – - … . , : ; ! ? ¿ 。
、 ， ؟ I/35 B·12 E·55 F-16 7th VII 1.000.000.000 10−20 100-200 2025/26 5-0 3:2 1/3 0 -1 1e9 999999999999999999999999 +49·30·123 31.02.2026
30·February 25:61 12.30·Uhr 午後3時 ０１２ ٣٤٥ 一百二十万 ¥3兆 <b> &amp; @x #y http://a.b/c?d=e 👍 🇺🇦 Mr. Dr. z.·B. U.S. Nr. said laut
according·to по·данным によると 据 قال dedi podle według selon según secondo segundo volgens pour para per not kein не 没有 ない A Я É"""
SPACES = ("\n", "\n\n", "\t", "\x0b", "\x85", "\u2028", "\u200b", "\u202e", "\u00ad", "\u00a0", "\u3000", "\ufeff")
ODD = (*SIGNS.split(), *SPACES)  # a middle dot stands for a space in them
MOST = 25  # changes to an article
KNOWN = 0.8  # share of what is known of an article beside its text that stays known
PIECE = 300  # code points of what is taken from another article


def damaged(text: str, others: Sequence[str], chance: random.Random) -> str:
    """A text after 1 to `MOST` changes."""
    for _ in range(chance.randint(1, MOST)):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.randint(1, PIECE // 3))
        other = chance.choice(others)
        begin = chance.randrange(len(other) + 1)
        odd = chance.choice(ODD).replace("·", " ")
        text = chance.choice((
            text[:at] + odd + text[at:], f"{text[:at]} {odd} {text[at:]}", text[:at] + odd + text[to:], text[:at] + text[to:],
            text[:to] + text[at:], text[:at] + other[begin:begin + PIECE] + text[at:], text[:at] + text[at:to].upper() + text[to:],
            text[:at] + text[at:to][::-1] + text[to:], text.replace(chance.choice(text or " "), odd, 3),
        )) or "x"
    return text


def stories() -> list[list[dict[str, Any]]]:
    """The articles of our own stories as rows."""
    out = []
    for path in sorted(OWN.glob("*/story.json")):
        documents = json.loads(path.read_text("utf-8"))["documents"]
        out.append([{"id": d["id"], "text": (path.parent / d["file"]).read_text("utf-8")} | {key: d[key] for key in GIVEN if d.get(key)}
                    for d in documents])
    return out


def damaged_stories(seed: int) -> Iterator[list[dict[str, Any]]]:
    """Two to five articles of one story, damaged, some of them without what is known of them, without end."""
    chance, whole = random.Random(seed), stories()
    texts = [row["text"] for rows in whole for row in rows]
    while True:
        rows = chance.choice(whole)
        some = chance.sample(rows, min(len(rows), chance.randint(2, 5)))
        yield [{key: damaged(value, texts, chance) if key == "text" else value for key, value in row.items()
                if key in ("id", "text") or chance.random() < KNOWN} for row in some]


def broken(rows: list[dict[str, Any]]) -> list[str]:
    """What did not finish on some articles, in words."""
    settings = Settings(workers=1)
    batch = run(gather(rows, models=Models(), settings=settings), settings=settings)
    report = build_report(batch)
    for form in ("terminal", "markdown", "html", "json"):
        render(report, form)
    return [f.message for f in batch.get(Failure) if "please report it" in f.message]


def main() -> int:
    """Damage and trace for a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("damage"), help="folder for what failed (damage)")
    chosen = parser.parse_args()
    stop, found = time.monotonic() + chosen.seconds, 0
    for number, rows in enumerate(damaged_stories(chosen.seed), 1):
        try:
            told = broken(rows)
        except Exception as error:
            told = [f"{type(error).__name__}: {error}"]
        if told:
            found += 1
            chosen.keep.mkdir(parents=True, exist_ok=True)
            path = chosen.keep / f"{chosen.seed}-{number}.jsonl"
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
            print(f"{path}: {told[0]}", flush=True)
        if time.monotonic() > stop:
            print(f"{number} damaged stories, {found} of them not traced to the end")
            return int(found > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
