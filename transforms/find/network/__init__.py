"""The first half of name recognition, reckoned quicker: a spaCy pipeline comes in and reads the same with less work.

In that half every word becomes numbers, and then takes in its neighbours. What a word is by itself is reckoned once and
kept; the neighbours are taken in by a few hundred words at a time, so that their numbers stay near the processor. The
sums are the same but for the order of their terms: numbers may differ in the sixth place.
"""

from transforms.find.network.reader import read_quickly

__all__ = ["read_quickly"]
