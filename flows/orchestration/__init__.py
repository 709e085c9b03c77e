"""Everything that has to do with Prefect, behind the flows in `flows/ingest.py` and `flows/reprocess.py`.

Importing this package imports no Prefect: that takes seconds, and the plain way does without.
"""

from flows.orchestration.embedded import run_orchestrated

__all__ = ["run_orchestrated"]
