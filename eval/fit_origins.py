"""Fit the weights of `retold.trace.centrality` on annotated stories, and show how they do on stories left out.

    python eval/fit_origins.py [--cache FOLDER]

Every person or body that is a root of a story is one case: does the annotation count it as an independent origin? Stories are grouped as
annotated (`fit_trace.linked`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from annotations import Annotation
from fit_trace import of_story
from leaving_out import Case, fit_and_tell

from retold.base.tables import Batch
from retold.trace.centrality import WEIGHTS, signals
from retold.trace.derivations import derive
from retold.trace.origins import find_origins, find_roots
from retold.trace.stage import prepare

NAMES = tuple(WEIGHTS)
RIDGE = 2.0  # pull towards 0; of 2, 4 and 8 the figures of stories left out hardly differ
BIAS_RIDGE = 0.05


def cases(batch: Batch, annotation: Annotation) -> Iterator[Case]:
    """The cases of one story: values by `NAMES`, and whether the annotation counts the root."""
    story = of_story(batch, "s")
    known = prepare(story)
    fabric, stated, register = known.fabric, known.stated, known.register
    lineage = derive("s", story, fabric, stated, register, weighed=known.weighed)
    roots = find_roots(fabric, lineage)
    counted = [o["id"] for o in annotation.data["origins"] if o["independent"]]
    for origin in find_origins("s", story, fabric, lineage, roots, stated, register):
        if origin.kind not in ("outlet", "agency") and origin.node.startswith("external:"):
            values = signals(origin.node, fabric, roots, stated, register)
            yield [values[name] for name in NAMES], any(annotation.same_source(origin.node, o) for o in counted)


def main() -> int:
    """Fit and print."""
    return fit_and_tell(__doc__, cases, NAMES, ridge=RIDGE, first=BIAS_RIDGE, what="roots", so="counted")


if __name__ == "__main__":
    sys.exit(main())
