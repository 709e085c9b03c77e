"""What a cue says about the words around it: who is responsible, and on which side of the cue the words are."""

from dataclasses import dataclass

from transforms.find.statements.speaker import Speaker


@dataclass(slots=True)
class Attribution:
    """Tokens `first` to `last` (exclusive) attribute words: speaker, cue and circumstances.

    `left`: the words end before `first`; `right`: they begin at token `begin`. With both, they are one sentence that
    the attribution interrupts. `cue_first` and `cue_last` are the tokens of the cue; `colon`: the words stand after a
    colon; `framed`: they are an object of the verb ("called it a mistake"), so no speech of its own. `end`, unless 0,
    is a token at which they end: ", according to a letter".
    """

    first: int
    last: int
    cue_first: int
    cue_last: int
    speaker: Speaker | None
    rule: str
    left: bool = False
    right: bool = False
    begin: int = 0
    colon: bool = False
    framed: bool = False
    end: int = 0
