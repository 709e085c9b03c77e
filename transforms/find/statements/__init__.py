"""Who said it: a text with its sentences and names comes in, `Statement` rows go out.

`finder` reads sentence by sentence: `attributions` finds what puts words into a mouth, `passages` those words,
`quotations` what is left in quotation marks. The words they ask for are data, one folder a language.
"""

from transforms.find.statements.finder import find_statements
from transforms.find.statements.statement import Statement

__all__ = ["Statement", "find_statements"]
