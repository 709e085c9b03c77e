"""Who said it: statements and linked names come in; statements with the speaker's name, id and affiliation go out.

The words for a speaker are a name, a pronoun or a phrase ("the mayor"). `resolution.py` finds who is meant; what the
story says of whom is gathered in `cast.py`. The words are data, one folder a language.
"""

from transforms.link.speakers.linking import link_speakers

__all__ = ["link_speakers"]
