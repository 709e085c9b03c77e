"""Time expressions of one article: its text and its day come in, `DateExpression` rows go out in text order.

Words and shapes are data, one folder a language (`en/`). A text is cut into tokens (`tokens`), runs of words that the
language knows are read by a chart parser (`chart`), and each reading is given its meaning in the order of the text by
small functions (`meanings` lists them) that ask the story around it (`story`) and its verbs (`tense`).
"""

from transforms.find.dates.expressions import DateExpression, find_dates

__all__ = ["DateExpression", "find_dates"]
