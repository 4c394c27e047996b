"""Identify: names, quotes, attributions, quantities, dates and claims in one article."""
