"""Spans with a meaning, from the article and its date alone."""
