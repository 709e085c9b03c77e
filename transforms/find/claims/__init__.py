"""Counts of people affected, as reported: who was killed, injured, displaced, arrested, and how many.

In: the text with its sentences, quantities, dates and names. Out: `Claim` rows. The words are data, one folder a
language; see `finder.py` for the road through a text.
"""

from transforms.find.claims.claim import Claim
from transforms.find.claims.finder import find_claims

__all__ = ["Claim", "find_claims"]
