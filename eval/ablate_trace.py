"""Which evidence contributes what: links and origins without each kind of it, each story with the weights of the other stories.

    python eval/ablate_trace.py [--cache FOLDER]

A kind of evidence is left out of the fit and of the tracing; the other weights are fitted anew without it. Stories are grouped as annotated
(`fit_trace.linked`). `lost` counts the stories whose links are worse without it, `won` those whose links are better.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import fit_trace
import numpy as np
from fit_trace import NAMES, PRIOR, Case, Data, fit, gathered, links

from retold.trace import derivations, outside, voices

KINDS: Mapping[str, tuple[str, ...]] = {
    "all of it": (),
    "words in common": ("copied", "translated"),
    "claims in common": ("claims", "exclusive", "surplus", "sequence"),
    "names and figures in common": ("details",),
    "sides of conflicts": ("innovations", "splits"),
    "quotes in the same words": ("wording",),
    "what the source is called": ("cited", "told_by", "borne_out", "reversed"),
    "what else is called a source": ("elsewhere", "common", "credit", "unsourced", "asked", "sourceless"),
    "time": ("earlier", "later"),
    "agencies before papers": ("agency",),
    "rivals": ("rivals",),
}
VOICES: Mapping[str, tuple[str, ...]] = {
    "spoken to: told this outlet": ("own",),
    "spoken to: what others have said": ("said_taken", "said_before", "stale", "requoted", "via"),
    "spoken to: reports named beside": ("outlets", "beside", "under"),
    "spoken to: by an agency, named often, without a name": ("agency", "often", "unnamed"),
}


@contextmanager
def without(names: tuple[str, ...]) -> Iterator[None]:
    """Fits that know nothing of some signals, which weigh nothing before and after."""
    kept = np.array([n not in names for n in NAMES], dtype=float)
    with patch.object(fit_trace, "PRIOR", PRIOR * kept):
        yield


def masked(found: list[Case], names: tuple[str, ...]) -> list[Case]:
    """The cases, some signals at nothing."""
    kept = np.array([n not in names for n in NAMES], dtype=float)
    return [(values * kept, named, true) for values, named, true in found]


def figures(data: Data, names: tuple[str, ...]) -> np.ndarray:
    """Links and origins F1 and count error of every story, without some signals and with the weights of the others: (stories, 3)."""
    out = []
    with without(names):
        for name, (batch, path, _) in data.items():
            w = fit([c for other, (_, _, found) in data.items() if other != name for c in masked(found, names)])
            weights = {n: 0.0 if n in names else float(v) for n, v in zip(NAMES, w, strict=True)}
            found, _ = links(batch, path, weights)
            out.append([found["links"], found["origins"], found["origins.count_error"]])
    return np.array(out)


def tell(title: str, found: np.ndarray, whole: np.ndarray) -> None:
    """One row."""
    apart = found[:, 0] - whole[:, 0]
    means = found.mean(axis=0)
    print(f"{title:36}{means[0]:7.3f}{apart.mean():+8.3f}{(apart < 0).sum():6}{(apart > 0).sum():6}{means[1]:9.3f}"
          f"{(found[:, 1] - whole[:, 1]).mean():+8.3f}{means[2]:7.2f}", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what comes before this stage")
    chosen = parser.parse_args()
    data = gathered(chosen.cache)
    print(f"{'without':36}{'links':>7}{'':8}{'lost':>6}{'won':>6}{'origins':>9}{'':8}{'error':>7}")
    whole = figures(data, ())
    for title, names in KINDS.items():
        tell(title, figures(data, names) if names else whole, whole)
    for title, names in VOICES.items():
        with patch.dict(voices.WEIGHTS, dict.fromkeys(names, 0.0)):
            tell(title, figures(data, ()), whole)
    with patch.object(outside, "NOBODY", 1.0):
        tell("one of several must have had it", figures(data, ()), whole)
    with patch.object(derivations, "common_sources", lambda *_: []), patch.object(derivations, "silent_subscribers", lambda *_: []):
        tell("common sources of copies", figures(data, ()), whole)
    return 0


if __name__ == "__main__":
    sys.exit(main())
