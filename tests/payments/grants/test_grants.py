"""A community's money: two people put it in, receipts take it out, and what is left goes back; every entry balances."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.grants import services
from payments.grants.enums import AskState, FundState, MoneyFrom
from payments.grants.errors import (
    BudgetExceeded,
    Decided,
    EvidenceGone,
    EvidenceRefused,
    FundOver,
    FundTooSmall,
    PublicGoodTooSmall,
    SecondPersonNeeded,
)
from payments.grants.evidence import MAX_BYTES, destroy, kind_of, take_out
from payments.grants.models import Allocation, SpendRequest
from payments.grants.selectors import fund_moves, put_in
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.selectors import balance_fen, total_fen
from payments.ledger.services import Account, post
from payments.settlement.models import Earning
from payments.settlement.selectors import balance_of
from tests import factories
from tests.payments.grants.made import PDF, ask, fund_fen, make_allocation, make_fund
from tests.payments.settlement.made import partner_fen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_money_comes_in_by_two_people():
    fund = make_fund()
    first = factories.make_staff()
    asked = services.ask_allocation(fund=fund, amount_fen=60_000, money_from=MoneyFrom.DONATION, asked_by=first)
    assert fund_fen(fund) == 0
    with pytest.raises(SecondPersonNeeded):
        services.decide_allocation(allocation=asked, approved=True, decided_by=first)
    services.decide_allocation(allocation=asked, approved=True, decided_by=factories.make_staff())
    with pytest.raises(Decided):
        services.decide_allocation(allocation=asked, approved=True, decided_by=factories.make_staff())
    assert fund_fen(fund) == balance_fen(AccountKind.BANK) == 60_000


def test_never_beyond_the_budget():
    fund = make_fund(budget_fen=50_000)
    first = services.ask_allocation(
        fund=fund, amount_fen=30_000, money_from=MoneyFrom.DONATION, asked_by=factories.make_staff()
    )
    make_allocation(fund, 30_000)
    with pytest.raises(BudgetExceeded):
        services.decide_allocation(allocation=first, approved=True, decided_by=factories.make_staff())
    with pytest.raises(BudgetExceeded):
        make_allocation(fund, 20_001)


def test_the_public_good_gives_only_what_it_has():
    fund = make_fund()
    with pytest.raises(PublicGoodTooSmall):
        make_allocation(fund, 1, money_from=MoneyFrom.PUBLIC_GOOD)
    legs = [(Account(AccountKind.ORDERS), 500), (Account(AccountKind.COMMISSION, "public_good"), -500)]
    post(key="set aside", kind=EntryKind.EARNING, legs=legs)
    make_allocation(fund, 500, money_from=MoneyFrom.PUBLIC_GOOD)
    assert (fund_fen(fund), balance_fen(AccountKind.COMMISSION, "public_good")) == (500, 0)


def test_a_receipt_takes_money_out_and_the_community_is_owed_it():
    fund = make_fund(payee := uuid4())
    make_allocation(fund, 50_000)
    asker = factories.make_user()
    asked = ask(fund, 20_000, by=asker)
    with pytest.raises(FundTooSmall):
        ask(fund, 30_001)
    with pytest.raises(SecondPersonNeeded):
        services.decide_spend_request(request=asked, approved=True, decided_by=asker)
    services.decide_spend_request(request=asked, approved=True, decided_by=factories.make_staff(), answer="好的")
    with pytest.raises(Decided):
        services.decide_spend_request(request=asked, approved=True, decided_by=factories.make_staff())
    assert (fund_fen(fund), partner_fen(payee), balance_of(payee).coming_fen) == (30_000, 20_000, 20_000)
    earning = Earning.objects.get()
    assert (earning.commission_fen, earning.earned_by, earning.reference) == (0, "grant", fund.title)
    assert set(JournalEntry.objects.values_list("kind", flat=True)) == {EntryKind.GRANT}
    assert [(move.what, move.fen) for move in fund_moves(fund)] == [("拨入", 50_000), ("批准用款", -20_000)]


def test_declined_is_free_again():
    fund = make_fund()
    make_allocation(fund, 10_000)
    asked = ask(fund, 10_000)
    services.decide_spend_request(request=asked, approved=False, decided_by=factories.make_staff(), answer="请补发票")
    assert fund_fen(fund) == 10_000
    assert ask(fund, 10_000).state == AskState.ASKED


def test_what_is_left_goes_back_when_the_time_is_over():
    fund = make_fund(days=3)
    make_allocation(fund, 30_000)
    make_allocation(fund, 20_000)
    asked = ask(fund, 25_000)
    later = timezone.now() + timedelta(days=5)
    assert services.close_due_funds(now=later) == 0  # an answer is owed
    services.decide_spend_request(request=asked, approved=True, decided_by=factories.make_staff())
    assert services.close_due_funds(now=timezone.now()) == 0
    assert services.close_due_funds(now=later) == 1
    fund.refresh_from_db()
    assert fund.state == FundState.CLOSED
    assert (fund_fen(fund), balance_fen(AccountKind.BANK), total_fen()) == (0, 25_000, 0)
    assert put_in(fund) == 25_000
    assert [each.returned_fen for each in Allocation.objects.order_by("pk")] == [5_000, 20_000]
    with pytest.raises(Decided):
        services.close_fund(fund=fund)
    with pytest.raises(FundOver):
        make_allocation(fund, 1)


def test_before_and_after_its_time_nobody_asks():
    fund = make_fund(days=1)
    make_allocation(fund, 10_000)
    with pytest.raises(FundOver):
        services.ask_to_spend(
            fund=fund,
            amount_fen=1,
            purpose="x",
            evidence=PDF,
            asked_by=factories.make_user(),
            now=timezone.now() + timedelta(days=4),
        )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["in", "good", "ask", "yes", "no", "close"]), st.integers(1, 40_000)), max_size=10
    )
)
def test_any_order_of_steps_balances(steps):
    fund = make_fund(payee := uuid4())
    others = total_owed = 0
    for step, fen in steps:
        waiting = SpendRequest.objects.filter(fund=fund, state=AskState.ASKED).order_by("pk").first()
        try:
            if step in ("in", "good"):
                make_allocation(fund, fen, money_from=MoneyFrom.DONATION if step == "in" else MoneyFrom.PUBLIC_GOOD)
                others += fen
            elif step == "ask":
                ask(fund, fen)
            elif step == "close":
                services.close_fund(fund=fund)
                others -= put_back(fund)
            elif waiting:
                services.decide_spend_request(
                    request=waiting, approved=step == "yes", decided_by=factories.make_staff()
                )
                total_owed += waiting.amount_fen if step == "yes" else 0
        except (BudgetExceeded, PublicGoodTooSmall, FundOver, FundTooSmall, Decided):
            continue
    assert total_fen() == 0
    assert partner_fen(payee) == total_owed
    assert fund_fen(fund) == others - total_owed >= 0
    assert put_in(fund) == others <= fund.budget_fen


def put_back(fund) -> int:
    return sum(Allocation.objects.filter(fund=fund).values_list("returned_fen", flat=True))


@pytest.mark.parametrize("content", [b"MZ program", b"<script>", b"", PDF + b"0" * MAX_BYTES])
def test_only_papers_and_photos_are_taken(content):
    fund = make_fund()
    make_allocation(fund, 10_000)
    with pytest.raises(EvidenceRefused):
        ask(fund, 1, evidence=content)
    assert not SpendRequest.objects.exists()


def test_what_lies_in_the_folder_is_unreadable_and_named_by_chance():
    fund = make_fund()
    make_allocation(fund, 10_000)
    asked = ask(fund, 100, evidence=PDF + b" of Mrs Lin")
    asked = SpendRequest.objects.get(pk=asked.pk)
    assert take_out(asked.evidence) == PDF + b" of Mrs Lin"
    (name,) = default_storage.listdir("evidence")[1]
    with default_storage.open(f"evidence/{name}") as file:
        kept = file.read()
    assert b"PDF" not in kept and b"Lin" not in kept
    assert str(asked.public_id) not in name
    default_storage.delete(f"evidence/{name}")
    with pytest.raises(EvidenceGone):
        take_out(asked.evidence)
    destroy(asked.evidence)


def test_kinds_by_content():
    assert kind_of(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert kind_of(b"\x89PNG\r\n\x1a\n") == "image/png"


def test_the_database_wants_a_second_person():
    fund = make_fund()
    asked = services.ask_allocation(
        fund=fund, amount_fen=1, money_from=MoneyFrom.DONATION, asked_by=factories.make_staff()
    )
    for change, name in (
        ({"state": "approved", "decided_by": asked.asked_by, "decided_at": timezone.now()}, "second_person"),
        ({"state": "approved"}, "decided_by_somebody"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Allocation.objects.filter(pk=asked.pk).update(**change)
