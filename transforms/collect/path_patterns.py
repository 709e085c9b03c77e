"""Holds the path patterns of robots.txt (RFC 9309, 2.2.3) against paths.

In: a pattern and a path with its query. Out: whether the path begins as the pattern says.
"""

from transforms.collect.address import escapes_mended


def fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; the pieces between stars are looked for one after the other.

    >>> fits("/a/*.jpg$", "/a/b.jpg"), fits("/a/*.jpg$", "/a/b.jpg?x"), fits("/a", "/ab"), fits("/%7Ea", "/~a/b")
    (True, False, True, True)
    """
    path = escapes_mended(path)
    is_whole = pattern.endswith("$")
    first, *pieces = escapes_mended(pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not is_whole or path == first
    place, last = len(first), pieces[-1]
    for piece in pieces[:-1] if is_whole else pieces:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not is_whole or (path.endswith(last) and len(path) - len(last) >= place)
