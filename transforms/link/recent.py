"""Keeps the answers to the latest questions: a name comes in, what was found for it goes out."""

from collections.abc import Callable, Sized


class Recent[Found: Sized]:
    """A function of a name that remembers its latest answers; how many is told by what is in them, not by the names.

    Holds at most twice `most` things (an empty answer counts as one) and gives the older half up at once. Threads may
    share it: at worst they find the same thing twice.
    """

    def __init__(self, find: Callable[[str], Found], most: int) -> None:
        self._find = find
        self._most = most
        self._young: dict[str, Found] = {}
        self._old: dict[str, Found] = {}
        self._count = 0

    def __call__(self, name: str) -> Found:
        """What `find` gives for the name.

        >>> letters = Recent(list, most=100)
        >>> letters("Iowa"), letters("Iowa") is letters("Iowa")
        (['I', 'o', 'w', 'a'], True)
        """
        found = self._young.get(name)
        if found is None:
            found = self._old.get(name)
            self._keep(name, found := self._find(name) if found is None else found)
        return found

    def __len__(self) -> int:
        """How many things it holds."""
        return sum(1 + len(found) for kept in (self._young, self._old) for found in kept.values())

    def _keep(self, name: str, found: Found) -> None:
        count = 1 + len(found)
        if self._count + count > self._most:
            self._old, self._young, self._count = self._young, {}, 0
        self._young[name] = found
        self._count += count
