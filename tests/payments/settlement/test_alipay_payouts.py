"""Payouts through our real gateway and the simulated Alipay, whatever it does on the way."""

from uuid import UUID, uuid4

import pytest

from payments.gateways.base import Gateway
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.settlement import services
from payments.settlement.enums import PayoutState
from tests import factories
from tests.payments.settlement.made import approved, earned, make_account, partner_fen, stated
from tests.payments.simulated import Simulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def payee(alipay: Gateway) -> UUID:
    """A partner with ¥500 on a statement, and an account."""
    payee = uuid4()
    earned(50_000, payee=payee)
    stated(payee)
    make_account(payee)
    return payee


def sent_fen(simulator: Simulator) -> list[int]:
    return [each["fen"] for each in simulator.command("transfers")["transfers"].values()]


def test_it_arrives(payee: UUID, simulator: Simulator) -> None:
    payout = approved(payee)
    assert services.send_payout(payout=payout, sent_by=factories.make_staff()) == PayoutState.PAID
    payout.refresh_from_db()
    assert payout.provider_ref
    assert (sent_fen(simulator), partner_fen(payee)) == ([50_000], 0)
    assert -balance_fen(AccountKind.CLEARING, "alipay") == 50_000
    (kept,) = simulator.command("transfers")["transfers"].values()
    assert (kept["account"], kept["title"]) == ("pay@example.com", "平台结算款")


def test_a_payee_that_does_not_fit_is_a_definite_no(payee: UUID, simulator: Simulator) -> None:
    simulator.command("payee", account="pay@example.com", name="别人")
    payout = approved(payee)
    assert services.send_payout(payout=payout, sent_by=factories.make_staff()) == PayoutState.FAILED
    payout.refresh_from_db()
    assert payout.failure_code == "PAYEE_USER_INFO_ERROR"
    assert (sent_fen(simulator), partner_fen(payee), total_fen()) == ([], 50_000, 0)


@pytest.mark.parametrize(
    ("kind", "at_once", "later"),
    [
        ("waits", PayoutState.SENT, PayoutState.PAID),
        ("fails_later", PayoutState.SENT, PayoutState.FAILED),
        ("comes_back", PayoutState.PAID, PayoutState.FAILED),
    ],
)
def test_what_comes_of_it_later(
    payee: UUID, simulator: Simulator, kind: str, at_once: PayoutState, later: PayoutState
) -> None:
    simulator.fault("transfer", kind, seconds=60)
    payout = approved(payee)
    assert services.send_payout(payout=payout, sent_by=factories.make_staff()) == at_once
    simulator.command("clock", advance=61)
    assert services.check_payout(payout_id=payout.pk) == later
    assert partner_fen(payee) == (0 if later == PayoutState.PAID else 50_000)
    assert total_fen() == balance_fen(AccountKind.PAYOUTS) == 0
