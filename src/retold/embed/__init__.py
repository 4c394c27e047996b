"""Embed: sentences to vectors."""
