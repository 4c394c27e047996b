"""Collect: files, pages and streams to articles."""
