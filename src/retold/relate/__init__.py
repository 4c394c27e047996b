"""Relate: how two versions bear on each other: shared text, conflicts."""
