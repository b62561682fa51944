"""What a bank is told of a delivered order."""

import pytest

from catalog.fulfilment.proof import delivery_proof
from catalog.order.models import Line
from payments.disputes.proof import drafted_evidence
from payments.selectors import latest_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.payments.settlement.made import make_fees

pytestmark = pytest.mark.django_db


def test_delivery_is_told_without_saying_what():
    make_fees()
    parent, course = factories.make_parent(), factories.make_course(price_fen=10_000)
    order = order_of(parent, course)
    assert delivery_proof(order.pk) == []
    pay(order)
    [sentence] = delivery_proof(order.pk)
    assert "已交付（课程）" in sentence
    text = drafted_evidence(latest_intent_of("order", order.pk).settled_by)
    assert sentence in text
    line = Line.objects.get(order=order)
    assert not [secret for secret in (line.title, parent.nickname, line.partner.name) if secret in text]
