from datetime import date

import pytest
from pydantic import ValidationError

from flows.parameters import IngestParameters, ReprocessParameters


def test_a_day_may_be_written_as_text() -> None:
    assert IngestParameters.model_validate({"since": "2026-11-01"}).since == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"since": "yesterday"}, "since"),
        ({"sources": "guardian"}, "sources"),
        ({"source": ["guardian"]}, "source"),
    ],
)
def test_a_wrong_parameter_is_named(values: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        IngestParameters.model_validate(values)
    assert [problem["loc"][0] for problem in caught.value.errors()] == [told]


def test_days_in_the_wrong_order_are_told_apart() -> None:
    with pytest.raises(ValidationError, match="end 2026-11-01 lies before start 2026-11-02"):
        ReprocessParameters(start=date(2026, 11, 2), end=date(2026, 11, 1))
