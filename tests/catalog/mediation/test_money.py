"""Money of disputes: never more than was paid, the ledger at zero, and each side bears what its cause says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.mediation.enums import Cause
from catalog.mediation.services import appeal, bear, note_mediation
from catalog.order.errors import RefundTooMuch
from catalog.order.models import Line
from catalog.order.services import give_back
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, balance_of_payable_fen, total_fen
from payments.models import Refund
from payments.settlement.models import Earning
from payments.settlement.rules import shares_of
from tests import factories
from tests.payments.settlement.made import RATES, make_fees, partner_fen

from .disputed import decided, finance, gone_back, heard, sent_line, support

pytestmark = pytest.mark.django_db


@pytest.fixture
def fees():
    return make_fees()


@pytest.fixture
def line(fees):
    return sent_line(price_fen=10_000)


def borne_fen(line):
    """What we bore of an order."""
    return balance_of_payable_fen(AccountKind.LOSSES, "order", line.order_id)


def test_the_partner_bears_what_it_answers_for(line):
    gone_back(decided(heard(line), cause=Cause.GOODS, fen=4_000).refund)
    assert partner_fen(line.partner.public_id) == shares_of(6_000, RATES).net_fen
    assert borne_fen(line) == 0 and total_fen() == 0


def test_we_bear_what_our_technology_did_and_the_partner_keeps_its_share(line):
    before = partner_fen(line.partner.public_id)
    gone_back(decided(heard(line), cause=Cause.TECHNICAL, fen=4_000).refund)
    assert partner_fen(line.partner.public_id) == before
    assert borne_fen(line) == before - shares_of(6_000, RATES).net_fen
    assert total_fen() == 0


def test_looked_at_again_the_money_stays(line):
    case = heard(line)
    gone_back(decided(case, cause=Cause.TECHNICAL, fen=4_000).refund)
    before = partner_fen(line.partner.public_id)
    for _ in range(3):
        bear(case)
    assert partner_fen(line.partner.public_id) == before
    assert Earning.objects.filter(source_kind="mediation_ruling").count() == 1


@pytest.mark.parametrize("back_before_appeal", [True, False])
def test_the_authority_turns_the_side_and_the_family_keeps_what_it_has(line, back_before_appeal):
    case, before = heard(line), partner_fen(line.partner.public_id)
    ours = decided(case, cause=Cause.GOODS, fen=4_000)
    if back_before_appeal:
        gone_back(ours.refund)
    appeal(case=case, appealed_by=line.partner.memberships.first().user, words="是平台的问题")
    note_mediation(case=case, cause=Cause.TECHNICAL, refund_fen=0, reasons="x", reference="1", noted_by=support())
    if not back_before_appeal:
        gone_back(ours.refund)
    assert partner_fen(line.partner.public_id) == before
    line.refresh_from_db()
    assert line.refunded_fen == 4_000 and total_fen() == 0


def test_and_back_again(line):
    case = heard(line)
    gone_back(decided(case, cause=Cause.TECHNICAL, fen=4_000).refund)
    appeal(case=case, appealed_by=case.opened_by, words="机构寄坏的")
    more = note_mediation(
        case=case, cause=Cause.GOODS, refund_fen=6_000, reasons="x", reference="1", noted_by=support()
    )
    gone_back(more.refund)
    assert partner_fen(line.partner.public_id) == 0
    assert borne_fen(line) == 0 and total_fen() == 0
    line.refresh_from_db()
    assert line.refunded_fen == line.price_fen


def test_a_session_that_was_given_and_broke_down_by_our_fault_is_the_partners_all_the_same(fees):
    from tests.catalog.fulfilment.test_earning import over
    from tests.catalog.order.placed import order_of, pay

    service = factories.make_service(price_fen=36_000)
    pay(order_of(factories.make_parent(), service))
    line = Line.objects.select_related("booking__occupancy", "order__user", "partner").get()
    over(line)
    ruling = decided(heard(line), cause=Cause.TECHNICAL, fen=36_000, by=finance())
    gone_back(ruling.refund)
    assert partner_fen(line.partner.public_id) == shares_of(36_000, RATES).net_fen
    assert total_fen() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(1, 19_000),
    first=st.integers(0, 9_000),
    ours=st.integers(0, 9_000),
    theirs=st.integers(0, 9_000),
    causes=st.tuples(*[st.sampled_from([Cause.TECHNICAL, Cause.SERVICE, Cause.GOODS])] * 2),
    arrivals=st.permutations(range(3)),
)
def test_whatever_is_decided_no_fen_is_lost_or_given_twice(price, first, ours, theirs, causes, arrivals, fees):
    line = sent_line(price_fen=price)
    refunds, given = [], 0
    case = heard(line)
    if 0 < first <= price:
        refunds.append(give_back(line=line, amount_fen=first, note="x", asked_by=support()).refund)
        given = first
    for level, wanted in enumerate((ours, theirs)):
        if wanted > price - given:
            with pytest.raises(RefundTooMuch):
                _rule(case, level, causes[level], wanted)
        fen = min(wanted, price - given)
        ruling = _rule(case, level, causes[level], fen)
        given += fen
        refunds.append(ruling.refund)
    asked = [refund for refund in refunds if refund is not None]
    for place in arrivals:
        if place < len(asked):
            gone_back(asked[place])
    line.refresh_from_db()
    assert sum(Refund.objects.filter(order_line_refund__line=line).values_list("amount_fen", flat=True)) == given
    assert line.refunded_fen == given <= line.price_fen
    assert total_fen() == 0
    assert balance_of_payable_fen(AccountKind.ORDERS, "order", line.order_id) == 0
    # What the partner has is its share of what the family left, and what we bear is exactly what it has beyond that.
    assert partner_fen(line.partner.public_id) == shares_of(price - given, RATES).net_fen + borne_fen(line)
    if causes[1] != Cause.TECHNICAL:
        assert borne_fen(line) == 0


def _rule(case, level, cause, fen):
    if level == 0:
        return decided(case, cause=cause, fen=fen)
    case.refresh_from_db()
    if case.appealed_at is None:
        appeal(case=case, appealed_by=case.opened_by, words="不同意")
    return note_mediation(case=case, cause=cause, refund_fen=fen, reasons="x", reference="1", noted_by=support())


def test_the_ledger_names_the_fact(line):
    gone_back(decided(heard(line), cause=Cause.TECHNICAL, fen=4_000).refund)
    made_good = Earning.objects.get(source_kind="mediation_ruling")
    assert made_good.get_earned_by_display() == "争议后补付"
    assert balance_fen(AccountKind.LOSSES) == made_good.net_fen == made_good.gross_fen
    assert line.partner.public_id == made_good.payee
