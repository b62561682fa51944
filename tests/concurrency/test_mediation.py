"""Two decisions at once, and a decision against an ordinary refund: money moves once, and never beyond what was paid."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from catalog.mediation import locks
from catalog.mediation.enums import Cause
from catalog.mediation.errors import CaseMovedOn
from catalog.mediation.models import Case, Ruling
from catalog.mediation.services import appeal, confirm_ruling, withdraw_case
from catalog.order.errors import RefundTooMuch
from catalog.order.services import give_back
from payments.models import Refund
from tests.catalog.mediation.disputed import decided, finance, heard, sent_line, support

pytestmark = pytest.mark.django_db(transaction=True)


def claimed_fen():
    return sum(Refund.objects.values_list("amount_fen", flat=True))


def at_once(run_concurrently, *acts):
    return run_concurrently(lambda number: acts[number](), len(acts))


def test_two_decisions_at_once_are_one(run_concurrently):
    case, staff = heard(), [support(), support()]
    outcomes = run_concurrently(lambda number: decided(case, fen=5_000, by=staff[number]), 2)
    assert [type(each.error) for each in outcomes if each.error] == [CaseMovedOn]
    assert claimed_fen() == 5_000 and Ruling.objects.count() == 1


def test_without_the_locks_both_would_go_ahead(run_concurrently, monkeypatch):
    """The race is real: only the database's own limits stop the second one then."""
    case, staff, meeting = heard(), [support(), support()], Barrier(2)

    def unlocked(case_id):
        found = Case.objects.select_related("line__order__user", "line__partner", "opened_by").get(pk=case_id)
        with suppress(BrokenBarrierError):
            meeting.wait(5)
        return found

    monkeypatch.setattr(locks, "locked_case", unlocked)
    monkeypatch.setattr("catalog.mediation.services.ruling.lock_order_with_holdings", lambda order_id: None)
    outcomes = run_concurrently(lambda number: decided(case, fen=5_000, by=staff[number]), 2)
    errors = [type(each.error).__name__ for each in outcomes if each.error]
    assert errors == ["IntegrityError"]  # one_ruling_per_level, not a calm sentence


def test_two_second_persons_confirm_once(run_concurrently):
    case, people = heard(sent_line(price_fen=90_000)), [finance(), finance()]
    ruling = decided(case, fen=50_000)
    outcomes = run_concurrently(
        lambda number: confirm_ruling(ruling=ruling, agrees=True, confirmed_by=people[number]), 2
    )
    assert [type(each.error) for each in outcomes if each.error] == [CaseMovedOn]
    assert claimed_fen() == 50_000


def test_a_decision_and_an_ordinary_refund_share_what_was_paid(run_concurrently):
    case, staff = heard(), support()
    outcomes = at_once(
        run_concurrently,
        lambda: decided(case, cause=Cause.GOODS, fen=10_000, by=staff),
        lambda: give_back(line=case.line, amount_fen=10_000, note="等了很久", asked_by=staff),
    )
    assert [type(each.error) for each in outcomes if each.error] == [RefundTooMuch]
    assert claimed_fen() == 10_000


def test_taken_back_or_decided_but_not_both(run_concurrently):
    case, staff = heard(), support()
    outcomes = at_once(
        run_concurrently,
        lambda: decided(case, fen=5_000, by=staff),
        lambda: withdraw_case(case=case, withdrawn_by=case.opened_by),
    )
    assert [type(each.error) for each in outcomes if each.error] == [CaseMovedOn]
    case.refresh_from_db()
    assert claimed_fen() == (5_000 if case.state == "decided" else 0)


def test_both_sides_ask_for_the_authority_at_once(run_concurrently):
    case = heard()
    decided(case)
    case.refresh_from_db()
    people = [case.opened_by, case.line.partner.memberships.first().user]
    outcomes = run_concurrently(lambda number: appeal(case=case, appealed_by=people[number], words="不同意"), 2)
    assert [type(each.error) for each in outcomes if each.error] == [CaseMovedOn]
