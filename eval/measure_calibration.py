"""How often conflicts of a given confidence are right: annotated stories, as Retold groups and links them.

    python eval/measure_calibration.py [--own]     all that `gate.py` traces; only stories of ours

A conflict is right when two of its sides touch two sides of an annotated one; one that only touches an optional one is left out, as the
gate does. The figures for claim links are printed by `fit_claims.py`, those for edges by `fit_trace.py --loso`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from gate import Traced, example_corpus, own_corpus, shared_corpus
from scores import same_sides, told_story

STEPS = 10


def judged(traced: Traced) -> Iterator[tuple[float, bool]]:
    """Confidence, and whether it is right, of every conflict of a story."""
    annotation = traced.annotation
    true = [(c.get("optional"), [[annotation.places(m) for m in side] for side in c["sides"]]) for c in annotation.data["conflicts"]]
    for conflict in told_story(annotation, traced.report)["conflicts"]:
        hits = [optional for optional, sides in true if same_sides(conflict["sides"], sides)]
        if not hits or not all(hits):
            yield conflict["confidence"], bool(hits)


def main() -> int:
    """Trace the stories and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", action="store_true", help="only stories that belong to the project")
    chosen = parser.parse_args()
    corpora = [example_corpus(), own_corpus(), *([] if chosen.own else filter(None, [shared_corpus()]))]
    found = [row for corpus in corpora for trace in corpus.stories.values() for row in judged(trace())]
    print(f"{'confidence':12}{'said':>6}{'right':>7}{'all':>5}")
    for step in range(STEPS):
        own = [(said, right) for said, right in found if min(int(said * STEPS), STEPS - 1) == step]
        if own:
            print(f"{step / STEPS:.1f} to {(step + 1) / STEPS:.1f}  {sum(said for said, _ in own) / len(own):6.2f}"
                  f"{sum(right for _, right in own):7}{len(own):5}")
    error = sum((said - right) ** 2 for said, right in found) / max(1, len(found))
    print(f"{len(found)} conflicts, Brier score {error:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
