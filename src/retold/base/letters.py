"""Ranges of letters, for classes in regular expressions."""

from __future__ import annotations

LATIN_CAPITALS = "A-ZÀ-ÖØ-Þ"  # Latin; the sign ×, which is no letter, lies between Ö and Ø
