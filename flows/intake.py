"""Lets inputs through that the lake does not know yet, and counts all of them.

In: what collect yields. Out: batches of new inputs, each registered before anybody works on it.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date
from itertools import batched

from flows.publish.index import LakeIndex
from transforms.collect.page import Page, Refused

LOOK_UP = 50
"""Inputs that are looked up in the lake at once."""


class Intake:
    """The inputs of one run, counted as they come in."""

    def __init__(
        self, inputs: Iterable[Page | Refused], index: LakeIndex, *, again: bool, reread: Iterable[str] = ()
    ) -> None:
        """`again`: let known inputs through too, because the rules may have changed; `reread` names single ones."""
        self._inputs = inputs
        self._index = index
        self._again = again
        self._reread = set(reread)
        self._read_again: set[str] = set()
        self.source_of: dict[str, str] = {}
        """Every input that came in: id → source."""
        self.unchanged: set[str] = set()
        """Ids of those whose outcome the lake had before, and that were not worked on."""
        self.days: set[date] = set()
        """UTC days on which they were fetched."""

    @property
    def new(self) -> set[str]:
        """Ids of the inputs that were worked on."""
        return self.source_of.keys() - self.unchanged

    def in_batches(self, size: int, token: str) -> Iterator[tuple[Page | Refused, ...]]:
        """The inputs to be worked on, `size` at a time, registered under the name of the run."""
        return batched(self._let_through(token), size)

    def count(self, ids: Iterable[str]) -> Counter[str]:
        """How many of these inputs each source brought."""
        return Counter(self.source_of[input_id] for input_id in ids)

    def _let_through(self, token: str) -> Iterator[Page | Refused]:
        for inputs in batched(self._inputs, LOOK_UP):
            known = {} if self._again else self._index.outcomes([item.input_id for item in inputs])
            fresh = [item for item in inputs if self._is_wanted(item.input_id, known)]
            self._index.register(((item.input_id, item.url) for item in fresh), token)
            for item in inputs:
                self.source_of[item.input_id] = item.source
                self.days.add(item.fetched_at.astimezone(UTC).date())
            let_through = {item.input_id for item in fresh} | self._read_again
            self.unchanged.update(known.keys() - let_through)
            yield from fresh

    def _is_wanted(self, input_id: str, known: Container[str]) -> bool:
        """Whether to work on an input. One that is read again comes once from the archive and perhaps once more."""
        if input_id in self._reread:
            self._reread.discard(input_id)
            self._read_again.add(input_id)
            return True
        return input_id not in known and input_id not in self._read_again
