"""Reads the `Content-Usage` lines of a robots.txt (IETF AIPREF, draft-ietf-aipref-attach).

In: the file, a path of its site and our product token. Out: the preference stated for the path, as written.
"""

from transforms.collect.path_patterns import fits
from transforms.collect.robots import PARSED_BYTES


def usage_in_robots(body: bytes, path: str, product: str) -> str | None:
    r"""What the group for us, else the group for everybody, states; the longest path that fits decides.

    >>> usage_in_robots(b"User-Agent: *\nContent-Usage: /news train-ai=n", "/news/1", "copydesk")
    'train-ai=n'
    """
    groups = _groups(body[:PARSED_BYTES].decode("utf-8-sig", errors="replace"))
    lines = groups.get(product.lower(), groups.get("*", []))
    fitting = [(pattern, usage) for pattern, usage in lines if fits(pattern, path)]
    return max(fitting, key=lambda line: len(line[0]), default=(None, None))[1]


def _groups(text: str) -> dict[str, list[tuple[str, str]]]:
    """The usage lines, (path pattern, preference), of each product; groups for the same product are one."""
    groups: dict[str, list[tuple[str, str]]] = {}
    products: list[str] = []
    are_named = False  # the last rule line named products, so the next name joins them
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), " ".join(value.split())
        if not colon:
            continue
        if name == "user-agent":
            products = [*products, value.lower()] if are_named else [value.lower()]
            groups.setdefault(value.lower(), [])
        elif name == "content-usage" and value:
            for product in products:
                groups[product].append(_usage(value))
        are_named = name == "user-agent" or (are_named and name in ("sitemap", ""))
    return groups


def _usage(value: str) -> tuple[str, str]:
    pattern, space, usage = value.partition(" ")
    return (pattern, usage) if space and pattern.startswith(("/", "*")) else ("/", value)
