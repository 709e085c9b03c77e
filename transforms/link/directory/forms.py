"""When two ways to write a name are the same form: a form comes in, the keys under which it is kept and sought go out.

Most forms meet under `fold_name`. An acronym is a form only as it is written: WHO is a body, "who" is a word, and "the
XI" of a football club is not President Xi. So forms without a small letter, forms of at most three letters, and those
that a file lists as acronyms ("Isis", "dpa") have a key of their own, which ignores full stops only.
"""

import re
from functools import lru_cache

from transforms.link.folding import fold_name

_SHORTEST_FOLDED = 4
_AS_WRITTEN = "="
_ARTICLE = re.compile(r"[Tt]he\s+(?=\S)")
_ARABIC_ARTICLE = re.compile(r"[Aa][Ll][-\s](?=\w)")


def key_of(form: str, is_acronym: bool = False) -> str:
    """The key under which a form of a name is kept; empty when nothing of it is a letter or a digit.

    >>> key_of("WHO"), key_of("W.H.O."), key_of("Médecins sans Frontières"), key_of("dpa", is_acronym=True)
    ('=WHO', '=WHO', 'medecins sans frontieres', '=dpa')
    """
    if is_acronym or _is_kept_as_written(form):
        return _written_key(form)
    return _folded_key(form)


def keys_to_keep(form: str, is_acronym: bool = False) -> tuple[str, ...]:
    """All keys of a form: one in small letters also counts as it is written, as stories write it so.

    >>> keys_to_keep("talibanes"), keys_to_keep("Taliban")
    (('talibanes', '=talibanes'), ('taliban',))
    """
    keys = (key_of(form, is_acronym), _written_key(form) if form.islower() else "")
    return tuple(key for key in dict.fromkeys(keys) if key)


@lru_cache(maxsize=20_000)  # some 5 MiB
def keys_of(written: str) -> tuple[str, ...]:
    """The keys under which to seek a name as a story writes it, the strictest first; small letters are no name's.

    >>> keys_of("WHO"), keys_of("who"), keys_of("The Hamas")
    (('=WHO', 'who'), ('=who',), ('=Hamas', 'hamas'))
    """
    keys = (_written_key(written), "" if written.islower() else _folded_key(written))
    return tuple(key for key in keys if key)


def _is_kept_as_written(form: str) -> bool:
    letters = sum(letter.isalnum() for letter in form)
    return form.isupper() or (letters < _SHORTEST_FOLDED and form.isascii())


def _written_key(form: str) -> str:
    plain = " ".join(_without_article(form).replace(".", "").replace("’", "'").split())
    return f"{_AS_WRITTEN}{plain}" if any(letter.isalnum() for letter in plain) else ""


def _folded_key(form: str) -> str:
    """The folded form; unlike that of a place, it keeps its Arabic article: Haq is a man, Al-Haq an organisation."""
    plain = _without_article(form)
    key = fold_name(plain)
    return f"al {key}" if key and _ARABIC_ARTICLE.match(plain) else key


def _without_article(form: str) -> str:
    """The form without the English article, which names have in one story and not in the next: The Hague Group."""
    return form[found.end() :] if (found := _ARTICLE.match(form)) else form
