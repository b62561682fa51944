"""A card dispute that is open keeps its money here; decided, it does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from payments.disputes.models import Dispute
from payments.enums import AttemptState, Client, Method
from payments.models import PaymentAttempt, PaymentIntent
from payments.settlement.selectors import balance_of
from tests import factories
from tests.payments.settlement.made import earned, stated

pytestmark = pytest.mark.django_db


def test_an_open_dispute_holds_what_was_earned_by_its_payment():
    payee, now = uuid4(), timezone.now()
    intent = PaymentIntent.objects.create(
        payable_kind="order",
        payable_id=4711,
        amount_fen=20_000,
        buyer=factories.make_user(),
        expires_at=now + timedelta(hours=1),
    )
    attempt = PaymentAttempt.objects.create(
        intent=intent,
        gateway="stripe",
        method=Method.CARD,
        client=Client.PHONE,
        out_trade_no="P4711",
        state=AttemptState.SUCCEEDED,
        amount_fen=20_000,
        captured_fen=20_000,
        paid_at=now,
        payable_until=now,
    )
    earned(20_000, payee=payee, about=("order", 4711))
    earned(5_000, payee=payee, about=("order", 4712))
    stated(payee)
    dispute = Dispute.objects.create(attempt=attempt, gateway="stripe", ref="dp_1", amount_fen=20_000, heard_at=now)
    assert (balance_of(payee).held_fen, balance_of(payee).payable_fen) == (20_000, 5_000)
    Dispute.objects.filter(pk=dispute.pk).update(state="won", closed_at=now)
    assert (balance_of(payee).held_fen, balance_of(payee).payable_fen) == (0, 25_000)
