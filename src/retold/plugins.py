"""Hooks: how a package of yours changes Retold without forking it. All of them stand on this screen.

A plugin is an installed package with an entry point in the group "retold":

    [project.entry-points.retold]
    mine = "my_package.retold_plugin"

whose module defines any of the functions below, decorated with `hook`.
"""

from __future__ import annotations

from functools import cache

import pluggy

from retold.base.models import Models, Stage

spec = pluggy.HookspecMarker("retold")
hook = pluggy.HookimplMarker("retold")


class Hooks:
    """What a plugin may define."""

    @spec(firstresult=True)
    def retold_models(self, models: Models) -> Models | None:
        """Other models than the shipped ones; None leaves them as they are."""

    @spec
    def retold_stages(self) -> list[Stage]:
        """Further stages, run after the shipped ones in the order given."""
        return []


@cache
def plugins() -> pluggy.PluginManager:
    """The manager with all installed plugins loaded."""
    manager = pluggy.PluginManager("retold")
    manager.add_hookspecs(Hooks)
    manager.load_setuptools_entrypoints("retold")
    return manager


def chosen_models(models: Models) -> Models:
    """The models after plugins had their say."""
    return plugins().hook.retold_models(models=models) or models


def further_stages() -> tuple[Stage, ...]:
    """The stages that plugins add."""
    return tuple(stage for stages in plugins().hook.retold_stages() for stage in stages)
