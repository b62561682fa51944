"""Two people resolve what differs; every resolution is in the ledger or says that nothing is needed."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from marketplace.notifications.models import Message
from payments import services as payments
from payments.books import errors, services
from payments.books.enums import DecisionState, DifferenceKind, DifferenceState, Resolution
from payments.books.models import Decision, Difference, IncidentCase, SuspenseReturn
from payments.enums import AttemptState, Method, RefundReason, RefundState
from payments.ledger.enums import AccountKind
from payments.ledger.models import JournalEntry
from payments.ledger.selectors import balance_fen, total_fen
from payments.models import PaymentIncident, Refund
from tests.payments.books.desk import Desk, clearing, there
from tests.support.concurrency import run_concurrently


def stuck_refund(desk: Desk, fen: int = 36000) -> Refund:
    """A refund that Alipay refuses: the trade is finished there."""
    attempt = desk.paid()
    desk.till.simulator.command("finish", out_trade_no=attempt.out_trade_no)
    row = payments.request_refund(
        intent_id=attempt.intent_id, amount_fen=fen, reason=RefundReason.GOODWILL, key=f"g:{attempt.pk}"
    )
    assert payments.send_refund(refund_id=row.pk) == RefundState.NEEDS_MANUAL
    row.refresh_from_db()
    return row


def unheard_refund(desk: Desk) -> Refund:
    """A refund that Alipay never heard of, left to people."""
    attempt = desk.paid()
    desk.till.simulator.fault("alipay.trade.refund", "http_500")
    row = payments.request_refund(
        intent_id=attempt.intent_id, amount_fen=36000, reason=RefundReason.GOODWILL, key=f"g:{attempt.pk}"
    )
    assert Refund.objects.filter(pk=row.pk, state=RefundState.SENT).update(state=RefundState.NEEDS_MANUAL)
    return Refund.objects.select_related("attempt").get(pk=row.pk)


def missing_here(desk: Desk) -> Difference:
    desk.paid_there_only()
    desk.bill()
    return desk.difference(DifferenceKind.MISSING_HERE)


def test_asking_again_books_what_we_never_heard_of(desk: Desk) -> None:
    found = missing_here(desk)
    decision = desk.resolve(found, Resolution.SETTLE_NOW)
    assert (decision.state, decision.entry_key) == (DecisionState.CONFIRMED, "")
    found.refresh_from_db()
    assert found.state == DifferenceState.RESOLVED and not found.came_right
    desk.bill()
    assert desk.kinds() == []
    assert clearing() == there(desk.till) - 216


def test_asking_again_in_vain_leaves_the_proposal_as_it_was(desk: Desk) -> None:
    desk.paid()
    desk.till.simulator.fault("bill", "wrong_line")
    desk.bill()
    found = desk.difference(DifferenceKind.AMOUNT_DIFFERS)
    decision = desk.propose(found, Resolution.SETTLE_NOW)
    with pytest.raises(errors.StillDiffers):
        services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PROPOSED


def test_the_company_says_it_has_what_its_bill_left_out(desk: Desk) -> None:
    desk.paid()
    desk.till.simulator.fault("bill", "lacks_line")
    desk.bill()
    desk.resolve(desk.difference(DifferenceKind.MISSING_THERE), Resolution.SETTLE_NOW)
    assert desk.kinds() == []


def test_a_refund_made_by_hand_is_booked_everywhere(desk: Desk) -> None:
    attempt = desk.paid()
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=5000)
    desk.bill()
    decision = desk.resolve(desk.difference(DifferenceKind.UNKNOWN_REFUND), Resolution.BOOK_EXTERNAL_REFUND)
    attempt.refresh_from_db()
    assert (attempt.refund_claimed_fen, attempt.refunded_fen) == (5000, 5000)
    assert [news.amount_fen for news in desk.till.order_of(attempt.intent).refunds] == [5000]
    assert JournalEntry.objects.get(key=decision.entry_key).decided_by == desk.second
    desk.bill()
    assert desk.kinds() == [] and total_fen() == 0
    assert desk.till.simulator.trade(attempt.out_trade_no)["refunded_fen"] == 5000


def test_a_stuck_refund_given_on_the_companys_pages_is_that_refund(desk: Desk) -> None:
    row = unheard_refund(desk)
    attempt = row.attempt
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=36000)
    desk.bill()
    desk.resolve(desk.difference(DifferenceKind.UNKNOWN_REFUND), Resolution.BOOK_EXTERNAL_REFUND)
    row.refresh_from_db()
    assert (Refund.objects.count(), row.state) == (1, RefundState.SUCCEEDED)
    desk.bill()
    assert desk.kinds() == []


def test_a_refund_larger_than_what_is_left_is_not_booked_as_one(desk: Desk) -> None:
    attempt = unheard_refund(desk).attempt
    Refund.objects.update(state=RefundState.SENT)
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=5000)
    desk.bill()
    with pytest.raises(errors.RefundNotBookable):
        desk.resolve(desk.difference(DifferenceKind.UNKNOWN_REFUND), Resolution.BOOK_EXTERNAL_REFUND)


@pytest.mark.parametrize(
    ("fault", "kind", "loss"),
    [
        ("lacks_line", DifferenceKind.MISSING_THERE, 36000),
        ("wrong_line", DifferenceKind.AMOUNT_DIFFERS, -1),
    ],
)
def test_a_loss_is_borne_and_the_balance_agrees(desk: Desk, fault: str, kind: DifferenceKind, loss: int) -> None:
    desk.paid()
    desk.till.simulator.fault("bill", fault, times=5)
    desk.bill()
    decision = desk.resolve(desk.difference(kind), Resolution.ACCEPT_LOSS)
    assert balance_fen(AccountKind.LOSSES) == loss
    assert JournalEntry.objects.get(key=decision.entry_key).decided_by == desk.second
    desk.bill()
    assert desk.kinds() == [] and total_fen() == 0


def test_a_refund_by_hand_may_be_borne_too(desk: Desk) -> None:
    attempt = desk.paid()
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=5000)
    desk.bill()
    desk.resolve(desk.difference(DifferenceKind.UNKNOWN_REFUND), Resolution.ACCEPT_LOSS)
    assert balance_fen(AccountKind.LOSSES) == 5000
    desk.bill()
    assert desk.kinds() == []


def test_nothing_to_do_books_nothing_and_is_not_opened_again(desk: Desk) -> None:
    found = missing_here(desk)
    before = JournalEntry.objects.count()
    desk.resolve(found, Resolution.NOTHING_TO_DO)
    desk.bill()
    assert (JournalEntry.objects.count(), desk.kinds()) == (before, [])


def test_a_changed_fee_is_corrected(desk: Desk) -> None:
    desk.paid()
    desk.bill()

    def other_fee(text: str) -> int:
        return -300 if text.startswith("-") else 36000

    with patch("payments.gateways.alipay.bills._signed_fen", side_effect=other_fee):
        desk.bill()
        desk.resolve(desk.difference(DifferenceKind.FEE_DIFFERS), Resolution.SETTLE_NOW)
        assert balance_fen(AccountKind.FEES, "alipay") == 300
        desk.bill()
    assert desk.kinds() == []


@pytest.mark.parametrize(
    ("resolution", "fits"),
    [
        (Resolution.BOOK_EXTERNAL_REFUND, False),
        (Resolution.REFUND_SUSPENSE, False),
        (Resolution.GIVEN_BY_HAND, False),
        (Resolution.SETTLE_NOW, True),
    ],
)
def test_only_what_fits_is_proposed(desk: Desk, resolution: Resolution, fits: bool) -> None:
    found = missing_here(desk)
    if fits:
        desk.propose(found, resolution)
    else:
        with pytest.raises(errors.ResolutionDoesNotFit):
            desk.propose(found, resolution)


def test_two_people_or_nobody(desk: Desk) -> None:
    decision = desk.propose(missing_here(desk), Resolution.NOTHING_TO_DO)
    for act in (services.confirm, services.decline):
        with pytest.raises(errors.OwnProposal):
            act(public_id=decision.public_id, decided_by_id=desk.first.pk)
    with pytest.raises(errors.NotOwnProposal):
        services.withdraw(public_id=decision.public_id, withdrawn_by_id=desk.second.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            state=DecisionState.CONFIRMED, decided_by=desk.first, decided_at=decision.proposed_at
        )


def test_a_word_why_is_demanded(desk: Desk) -> None:
    found = missing_here(desk)
    with pytest.raises(errors.NoteMissing):
        services.propose_for_difference(
            public_id=found.public_id,
            resolution=Resolution.NOTHING_TO_DO,
            note="  ",
            proposed_by_id=desk.first.pk,
        )


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_without_agreement_it_is_open_again(desk: Desk, end: str) -> None:
    found = missing_here(desk)
    decision = desk.propose(found, Resolution.NOTHING_TO_DO)
    with pytest.raises(errors.AlreadyProposed):
        desk.propose(found, Resolution.ACCEPT_LOSS)
    if end == "decline":
        services.decline(public_id=decision.public_id, decided_by_id=desk.second.pk)
    else:
        services.withdraw(public_id=decision.public_id, withdrawn_by_id=desk.first.pk)
    found.refresh_from_db()
    assert found.state == DifferenceState.OPEN
    desk.resolve(found, Resolution.NOTHING_TO_DO)
    with pytest.raises(errors.AlreadyDecided):
        services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk)


# --- money in suspense --------------------------------------------------------------------------------


def incident_of(desk: Desk) -> PaymentIncident:
    desk.in_suspense()
    return PaymentIncident.objects.get()


def send_all() -> None:
    for back in SuspenseReturn.objects.all():
        services.send_suspense_return(return_id=back.pk)


def test_contradicting_money_goes_back_in_full_and_the_order_can_be_paid(desk: Desk) -> None:
    incident = incident_of(desk)
    attempt = incident.attempt
    with pytest.raises(errors.MoneyStillHeld):
        services.close_incident(incident_id=incident.pk, note="好了", closed_by_id=desk.first.pk)
    desk.give_back(incident)
    send_all()
    attempt.refresh_from_db()
    incident.refresh_from_db()
    assert attempt.state == AttemptState.RETURNED and incident.closed_at
    assert "¥0.01 已经全部原路退回" in Message.objects.filter(recipient=desk.till.buyer).latest("pk").body
    assert desk.till.simulator.trade(attempt.out_trade_no)["refunded_fen"] == 1
    assert balance_fen(AccountKind.SUSPENSE, "alipay") == 0 == clearing() and total_fen() == 0
    assert payments.settle_payment(out_trade_no=attempt.out_trade_no) == "closed"
    again = desk.till.start(attempt.intent, Method.QR)
    desk.till.buy(again)
    assert payments.settle_payment(out_trade_no=again.attempt.out_trade_no) == "paid"


def test_a_cut_return_is_sent_once(desk: Desk) -> None:
    incident = incident_of(desk)
    desk.till.simulator.fault("alipay.trade.refund", "lost_answer")
    desk.give_back(incident)
    back = SuspenseReturn.objects.get()
    services.send_suspense_return(return_id=back.pk)
    services.send_suspense_return(return_id=back.pk)
    back.refresh_from_db()
    assert back.state == RefundState.SUCCEEDED
    assert desk.till.simulator.trade(back.out_trade_no)["refunded_fen"] == 1


def test_a_refused_return_waits_for_people_and_is_tried_again(desk: Desk) -> None:
    incident = incident_of(desk)
    number = incident.attempt.out_trade_no
    desk.till.simulator.command("finish", out_trade_no=number)
    desk.give_back(incident)
    send_all()
    back = SuspenseReturn.objects.get()
    assert back.state == RefundState.NEEDS_MANUAL
    assert services.retry_suspense_return(return_id=back.pk) == RefundState.NEEDS_MANUAL
    incident.attempt.refresh_from_db()
    assert incident.attempt.state == AttemptState.SUSPENSE


def test_money_of_somebody_else_is_not_ours_to_give(desk: Desk) -> None:
    desk.in_suspense(told="foreign_seller")
    incident = PaymentIncident.objects.get()
    with pytest.raises(errors.NothingInSuspense):
        services.propose_for_incident(incident_id=incident.pk, note="别人的", proposed_by_id=desk.first.pk)


def test_the_minutes_task_sends_what_the_broker_lost(desk: Desk) -> None:
    desk.give_back(incident_of(desk))
    SuspenseReturn.objects.filter(state=RefundState.REQUESTED).update(next_check_at="2026-01-01T00:00:00Z")
    services.return_due()
    assert SuspenseReturn.objects.get().state == RefundState.SUCCEEDED


def test_an_incident_is_taken_and_closed_with_words(desk: Desk) -> None:
    from payments.enums import IncidentKind
    from payments.services.incidents import raise_incident

    raise_incident(kind=IncidentKind.BAD_SIGNATURE, key="alipay:today", gateway="alipay")
    incident = PaymentIncident.objects.get()
    services.take_incident(incident_id=incident.pk, taken_by_id=desk.first.pk)
    with pytest.raises(errors.NoteMissing):
        services.close_incident(incident_id=incident.pk, note=" ", closed_by_id=desk.second.pk)
    services.close_incident(incident_id=incident.pk, note="扫描器", closed_by_id=desk.second.pk)
    case = IncidentCase.objects.get()
    assert (case.taken_by, case.closed_by, case.note) == (desk.first, desk.second, "扫描器")
    with pytest.raises(errors.CaseClosed):
        services.take_incident(incident_id=incident.pk, taken_by_id=desk.first.pk)


# --- refunds that would not go back -------------------------------------------------------------------


def test_given_by_hand_leaves_from_the_bank(desk: Desk) -> None:
    row = stuck_refund(desk)
    decision = services.propose_for_refund(public_id=row.public_id, note="网银转账", proposed_by_id=desk.first.pk)
    services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk)
    row.refresh_from_db()
    assert row.state == RefundState.SUCCEEDED
    assert balance_fen(AccountKind.BANK) == -36000 and balance_fen(AccountKind.ORDERS) == 0
    assert desk.till.order_of(row.attempt.intent).refunds[0].is_full
    desk.bill()
    assert desk.kinds() == []
    with pytest.raises(errors.NotWaitingForPeople):
        services.propose_for_refund(public_id=row.public_id, note="再来", proposed_by_id=desk.first.pk)


def test_a_refund_that_went_back_meanwhile_is_not_given_twice(desk: Desk) -> None:
    row = stuck_refund(desk)
    decision = services.propose_for_refund(public_id=row.public_id, note="网银转账", proposed_by_id=desk.first.pk)
    Refund.objects.filter(pk=row.pk).update(state=RefundState.SENT)
    with pytest.raises(errors.NotWaitingForPeople):
        services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk)
    assert balance_fen(AccountKind.BANK) == 0


# --- races --------------------------------------------------------------------------------------------


def count_ok(outcomes: list) -> int:
    return sum(outcome.error is None for outcome in outcomes)


def test_two_who_propose_at_once_are_one(desk: Desk) -> None:
    found = missing_here(desk)
    outcomes = run_concurrently(lambda n: desk.propose(found, Resolution.NOTHING_TO_DO), 2)
    assert count_ok(outcomes) == 1 == Decision.objects.count()
    assert {type(each.error) for each in outcomes if each.error} == {errors.AlreadyProposed}


@pytest.mark.parametrize(
    ("resolution", "kind", "books"),
    [
        (Resolution.ACCEPT_LOSS, DifferenceKind.UNKNOWN_REFUND, lambda: balance_fen(AccountKind.LOSSES) == 5000),
        (
            Resolution.BOOK_EXTERNAL_REFUND,
            DifferenceKind.UNKNOWN_REFUND,
            lambda: balance_fen(AccountKind.ORDERS) == -31000,
        ),
    ],
)
def test_two_who_confirm_at_once_book_once(
    desk: Desk, resolution: Resolution, kind: DifferenceKind, books: Callable[[], bool]
) -> None:
    attempt = desk.paid()
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=5000)
    desk.bill()
    decision = desk.propose(desk.difference(kind), resolution)
    outcomes = run_concurrently(
        lambda n: services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk), 2
    )
    assert count_ok(outcomes) == 1 and books()


def test_confirmed_or_withdrawn_but_never_both(desk: Desk) -> None:
    decision = desk.propose(missing_here(desk), Resolution.ACCEPT_LOSS)
    acts = (
        lambda: services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk),
        lambda: services.withdraw(public_id=decision.public_id, withdrawn_by_id=desk.first.pk),
    )
    outcomes = run_concurrently(lambda n: acts[n](), 2)
    assert count_ok(outcomes) == 1
    decision.refresh_from_db()
    confirmed = decision.state == DecisionState.CONFIRMED
    assert (balance_fen(AccountKind.LOSSES) != 0) == confirmed


def test_given_by_hand_and_by_the_company_at_once_goes_back_once(desk: Desk) -> None:
    from payments.services.by_hand import retry_refund

    row = unheard_refund(desk)
    attempt = row.attempt
    decision = services.propose_for_refund(public_id=row.public_id, note="网银转账", proposed_by_id=desk.first.pk)
    acts = (
        lambda: services.confirm(public_id=decision.public_id, decided_by_id=desk.second.pk),
        lambda: retry_refund(refund_id=row.pk),
    )
    run_concurrently(lambda n: acts[n](), 2)
    assert total_fen() == 0 and balance_fen(AccountKind.ORDERS) == 0
    moved_there = desk.till.simulator.trade(attempt.out_trade_no)["refunded_fen"]
    assert moved_there - balance_fen(AccountKind.BANK) == 36000


def test_the_same_bill_twice_at_once_is_booked_once(desk: Desk) -> None:
    desk.paid()
    bill = desk.bill()
    entries = JournalEntry.objects.count()
    outcomes = run_concurrently(lambda n: services.fetch_bill(bill_id=bill.pk), 2)
    assert count_ok(outcomes) == 2
    assert JournalEntry.objects.count() == entries
