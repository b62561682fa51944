"""A plan and its versions, the proposal with its reasons, and the money for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from catalog.scheduling.models import Provider
from marketplace.notifications.models import Message
from partners.communities import services
from partners.communities.drafting import Candidate, Wish, draw_up
from partners.communities.enums import Because, ProposalState, ResourceKind
from partners.communities.errors import (
    CalledOff,
    FundNotOpen,
    GrantGiven,
    NewerVersion,
    ProposalDecided,
    TooFewSeats,
)
from partners.communities.services import ActivityPlan, EditedLine, ProposalEdit
from partners.communities.services.proposing import seats_before
from payments.grants.models import Allocation, Fund
from payments.ledger.models import Leg
from tests.factories import make_category, make_provider, make_service, make_staff, make_user, next_weekday, shanghai
from tests.factories.communities import make_activity, make_community, make_member, make_sign_up
from tests.payments.grants.made import make_allocation, make_fund

pytestmark = pytest.mark.django_db

STARTS = shanghai(next_weekday(5, weeks=1), 10)
WISH = Wish("湖滨区", STARTS, STARTS + timedelta(hours=2), 20, {ResourceKind.SPEAKER: 1, ResourceKind.SNACK: 20})
PLAN = ActivityPlan(
    title="考前一家人",
    summary="说说考前家里的气氛。",
    description="先听一个故事，再分组。",
    need="exams",
    audience="families",
    district="湖滨区",
    address="社区二楼",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=2),
    capacity=20,
    resources={ResourceKind.SPEAKER: (1, ""), ResourceKind.SNACK: (20, "水果")},
)


@pytest.fixture
def community():
    return make_community()


@pytest.fixture
def manager(community):
    return make_member(community)


@pytest.fixture
def activity(community, manager):
    return services.save_activity(plan=PLAN, partner=community, written_by=manager)


def provider_for(need="exams", *, district="湖滨区", price_fen=36_000, **fields):
    category = make_category(slug=need)
    provider = make_provider(needs=[category], **fields)
    provider.partner.district = district
    provider.partner.save()
    make_service(provider, price_fen=price_fen)
    return provider


# --- plans --------------------------------------------------------------------------------------------------------
def test_every_saved_plan_stays_readable(activity, community, manager):
    changed = replace(PLAN, title="考前一家人（改）", resources={ResourceKind.HELPER: (2, "")})
    services.save_activity(plan=changed, partner=community, written_by=manager, activity=activity)
    activity.refresh_from_db()
    first, second = activity.versions.order_by("number")
    assert (first.content["title"], second.content["title"]) == ("考前一家人", "考前一家人（改）")
    assert first.content["resources"] == [["speaker", 1, ""], ["snack", 20, "水果"]]
    assert [each.kind for each in activity.resources.all()] == ["helper"]


def test_saving_the_same_again_makes_no_version(activity, community, manager):
    services.save_activity(plan=PLAN, partner=community, written_by=manager, activity=activity)
    assert activity.versions.count() == 1


def test_seats_are_not_taken_from_people_who_have_them(activity, community, manager):
    services.publish_activity(activity=activity)
    activity.refresh_from_db()
    make_sign_up(activity, seats=4)
    with pytest.raises(TooFewSeats):
        services.save_activity(plan=replace(PLAN, capacity=3), partner=community, written_by=manager, activity=activity)


def test_who_signed_up_hears_of_another_time_but_not_of_other_words(activity, community, manager):
    services.publish_activity(activity=activity)
    person = make_user()
    services.sign_up(activity=activity, person=person)
    for plan in (replace(PLAN, summary="改一个字"), replace(PLAN, address="社区一楼")):
        services.save_activity(plan=plan, partner=community, written_by=manager, activity=activity)
    assert Message.objects.filter(recipient_id=person.pk, subject="活动有变化").count() == 1


def test_what_was_called_off_stays_so(activity, community, manager):
    services.cancel_activity(activity=activity)
    with pytest.raises(CalledOff):
        services.publish_activity(activity=activity)
    with pytest.raises(CalledOff):
        services.save_activity(plan=replace(PLAN, title="又"), partner=community, written_by=manager, activity=activity)
    with pytest.raises(CalledOff):
        services.draft_proposal(activity=activity)


# --- drawing up: pure ------------------------------------------------------------------------------------------------
def someone(number, **fields):
    values = {
        "provider_id": number,
        "name": f"咨询师{number}",
        "district": "湖滨区",
        "has_need": True,
        "fill_percent": 50,
        "hourly_fen": 40_000,
        "free_at": frozenset(WISH.times()),
    }
    return Candidate(**values | fields)


def drawn(*people, wish=WISH, signed_up=0, came=0):
    return draw_up(wish, people, signed_up=signed_up, came=came)


def test_near_comes_before_far_and_then_who_has_time_left():
    far, full, free = someone(1, district="别区", fill_percent=0), someone(2, fill_percent=90), someone(3)
    assert drawn(far, full, free).lines[0].provider_id == 3
    assert drawn(far, full).lines[0].provider_id == 2
    assert drawn(far).lines[0].provider_id == 1


def test_who_does_not_work_on_the_need_is_not_proposed():
    assert [line.kind for line in drawn(someone(1, has_need=False)).lines] == ["snack"]


def test_every_line_says_why_and_the_budget_is_their_sum():
    draft = drawn(someone(1, hourly_fen=36_000))
    assert all(line.why for line in draft.lines)
    assert [line.amount_fen for line in draft.lines] == [72_000, 20_000]
    assert draft.budget_fen == 92_000
    codes = {code for code, _ in draft.lines[0].why}
    assert codes == {"same_need", "free_then", "same_district", "has_room", "hourly"}


def test_it_moves_to_the_first_week_in_which_enough_are_free():
    later = WISH.times()[2]
    draft = drawn(someone(1, free_at=frozenset({later})))
    assert draft.starts_at == later
    assert draft.why_time == [[Because.LATER_TIME, {"weeks": 2}]]


def test_it_says_so_when_nobody_is_free():
    draft = drawn(someone(1, free_at=frozenset()))
    assert draft.why_time == [[Because.NOBODY_FREE, {"wanted": 1, "found": 0}]]
    assert [line.kind for line in draft.lines] == ["snack"]


@pytest.mark.parametrize(("signed_up", "came", "reach"), [(0, 0, 14), (29, 29, 14), (40, 20, 10)])
def test_reach_follows_who_came_before_once_enough_did(signed_up, came, reach):
    assert drawn(signed_up=signed_up, came=came).reach == reach


# --- proposals --------------------------------------------------------------------------------------------------------
def test_a_proposal_names_a_provider_who_is_free_with_the_public_price(activity):
    provider = provider_for()
    proposal = services.draft_proposal(activity=activity)
    line = proposal.lines.get(kind="provider")
    assert line.provider == provider
    assert line.amount_fen == 36_000 * 60 // 50 * 2
    assert proposal.starts_at == STARTS
    assert proposal.budget_fen == sum(each.amount_fen for each in proposal.lines.all())


def test_who_does_not_work_then_is_not_proposed(activity):
    provider_for(weekly=())
    proposal = services.draft_proposal(activity=activity)
    assert not proposal.lines.filter(kind="provider").exists()
    assert proposal.why_time[0][0] == "nobody_free"


@pytest.mark.parametrize("stopped", [{"is_active": False}, {"withheld_at": timezone.now()}], ids=["off", "withheld"])
def test_who_is_not_taking_bookings_is_not_proposed(activity, stopped):
    provider = provider_for()
    Provider.objects.filter(pk=provider.pk).update(**stopped)
    assert not services.draft_proposal(activity=activity).lines.filter(kind="provider").exists()


def edit_of(proposal, *lines):
    return ProposalEdit(proposal.number, proposal.starts_at, proposal.ends_at, 12, lines)


def test_an_edit_is_a_new_version_and_unchanged_lines_keep_their_reasons(activity, manager):
    provider_for()
    drafted = services.draft_proposal(activity=activity)
    kept, changed = drafted.lines.all()
    lines = (
        EditedLine(kept.what, kept.amount_fen, kept.pk),
        EditedLine(changed.what, 5_000, changed.pk),
        EditedLine("横幅", 8_000),
    )
    edited = services.edit_proposal(activity=activity, edit=edit_of(drafted, *lines), written_by=manager)
    assert (edited.number, edited.reach, edited.is_drafted) == (2, 12, False)
    assert edited.budget_fen == kept.amount_fen + 13_000
    by_hand = [[Because.BY_HAND, {}]]
    assert [line.why for line in edited.lines.all()] == [kept.why, by_hand, by_hand]
    assert activity.proposals.count() == 2


def test_two_people_do_not_write_over_one_another(activity, manager):
    drafted = services.draft_proposal(activity=activity)
    services.edit_proposal(activity=activity, edit=edit_of(drafted), written_by=manager)
    with pytest.raises(NewerVersion):
        services.edit_proposal(activity=activity, edit=edit_of(drafted), written_by=manager)
    with pytest.raises(NewerVersion):
        services.accept_proposal(activity=activity, number=drafted.number)


def test_an_adopted_proposal_is_not_changed_any_more(activity, manager):
    drafted = services.draft_proposal(activity=activity)
    adopted = services.accept_proposal(activity=activity, number=1)
    assert adopted.state == ProposalState.ACCEPTED
    with pytest.raises(ProposalDecided):
        services.edit_proposal(activity=activity, edit=edit_of(drafted), written_by=manager)
    with pytest.raises(ProposalDecided):
        services.draft_proposal(activity=activity)


# --- money --------------------------------------------------------------------------------------------------------------
def test_a_grant_needs_an_adopted_proposal(activity):
    services.draft_proposal(activity=activity)
    with pytest.raises(FundNotOpen):
        services.ask_grant(activity=activity)


def test_nothing_is_asked_for_where_nothing_is_needed(community, manager):
    activity = services.save_activity(plan=replace(PLAN, resources={}), partner=community, written_by=manager)
    services.draft_proposal(activity=activity)
    services.accept_proposal(activity=activity, number=1)
    with pytest.raises(FundNotOpen):
        services.ask_grant(activity=activity)


def test_an_adopted_budget_becomes_a_fund_once_and_waits_for_a_second_person(activity):
    services.draft_proposal(activity=activity)
    services.accept_proposal(activity=activity, number=1)
    services.ask_grant(activity=activity)
    opened_by = make_staff(duties=["finance"])
    fund = services.open_grant(activity=activity, opened_by=opened_by)
    activity.refresh_from_db()
    assert (activity.fund, fund.payee, fund.budget_fen) == (fund, activity.partner.public_id, 20_000)
    waiting = Allocation.objects.get()
    assert (waiting.state, waiting.asked_by, waiting.amount_fen) == ("asked", opened_by, 20_000)
    with pytest.raises(GrantGiven):
        services.open_grant(activity=activity, opened_by=opened_by)
    assert Fund.objects.count() == 1
    assert (Leg.objects.aggregate(fen=Sum("amount_fen"))["fen"] or 0) == 0


def test_a_fund_that_is_there_may_pay_but_not_another_communitys(activity):
    own, strange = make_fund(activity.partner.public_id), make_fund()
    make_allocation(own, 1_000)
    with pytest.raises(FundNotOpen):
        services.use_fund(activity=activity, fund_id=strange.public_id)
    services.use_fund(activity=activity, fund_id=own.public_id)
    activity.refresh_from_db()
    assert activity.fund == own


def test_past_activities_say_how_many_come(community):
    past = make_activity(community=community, starts_at=timezone.now() - timedelta(days=3), capacity=60)
    past.taken, past.came = 40, 30
    past.save()
    assert seats_before(community) == (40, 30)
