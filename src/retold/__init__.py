"""Retold shows where a news story came from.

    import retold
    report = retold.trace(["a.txt", "b.html"])
    print(report)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.base.models import Models
    from retold.pipeline import Settings, run, trace

__all__ = ["Models", "Settings", "run", "trace"]

HOMES = {"Models": "retold.base.models", "Settings": "retold.pipeline", "run": "retold.pipeline"}


class Package(ModuleType):
    """This package. Its public names are loaded when they are first asked for: `retold --help` must not wait for numpy.

    `retold.trace` is the function, although a stage of the same name is a subpackage, which the import system would put in its place.
    """

    def __getattr__(self, name: str) -> Any:
        """A public name from where it lives."""
        if name in HOMES:
            return getattr(import_module(HOMES[name]), name)
        raise AttributeError(f"module 'retold' has no attribute {name!r}")

    @property
    def trace(self) -> Callable[..., Any]:
        """`retold.pipeline.trace`."""
        found: Callable[..., Any] = import_module("retold.pipeline").trace
        return found

    @trace.setter
    def trace(self, stage: ModuleType) -> None:
        """Leave the name with the function when the stage is imported."""


sys.modules[__name__].__class__ = Package
