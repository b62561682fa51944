"""What is of the highest grade cannot be read in the database, in Redis or in the logs; the search would have found it."""

from random import Random

import pytest
from django.urls import reverse

from marketplace.core.grades import sealed_fields
from tests.conftest import PRODUCT
from tests.support.canaries import found, hatch, shapes
from tests.support.http import log_of
from tests.support.secret_search import search


@pytest.mark.django_db(transaction=True)
def test_nothing_sealed_is_readable_and_every_control_is(gunicorn_server):
    log = log_of(PRODUCT)
    result = search(url=gunicorn_server, log=log, folders=[log.parent], dice=Random(7))
    fields = {f"{model._meta.label}.{field.name}" for model, field in sealed_fields()}
    assert fields <= {canary.place for canary in result.planted}, "each sealed field has a canary"
    assert result.found == {}
    assert [canary.place for canary in result.controls if canary not in result.controls_found] == []
    assert result.pages > 20
    assert any(canary.place == f"written at {reverse('complaints:new')}" for canary in result.planted), (
        "forms were found and filled"
    )


def test_a_canary_is_found_in_any_shape_at_any_place():
    canary = hatch(Random(1), "here")
    for shape in shapes(canary.chinese):
        assert found([canary], {"there": b"before " + shape + b" after"}) == {canary: "there"}
    assert found([canary], {"there": canary.chinese[:-1].encode() + b" " + canary.latin[:-1].encode()}) == {}
