"""Whether the words around an expression look back or ahead: tokens, their language and a place in; -1, 0 or 1 out."""

from collections.abc import Sequence

from transforms.find.dates.language import Language
from transforms.find.dates.tokens import Token

LOOKS = 14
"""How many tokens away a verb may stand; further off it is seldom the verb of this expression."""
STOPS = frozenset('.!?;:"”“')


class Tense:
    """The verbs around `tokens[start:end]`; what they are is in the language's `tense.yaml` and `notation.yaml`."""

    def __init__(self, tokens: Sequence[Token], language: Language) -> None:
        self.tokens, self.groups, self.notation = tokens, language.groups, language.notation

    def direction(self, start: int, end: int, weak: bool = False) -> int:
        """-1 when the words around speak of the past, 1 of the future, 0 when they do not say.

        The nearest verb before the expression counts, else the nearest one after it in the same sentence. `weak` lets
        infinitives count ("agreed to sell it in May"): they point ahead for months, and hardly for weekdays.
        """
        if self._is_soonest(start):
            return 1
        if self._word(start - 1) in self.groups["until"]:
            return -1 if self._says(start - 1, "lasted") else 1
        for position in range(start - 1, max(-1, start - 1 - LOOKS), -1):
            if self.tokens[position].lower in STOPS:
                break
            if tense := self._tense_before(position, start - position, weak):
                return tense
        return self._tense_after(end)

    def _tense_after(self, end: int) -> int:
        for position in range(end, min(len(self.tokens), end + LOOKS)):
            word = self.tokens[position].lower
            if word in STOPS:
                break
            if word in self.groups["future"]:
                return 1
            if word in self.groups["past"] or self._is_past_form(position):
                return -1
        return 0

    def _is_soonest(self, start: int) -> bool:
        """Whether "as soon as" stands before, with at most one word between."""
        words = [token.lower for token in self.tokens[max(0, start - 4) : start]]
        return any(words[i : i + len(phrase)] == phrase for phrase in self.notation.soonest for i in range(len(words)))

    def _tense_before(self, position: int, distance: int, weak: bool) -> int:
        groups = self.groups
        word, before = self._word(position), self._word(position - 1)
        if word in groups["future"]:
            return 1
        if word in groups["reported_future"] and weak:
            return 1
        if word in groups["planned"]:
            return -1 if self._had_been(position) else 1
        if word in groups["on_the_calendar"] and self._has_subject(position):
            return 1
        if word in groups["be"]:
            return 1 if before in groups["opens_future"] or before in groups["future"] else 0
        if word in groups["to"] and (before in groups["bound"] or (weak and self._is_infinitive(position + 1))):
            return -1 if self._had_been(position) else 1
        if word in groups["ahead"]:
            return 1 if weak and distance == 1 else 0
        if word in groups["saying"]:
            return -1 if distance <= 2 or not weak else 0
        if before in groups["be"]:
            return 0  # "will be held": what stands before decides
        return -1 if word in groups["past"] or self._is_past_form(position) else 0

    def _says(self, end: int, group: str) -> bool:
        """Whether a word of a group stands shortly before a token, in its sentence."""
        for position in range(end - 1, max(-1, end - 1 - LOOKS), -1):
            if self.tokens[position].lower in STOPS:
                return False
            if self.tokens[position].lower in self.groups[group]:
                return True
        return False

    def _had_been(self, position: int) -> bool:
        """Whether a plan was already past when the story was written: "had previously been due to expire"."""
        before = {self._word(position - back) for back in (1, 2, 3, 4)}
        return bool(before & self.groups["had"])

    def _has_subject(self, position: int) -> bool:
        """Whether a word that may be a verb follows what can be its subject: a plural, a name, a pronoun."""
        if position == 0:
            return False
        before, notation = self.tokens[position - 1], self.notation
        is_plural = before.lower.endswith(notation.plural_forms) and not before.lower.endswith(notation.no_plural_forms)
        is_name = before.text[:1].isupper() and before.lower not in self.groups["articles"]
        return is_name or (before.text.islower() and is_plural) or before.lower in self.groups["subjects"]

    def _is_past_form(self, position: int) -> bool:
        token = self.tokens[position]
        return len(token.text) > 4 and token.text.islower() and token.text.endswith(self.notation.past_forms)

    def _is_infinitive(self, position: int) -> bool:
        text = self.tokens[position].text if position < len(self.tokens) else ""
        is_noun = text.endswith(self.notation.noun_forms) or text in self.groups["no_verbs"]
        return text.isalpha() and text.islower() and not is_noun

    def _word(self, position: int) -> str:
        return self.tokens[position].lower if 0 <= position < len(self.tokens) else ""
