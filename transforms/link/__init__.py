"""Ids for spans, from reference tables: gazetteer, entities, units."""

from transforms.link.places import link_places

__all__ = ["link_places"]
