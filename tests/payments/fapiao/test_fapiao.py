"""A fapiao is asked for by who paid, never about more than stays, and follows every refund."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from marketplace.notifications.models import Message
from payments import services as payments
from payments.enums import RefundReason
from payments.fapiao import issuing, selectors, services
from payments.fapiao.enums import FailReason, FapiaoState, TitleKind
from payments.fapiao.errors import (
    FapiaoAlreadyAsked,
    FapiaoMovedOn,
    FapiaoNumberTaken,
    NothingToInvoice,
    NotYourPayment,
)
from payments.fapiao.models import FapiaoRequest
from payments.models import PaymentAttempt, PaymentIntent
from tests.factories import make_user, signed_in
from tests.payments.till import Till

TITLE = services.Title(TitleKind.COMPANY, "示例公司的抬头", "91440300708461136T", "caiwu@example.com")
NUMBER, RED = "25312000000000000001", "25312000000000000002"


@pytest.fixture
def paid(till: Till) -> PaymentIntent:
    return till.paid()


def ask(intent: PaymentIntent, by=None) -> FapiaoRequest:
    return services.ask_fapiao(intent=intent, asked_by=by or intent.buyer, title=TITLE)


def issue(fapiao: FapiaoRequest, number: str = NUMBER) -> FapiaoRequest:
    return services.issue_fapiao(fapiao=fapiao, number=number, shown_fen=fapiao.amount_fen, issued_by=None)


def refund(intent: PaymentIntent, fen: int) -> None:
    payments.request_refund(intent_id=intent.pk, amount_fen=fen, reason=RefundReason.GOODWILL, key=f"r{fen}")


def states(intent: PaymentIntent) -> list[tuple[str, int, bool]]:
    rows = FapiaoRequest.objects.filter(intent=intent).order_by("pk")
    return [(row.state, row.amount_fen, row.awaits_reversal) for row in rows]


def test_issued_on_all_that_was_paid(paid: PaymentIntent) -> None:
    fapiao = issue(ask(paid))
    assert (fapiao.state, fapiao.amount_fen, fapiao.item_name) == ("issued", 36000, "信息技术服务*健康服务")
    assert Message.objects.filter(recipient=paid.buyer, subject="发票已开好").exists()


def test_only_whoever_paid_may_ask(till: Till, paid: PaymentIntent) -> None:
    parent = make_user()
    with pytest.raises(NotYourPayment):
        ask(paid, parent)
    PaymentAttempt.objects.update(payer=parent)
    paid.refresh_from_db()
    with pytest.raises(NotYourPayment):
        ask(paid)
    assert ask(paid, parent).asked_by == parent
    PaymentAttempt.objects.update(payer=None)
    FapiaoRequest.objects.all().delete()
    parent.delete()


def test_buyer_asks_where_the_payer_had_no_account(paid: PaymentIntent) -> None:
    PaymentAttempt.objects.update(payer=None)
    paid.refresh_from_db()
    assert ask(paid).asked_by == paid.buyer


def test_nothing_for_money_that_is_not_here(till: Till) -> None:
    with pytest.raises(NotYourPayment):
        ask(till.owe())
    returned = till.paid()
    refund(returned, 36000)
    returned.refresh_from_db()
    with pytest.raises(NothingToInvoice):
        ask(returned)


def test_one_live_request_for_a_payment(paid: PaymentIntent) -> None:
    first = ask(paid)
    with pytest.raises(FapiaoAlreadyAsked):
        ask(paid)
    with pytest.raises(IntegrityError), transaction.atomic():
        FapiaoRequest.objects.create(
            intent=paid, asked_by=paid.buyer, amount_fen=1, buyer_name="x", email="x@example.com"
        )
    services.fail_fapiao(fapiao=first, reason=FailReason.TITLE, failed_by=paid.buyer)
    assert ask(paid).state == FapiaoState.REQUESTED


def test_changed_before_it_is_issued_and_not_after(paid: PaymentIntent) -> None:
    fapiao = ask(paid)
    personal = services.Title(TitleKind.PERSONAL, "另一个抬头", "91440300708461136T", "b@example.com")
    changed = services.change_fapiao(fapiao=fapiao, changed_by=paid.buyer, title=personal)
    assert (changed.buyer_name, changed.tax_number) == ("另一个抬头", "")
    issue(fapiao)
    with pytest.raises(FapiaoMovedOn):
        services.change_fapiao(fapiao=fapiao, changed_by=paid.buyer, title=TITLE)


def test_request_shrinks_with_a_refund_and_goes_with_the_last_fen(paid: PaymentIntent) -> None:
    ask(paid)
    refund(paid, 10000)
    assert states(paid) == [("requested", 26000, False)]
    refund(paid, 26000)
    assert states(paid) == [("withdrawn", 26000, False)]


def test_refund_of_an_issued_one_asks_for_its_reversal_and_a_smaller_one(paid: PaymentIntent) -> None:
    old = issue(ask(paid))
    refund(paid, 10000)
    assert states(paid) == [("issued", 36000, True), ("requested", 26000, False)]
    new = FapiaoRequest.objects.get(replaces=old)
    assert (new.buyer_name, new.tax_number) == (TITLE.buyer_name, TITLE.tax_number)
    refund(paid, 6000)
    assert states(paid)[1] == ("requested", 20000, False)
    services.reverse_fapiao(fapiao=old, red_number=RED, reversed_by=None)
    assert states(paid) == [("red_reversed", 36000, False), ("requested", 20000, False)]


def test_full_refund_of_an_issued_one_leaves_only_the_reversal(paid: PaymentIntent) -> None:
    issue(ask(paid))
    refund(paid, 36000)
    assert states(paid) == [("issued", 36000, True)]


def test_reversal_asks_for_the_rest_that_was_forgotten(paid: PaymentIntent) -> None:
    old = issue(ask(paid))
    refund(paid, 10000)
    FapiaoRequest.objects.filter(replaces=old).delete()  # the process died between commit and the new request
    services.reverse_fapiao(fapiao=old, red_number=RED, reversed_by=None)
    assert states(paid) == [("red_reversed", 36000, False), ("requested", 26000, False)]


def test_money_that_left_another_way_is_caught_up_with(paid: PaymentIntent) -> None:
    issue(ask(paid))
    PaymentAttempt.objects.update(refund_claimed_fen=36000)
    assert selectors.outgrown_fapiao().count() == 1
    assert services.catch_up_with_refunds() == 1
    assert states(paid) == [("issued", 36000, True)]
    assert services.catch_up_with_refunds() == 0


def test_issued_on_what_staff_saw_or_not_at_all(paid: PaymentIntent) -> None:
    fapiao = ask(paid)
    refund(paid, 100)
    with pytest.raises(FapiaoMovedOn):
        services.issue_fapiao(fapiao=fapiao, number=NUMBER, shown_fen=36000, issued_by=None)
    services.issue_fapiao(fapiao=fapiao, number=NUMBER, shown_fen=35900, issued_by=None)
    with pytest.raises(FapiaoMovedOn):
        services.fail_fapiao(fapiao=fapiao, reason=FailReason.TITLE, failed_by=paid.buyer)


def test_number_belongs_to_one(till: Till, paid: PaymentIntent) -> None:
    issue(ask(paid))
    with pytest.raises(FapiaoNumberTaken):
        issue(ask(till.paid()))


def test_issuer_by_an_interface_takes_the_place_of_the_desk(paid: PaymentIntent, monkeypatch) -> None:
    seen = []

    class Machine:
        def issue(self, papers: issuing.Papers, *, key: str) -> str:
            seen.append((papers.buyer_name, papers.amount_fen))
            return NUMBER

    monkeypatch.setattr(issuing, "_issuer", Machine())
    fapiao = ask(paid)
    fapiao.refresh_from_db()
    assert (fapiao.state, fapiao.number, seen) == ("issued", NUMBER, [(TITLE.buyer_name, 36000)])


def test_names_are_sealed_in_the_database(paid: PaymentIntent) -> None:
    ask(paid)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text FROM fapiao_fapiaorequest f")
        [(text,)] = cursor.fetchall()
    assert not [secret for secret in (TITLE.buyer_name, TITLE.tax_number, TITLE.email) if secret in text]


def page(intent: PaymentIntent) -> str:
    return reverse("fapiao:request", args=[intent.public_id])


def form(**changes: str) -> dict[str, str]:
    return {
        "title_kind": "company",
        "buyer_name": TITLE.buyer_name,
        "tax_number": "91440300 70846113 6t",
        "email": TITLE.email,
    } | changes


def test_family_asks_sees_and_changes(paid: PaymentIntent) -> None:
    browser = signed_in(paid.buyer)
    assert "¥360.00" in browser.get(page(paid)).content.decode()
    assert "等待开具" in browser.post(page(paid), form(), follow=True).content.decode()
    assert "不改了" in browser.get(page(paid) + "?change=1").content.decode()
    browser.post(page(paid) + "?change=1", form(buyer_name="改过的抬头"))
    text = browser.get(page(paid)).content.decode()
    assert "改过的抬头" in text
    assert "91440300708461136T" in text
    issue(FapiaoRequest.objects.get())
    assert NUMBER in browser.get(page(paid)).content.decode()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("tax_number", {"tax_number": ""}),
        ("tax_number", {"tax_number": "91440300708461136A"}),
        ("buyer_name", {"buyer_name": ""}),
        ("email", {"email": "不是邮箱"}),
    ],
)
def test_what_is_written_wrong_is_said(paid: PaymentIntent, field: str, changes: dict[str, str]) -> None:
    answer = signed_in(paid.buyer).post(page(paid), form(**changes))
    assert answer.context["form"].errors.keys() == {field}
    assert not FapiaoRequest.objects.exists()


def test_person_needs_no_tax_number(paid: PaymentIntent) -> None:
    signed_in(paid.buyer).post(page(paid), form(title_kind="personal", tax_number="x"))
    assert FapiaoRequest.objects.get().tax_number == ""


def test_strangers_find_no_fapiao(paid: PaymentIntent) -> None:
    stranger = make_user()
    assert signed_in(stranger).get(page(paid)).status_code == 404
    assert signed_in(stranger).post(page(paid), form()).status_code == 404
    assert Browser().get(page(paid)).status_code == 302
    stranger.delete()
