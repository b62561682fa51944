"""Packages on the shelves."""

import pytest
from django.urls import reverse

from catalog.browse.services import refresh_listings
from tests import factories
from tests.factories.money import make_package

pytestmark = pytest.mark.django_db


def test_a_package_without_a_shelf_of_its_own_stands_with_the_sessions(client):
    factories.make_category(slug="one-to-one", axis="kind")
    make_package(factories.make_service(), title="五次谈话")
    refresh_listings()
    assert "五次谈话" in client.get(reverse("browse:index")).content.decode()
