"""Link: the same name, quote or claim across the articles of a story."""
