from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.payments.settlement.company import PayingCompany


@pytest.fixture
def company() -> Iterator[PayingCompany]:
    """A company in memory that sends money."""
    from tests.payments.settlement.company import paying_company

    with paying_company() as company:
        yield company
