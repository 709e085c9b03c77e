"""Views that answer what many analysts ask. In: nothing. Out: `VIEWS`, each with its SQL and columns."""

from transforms.publish.views.reports import REPORTS
from transforms.publish.views.view import View

__all__ = ["VIEWS", "View"]

VIEWS: tuple[View, ...] = (REPORTS,)
