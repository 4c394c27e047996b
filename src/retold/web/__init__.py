"""Web: the desk, an application over a workspace (`app.py` is read first)."""
