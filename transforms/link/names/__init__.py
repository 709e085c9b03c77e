"""One id for all mentions of one name in a story, so that rows of different stories can be grouped by it.

In: a text, its mentions after `link_places`, and the directory. Out: the mentions with ids, and the short forms.
"""

from transforms.link.names.linking import link_names

__all__ = ["link_names"]
