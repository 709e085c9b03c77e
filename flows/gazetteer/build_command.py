"""What `copydesk gazetteer build` does: dump files, if any, come in; the gazetteer and a report in words go out."""

from pathlib import Path

from filelock import FileLock

from flows.gazetteer import build_gazetteer
from flows.gazetteer.dumps import Dumps
from flows.problem import Problem


def build(folder: Path, dumps: Dumps) -> list[str]:
    """Build the gazetteer in `folder` from the packages and the dumps; gives sentences to print.

    Problem names a file that is missing or not what it is said to be; the gazetteer that was there then stays.
    """
    for what, path in dumps.given().items():
        if not path.is_file():
            raise Problem(f"--{what.replace('_', '-')}: no file {path}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        reports = build_gazetteer(folder, dumps)
    said = [sentence for report in reports for sentence in report.sentences()]
    return [*said, f"built {folder}; its LICENCES.txt says what it was built from"]
