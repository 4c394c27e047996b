"""A collection that lives on an embedded store: one file that any tool can open, and a folder of originals beside it."""

from retold.collect.settings import CollectSettings as FetchSettings
from retold.workspace.articles import Version
from retold.workspace.chunks import Added
from retold.workspace.stories import StorySummary
from retold.workspace.workspace import Workspace

__all__ = ["Added", "FetchSettings", "StorySummary", "Version", "Workspace"]
