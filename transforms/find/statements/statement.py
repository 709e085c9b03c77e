"""One row of the table `statements`: a stretch of text that somebody is responsible for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that are not the reporter's own: `text[start:end]` is `self.text`.

    Finding fills the span, the speaker as written (`text[speaker_start:speaker_end]`, None when nobody is named), the
    cue, `direct` and `rule`. Linking puts the speaker's canonical name in place of the words and fills the ids.

    A sentence that is interrupted by its cue ("The fire, he said, began at dawn") is one statement over both sides.
    """

    start: int
    end: int
    text: str
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker: str | None = None
    speaker_entity_id: str | None = None
    speaker_affiliation_id: str | None = None
    cue: str | None = None
    direct: bool = False
    rule: str | None = None
