"""Who said it: a text with its sentences and names comes in, `Statement` rows go out.

`finder` reads sentence by sentence: `cues` and `named_sources` find attributions, `passages` the words that they put
into a mouth, `quotations` what is left in quotation marks. The words they ask for are data, one folder a language.
"""

from transforms.find.statements.finder import find_statements
from transforms.find.statements.statement import Statement

__all__ = ["Statement", "find_statements"]
