"""An organisation finds nothing of another one's, by id, in lists or through forms; `make show-isolation` tries it all."""

import os
import random

import pytest

from catalog.partner.enums import OrganisationType
from tests.support import planted_isolation
from tests.support.databases import unsaved
from tests.support.isolation import Tried, walk_all

#: A part of the doors and forms each time; another part with another SEED.
SEED = int(os.environ.get("SEED", "0"))


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker) -> Tried:
    others = [kind for kind in OrganisationType if kind != OrganisationType.CLINIC]
    kinds = (OrganisationType.CLINIC, random.Random(SEED).choice(others))
    with django_db_blocker.unblock(), unsaved():
        return walk_all(kinds, seed=SEED, most_doors=40, most_forms=30)


def test_nothing_of_a_neighbour_opens_shows_or_changes(found):
    assert not found.leaks, "\n".join(found.leaks[:40])


def test_ones_own_opens(found):
    assert not found.shut, "\n".join(found.shut[:40])
    assert found.allowed_ok > 60 and found.attempts > 100


@pytest.mark.parametrize("planted", planted_isolation.EXPECTED)
def test_an_unguarded_row_is_found(planted_found, planted):
    assert planted in planted_found


@pytest.fixture(scope="module")
def planted_found(django_db_setup, django_db_blocker) -> set[str]:
    with django_db_blocker.unblock(), unsaved():
        return planted_isolation.find_planted()
