"""What may be printed in a terminal. In: any text. Out: text that cannot steer the reader's terminal."""


def printable(text: str, keep: str = "") -> str:
    r"""The text with what is not printable replaced by spaces, one for one; characters in `keep` stay.

    >>> printable("red\x1b[31m alert\a")
    'red [31m alert '
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in keep else " " for letter in text)
