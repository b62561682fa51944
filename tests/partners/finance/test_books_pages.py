"""The pages of the finance desk about bills, incidents and refunds: who opens them, and the way to a decision."""

from collections.abc import Callable
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from payments.books.enums import DecisionState, DifferenceState, Resolution
from payments.books.models import BookedBill, Decision, IncidentCase
from payments.enums import RefundState
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen
from tests.factories import make_parent, make_staff, signed_in
from tests.partners.finance.books_made import make_difference, make_incident, make_refund

pytestmark = pytest.mark.django_db


def finance() -> User:
    return make_staff(duties=[Duty.FINANCE])


def test_a_difference_from_proposing_to_the_ledger() -> None:
    first, second = finance(), finance()
    found = make_difference()
    url = reverse("finance:difference", args=[found.public_id])
    page = signed_in(first).get(url).content.decode()
    assert "我们的账" in page and "¥50.00" in page and "健康服务" in page
    answer = signed_in(first).post(url, {"resolution": Resolution.ACCEPT_LOSS, "note": "退给了家庭，单号见附件"})
    assert answer.status_code == 302
    decision = Decision.objects.get()
    decide = reverse("finance:decide", args=[decision.public_id, "confirm"])
    assert decide not in signed_in(first).get(url).content.decode()
    assert decide in signed_in(second).get(url).content.decode()
    signed_in(first).post(decide)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PROPOSED
    signed_in(second).post(decide)
    found.refresh_from_db()
    assert found.state == DifferenceState.RESOLVED
    assert balance_fen(AccountKind.LOSSES) == 5000
    assert "退给了家庭" in signed_in(first).get(url).content.decode()


@pytest.mark.parametrize("step", ["decline", "withdraw"])
def test_a_proposal_that_is_not_followed_opens_it_again(step: str) -> None:
    first, second = finance(), finance()
    found = make_difference()
    signed_in(first).post(
        reverse("finance:difference", args=[found.public_id]),
        {"resolution": Resolution.NOTHING_TO_DO, "note": "先放着"},
    )
    decision = Decision.objects.get()
    signed_in(second if step == "decline" else first).post(reverse("finance:decide", args=[decision.public_id, step]))
    found.refresh_from_db()
    assert found.state == DifferenceState.OPEN


@pytest.mark.parametrize(
    "sent",
    [{"resolution": ""}, {"resolution": "accept_loss", "note": " "}, {"resolution": "refund_suspense", "note": "退"}],
)
def test_half_a_proposal_is_told_what_is_missing(sent: dict[str, str]) -> None:
    found = make_difference()
    answer = signed_in(finance()).post(reverse("finance:difference", args=[found.public_id]), sent)
    assert answer.status_code == 422 and not Decision.objects.exists()


def test_an_unknown_step_is_nothing() -> None:
    assert signed_in(finance()).post(reverse("finance:decide", args=[uuid4(), "forget"])).status_code == 404
    assert signed_in(finance()).post(reverse("finance:decide", args=[uuid4(), "confirm"])).status_code == 404


def test_a_bill_is_fetched_when_asked() -> None:
    make_difference()
    row = BookedBill.objects.get()
    with patch("payments.books.services.billing.ask", return_value=[]):
        answer = signed_in(finance()).post(reverse("finance:fetch_bill", args=[row.pk]), follow=True)
    assert "账单已取到并核对" in answer.content.decode()


def test_an_incident_is_taken_and_closed() -> None:
    first = finance()
    found = make_incident()
    url = reverse("finance:incident", args=[found.pk])
    signed_in(first).post(reverse("finance:incident_take", args=[found.pk]))
    assert IncidentCase.objects.get().taken_by == first
    assert str(first) in signed_in(finance()).get(reverse("finance:incidents")).content.decode()
    assert signed_in(first).post(url, {"note": ""}).status_code == 422
    signed_in(first).post(url, {"note": "是扫描器"})
    found.refresh_from_db()
    assert found.closed_at is not None
    assert "是扫描器" in signed_in(first).get(url).content.decode()
    assert url in signed_in(first).get(reverse("finance:incidents") + "?show=closed").content.decode()
    assert url not in signed_in(first).get(reverse("finance:incidents")).content.decode()


def test_held_money_is_given_back_by_two(django_capture_on_commit_callbacks) -> None:
    first, second = finance(), finance()
    found = make_incident(held=True)
    url = reverse("finance:incident", args=[found.pk])
    assert "¥0.01" in signed_in(first).get(url).content.decode()
    signed_in(first).post(url, {"note": "金额不符，退回"})
    decision = Decision.objects.get()
    with (
        patch("payments.books.services.returning._send_soon") as sent,
        django_capture_on_commit_callbacks(execute=True),
    ):
        signed_in(second).post(reverse("finance:decide", args=[decision.public_id, "confirm"]))
    assert sent.called
    page = signed_in(first).get(url).content.decode()
    assert "金额不符，退回" in page and "已确认" in page


def test_a_stuck_refund_is_tried_again_and_then_given_by_hand() -> None:
    first, second = finance(), finance()
    found = make_refund()
    url = reverse("finance:refund", args=[found.public_id])
    assert url in signed_in(first).get(reverse("finance:refunds")).content.decode()
    with patch("partners.finance.views.refunds.retry_refund", return_value=RefundState.NEEDS_MANUAL):
        answer = signed_in(first).post(reverse("finance:refund_again", args=[found.public_id]), follow=True)
    assert "还是拒绝" in answer.content.decode()
    signed_in(first).post(url, {"note": "网银流水 123"})
    decision = Decision.objects.get()
    signed_in(second).post(reverse("finance:decide", args=[decision.public_id, "confirm"]))
    found.refresh_from_db()
    assert found.state == RefundState.SUCCEEDED and balance_fen(AccountKind.BANK) == -36000
    assert url not in signed_in(first).get(reverse("finance:refunds")).content.decode()


def addresses() -> list[str]:
    found, incident, refund = make_difference(), make_incident(), make_refund()
    return [
        reverse("finance:differences"),
        reverse("finance:difference", args=[found.public_id]),
        reverse("finance:incidents"),
        reverse("finance:incident", args=[incident.pk]),
        reverse("finance:refunds"),
        reverse("finance:refund", args=[refund.public_id]),
    ]


def test_only_finance_duty_gets_in() -> None:
    urls = addresses()
    on_duty, other, stranger = (
        signed_in(finance()),
        signed_in(make_staff(duties=[Duty.SUPPORT])),
        signed_in(make_parent()),
    )
    for url in urls:
        assert [client.get(url).status_code for client in (on_duty, other, stranger)] == [200, 403, 404]


def test_nothing_of_a_family_stands_on_the_pages() -> None:
    found = make_incident(held=True)
    buyer = found.attempt.intent.buyer
    page = signed_in(finance()).get(reverse("finance:incident", args=[found.pk])).content.decode()
    assert buyer.phone not in page and str(buyer) not in page


@pytest.mark.parametrize(
    ("name", "make"), [("differences", make_difference), ("incidents", make_incident), ("refunds", make_refund)]
)
def test_one_row_or_three_cost_the_same_queries(name: str, make: Callable[[], object]) -> None:
    client = signed_in(finance())
    make()
    client.get(reverse(f"finance:{name}"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(f"finance:{name}"))
    make()
    make()
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(f"finance:{name}"))
    assert len(three) == len(one)
