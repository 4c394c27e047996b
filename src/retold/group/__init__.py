"""Group: articles to stories."""
