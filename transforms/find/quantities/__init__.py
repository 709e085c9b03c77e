"""Numbers of a text as stated: value, bounds, direction, unit, currency and what is counted.

In: the text, its language and country, and the spans dates have claimed. Out: `Quantity` rows. The words are data, one
folder a language; see `finder.py` for the road through a text.
"""

from transforms.find.quantities.finder import find_quantities
from transforms.find.quantities.quantity import Quantity

__all__ = ["Quantity", "find_quantities"]
