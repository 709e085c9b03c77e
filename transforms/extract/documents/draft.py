"""A text as it is put together from a document, with the edits that take out what is not the story.

In: blocks of text, and stretches to be removed or mended, in reading order. Out: a text, its blocks, and edits of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.extract.article import Block
from transforms.extract.edits import Edit


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the document that the article does not have; `text` takes its place."""

    original: str
    rule: str
    text: str = ""


@dataclass(slots=True)
class Draft:
    """The text so far."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    length: int = 0
    _gap: str = ""

    @property
    def text(self) -> str:
        """All of it, with what is to be cut."""
        return "".join(self.parts)

    def block(self, kind: str, fragments: Sequence[str | Cut], gap: str = "\n\n") -> None:
        """Add a block; its first fragment is words, and `gap` stands before it unless it comes first."""
        self._write(gap if self._gap else "")
        start = self.length
        for fragment in fragments:
            self._write(fragment)
        self.blocks.append(Block(start, self.length, kind))
        self._gap = gap

    def leave_out(self, text: str, rule: str) -> None:
        """Add a stretch between blocks that is to be removed."""
        # before the first block the gap goes with it, later the gap before it
        self._write(Cut(f"\n\n{text}" if self._gap else f"{text}\n\n", rule))

    def _write(self, fragment: str | Cut) -> None:
        words = fragment.original if isinstance(fragment, Cut) else fragment
        if isinstance(fragment, Cut):
            self.edits.append(Edit(self.length, self.length + len(words), fragment.text, fragment.rule))
        self.parts.append(words)
        self.length += len(words)
