"""Names that many bodies bear: a name taken apart comes in, whether it tells one from another goes out.

The names are `en/generic_names.csv`: those that each country may have (`national`), and those that say nothing at all
without a longer name (`none`).
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from transforms.link.names.body_name import BodyName, body_name
from transforms.link.names.words import read_rows


@cache
def generic_names() -> Mapping[tuple[str, ...], str]:
    """The kind of each name, `national` or `none`, by its words as they are compared."""
    return MappingProxyType({body_name(row["name"]).words: row["kind"] for row in read_rows("generic_names.csv")})


def is_generic(name: BodyName) -> bool:
    """Whether a name says nothing of whose body it is, in whatever country: "City Council"."""
    return generic_names().get(name.words) == "none"
