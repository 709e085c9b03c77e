"""By which words a sentence is known to be worth reading: the rows of a language come in, its `Signs` go out.

Nothing is lost by them: a frame that a sentence holds has all its words there.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

FORMS = ("past", "participle", "ing", "base", "third")
WORD = re.compile(r"[^\W\d_]+")
Needs = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """Words without which no sentence has a claim of its own, in small letters.

    One of those `alone` is enough. A word of `pairs` tells only with one of its others: the "news" of "no news of" with
    "no". Those `of_disease` tell in a text about one: "cases".
    """

    alone: frozenset[str]
    pairs: Mapping[str, frozenset[str]]
    of_disease: frozenset[str]

    def telling_in(self, vocabulary: Set[str], *, disease: bool) -> frozenset[str]:
        """The signs among the words of a text that may tell there: no "bodies" where none are found."""
        alone = self.alone | self.of_disease if disease else self.alone
        paired = (word for word in vocabulary & self.pairs.keys() if not self.pairs[word].isdisjoint(vocabulary))
        return frozenset(vocabulary & alone).union(paired)

    def tell(self, signs: Set[str], here: Iterable[str]) -> bool:
        """Whether one of the signs of a text that a sentence holds tells beside the other words there."""
        return not signs <= self.pairs.keys() or any(
            word in self.alone or not self.pairs[word].isdisjoint(here) for word in signs
        )


def read_signs(
    verbs: Iterable[Mapping[str, str]],
    nouns: Iterable[Mapping[str, str]],
    phrases: Iterable[Mapping[str, str]],
    needs: Needs,
    lists: Mapping[str, frozenset[str]],
) -> Signs:
    """The signs of `verbs.csv` and `nouns.csv`, and of the files of phrases, as rows."""
    alone = set(lists["nominal_victims"])
    pairs: dict[str, frozenset[str]] = {}
    of_disease: set[str] = set()
    common = lists["no_blank"] | lists["determiners"]

    def pair(words: Iterable[str], others: frozenset[str]) -> None:
        for word in words:
            pairs[word] = pairs.get(word, frozenset()) | others

    for row in verbs:
        forms = list(filter(None, map(row.__getitem__, FORMS)))
        if row["with"]:
            pair(forms, frozenset().union(*(_asked(phrase, needs, common)[0] for phrase in row["with"].split("|"))))
        elif row["beside"]:
            pair(forms, needs[row["beside"]])
        else:
            alone.update(forms)
    for row in nouns:
        forms = [row["singular"], row["plural"]]
        if row["needs"] in lists["disease_needs"]:
            of_disease.update(forms)
        elif row["needs"] in needs:
            pair(forms, needs[row["needs"]] | lists["counts_none"])  # "no bodies" says enough
        else:
            alone.update(forms)
    for row in phrases:
        asked = _asked(row.get("state") or row["phrase"], needs, common)
        if row.get("beside"):
            asked.insert(1, needs[row["beside"]])
        if len(asked) > 1:
            pair(*asked[:2])
        else:
            alone.update(asked[0])
    return Signs(frozenset(alone), pairs, frozenset(of_disease))


def _asked(phrase: str, needs: Needs, common: frozenset[str]) -> list[frozenset[str]]:
    """Sets of words, the most telling first: of each, a sentence that holds the phrase has one."""
    listed = [needs[part] for part in phrase.split() if part.isupper()]
    words = sorted(WORD.findall(" ".join(part for part in phrase.split() if not part.isupper())), key=len, reverse=True)
    telling = [frozenset((word,)) for word in words if word not in common]
    return [*listed, *telling] or [frozenset((words[0],))]
