from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """All demo data in a transaction around the tests of a module: loading takes seconds, a savepoint nothing."""
    from django.db import transaction

    from marketplace.demo.services import load_demo_data

    around = transaction.atomic()
    around._from_testcase = True  # as Django's own TestCase does, so that durable services run inside it
    with django_db_blocker.unblock(), around:
        assert load_demo_data()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """A database with all demo data."""
