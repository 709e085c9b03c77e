"""Imported once by the process that workers are forked from: what all of them need is loaded once and shared."""

import contextlib

import pandas  # noqa: F401 - pyarrow imports it at the first table, in every worker anew if not here

from flows.batch import open_once
from flows.settings import read_settings
from transforms.annotate import Story, annotate
from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.find.model import load_model
from transforms.link.directory import packaged_directory

PAGE = (
    b"<html><body><article><h1>Warm</h1><p>"
    + b"At least two trains from Lyon, France, were late on Sunday, the operator said. " * 8
    + b"</p></article></body></html>"
)
"""A page that makes every stage read its rules."""


def warm() -> None:
    """Do a small piece of work, so that models and rules are in memory before the first fork."""
    settings = read_settings()
    article = extract_page(PAGE, url=None, media_type="text/html")
    text = article.text if isinstance(article, Article) else ""
    annotate(
        [Story(text, language="en")],
        load_model(settings.find.model),
        open_once(settings.storage.gazetteer),
        packaged_directory(),
    )


# A wrong setting must be told where somebody reads it, by the command itself, not by a process nobody sees.
with contextlib.suppress(Exception):
    warm()
