"""The application over view."""
