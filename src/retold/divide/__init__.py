"""Divide: articles to passages and sentences, with what is not the article set apart."""
