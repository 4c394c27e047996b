"""View: tables to reports."""
