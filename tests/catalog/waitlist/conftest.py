"""A service with one session a week, and a group of two seats. Models are imported late: settings come first."""

import pytest


@pytest.fixture
def service(db):
    """One session, next Saturday week at ten."""
    from tests.catalog.waitlist.made import one_hour

    return one_hour()


@pytest.fixture
def taken(service):
    """That session, taken by somebody."""
    from tests.catalog.waitlist.made import TEN
    from tests.factories import make_occupancy

    return make_occupancy(service, starts_at=TEN)


@pytest.fixture
def group(db):
    """A group's session of two seats, which guardians may join."""
    from tests.catalog.waitlist.made import TEN
    from tests.factories import make_group_occupancy, make_group_service

    return make_group_occupancy(make_group_service(admits_guardian=True), starts_at=TEN, seats=2)
