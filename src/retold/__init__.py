"""Retold shows where a news story came from.

    import retold
    report = retold.trace(["a.txt", "b.html"])
    print(report)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.base.models import Models
    from retold.pipeline import Settings, run, trace

__all__ = ["Models", "Settings", "run", "trace"]

HOMES = {"Models": "retold.base.models", "Settings": "retold.pipeline", "run": "retold.pipeline", "trace": "retold.pipeline"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: `retold --help` must not wait for numpy."""
    if name in HOMES:
        from importlib import import_module

        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module 'retold' has no attribute {name!r}")
