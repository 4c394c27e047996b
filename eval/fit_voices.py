"""Fit the weights of `retold.trace.voices` on annotated stories, and show how they do on stories left out.

    python eval/fit_voices.py [--cache FOLDER]

Every person or body that an article names as a source, and that is no article of the collection, is one case: did the article speak to
them itself? Cases whose edge an annotation merely accepts are left out, and articles that tell first hand. Stories are grouped as
annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from annotations import Annotation
from fit_trace import of_story
from leaving_out import Case, fit_and_tell

from retold.base.tables import Batch
from retold.trace.candidates import agencies
from retold.trace.derivations import TAKEN, derive
from retold.trace.stage import prepare
from retold.trace.voices import WEIGHTS, signals, surroundings

NAMES = tuple(WEIGHTS)
RIDGE = 0.5  # pull towards 0; between .5 and 1 the figures of stories left out hardly differ
BIAS_RIDGE = 0.01


def cases(batch: Batch, annotation: Annotation) -> Iterator[Case]:
    """The cases of one story: values by `NAMES`, and whether the annotation has the edge."""
    story = prepare(of_story(batch, "s"))
    register, stated = story.register, story.stated
    lineage = derive("s", story.heard, story.fabric, stated, register, weighed=story.weighed)
    known = surroundings(story.heard, story.fabric, stated, agencies(stated, register))
    for article in (a.id for a in story.fabric.articles if a.id not in lineage.first_hand):
        missing = [s for s in stated[article] if s.node.startswith("external:")]
        reports = {s.node for s in missing if s.kind in ("outlet", "agency")}
        taken = {d.source: d.probability for d in lineage.derivations
                 if d.target == article and d.probability >= TAKEN and d.source in register.articles}
        for node in sorted({s.node for s in missing} - reports):
            values = signals([s for s in missing if s.node == node], taken, known)
            true, free = (named_by(annotation, part, article, node) for part in ("derivations", "also_accepted"))
            if true or not free:
                yield [values[name] for name in NAMES], true


def named_by(annotation: Annotation, part: str, article: str, node: str) -> bool:
    """Whether a part of an annotation has a source outside the collection for an article."""
    return any(e["target"] == article and annotation.same_source(node, e["source"]) for e in annotation.data.get(part, []))


def main() -> int:
    """Fit and print."""
    return fit_and_tell(__doc__, cases, NAMES, ridge=RIDGE, first=BIAS_RIDGE, what="sources", so="spoken to")


if __name__ == "__main__":
    sys.exit(main())
