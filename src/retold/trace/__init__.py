"""Trace: who had it from whom, where it began, and what changed on the way."""
