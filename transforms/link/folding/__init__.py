"""How one name is written in many ways: names come in, keys under which they meet and a verdict on two go out."""

from transforms.link.folding.keys import fold_name, loose_key
from transforms.link.folding.variants import Level, folded_skeleton, same_name, skeleton, variant_level

__all__ = ["Level", "fold_name", "folded_skeleton", "loose_key", "same_name", "skeleton", "variant_level"]
