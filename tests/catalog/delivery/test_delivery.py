"""Somebody of the neighbourhood brings a parcel: asked for, planned, handed over against the family's code."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.delivery import selectors, services
from catalog.delivery.enums import Explained, TaskState
from catalog.delivery.errors import (
    CodeLocked,
    DayOutOfReach,
    NobodyDelivers,
    NotDeliverable,
    NotExplained,
    NotInTeam,
    NotOpen,
    NotThereYet,
    NotYourTask,
    WrongCode,
)
from catalog.delivery.models import DeliveryTask
from catalog.fulfilment.enums import ShipmentStatus
from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from tests.factories import make_parent
from tests.factories.communities import (
    make_community,
    make_delivery_offer,
    make_member,
    make_parcel,
    make_visit,
    wish,
)

pytestmark = pytest.mark.django_db
ALL = [str(each) for each in Explained]


@pytest.fixture
def community():
    community = make_community()
    make_delivery_offer(community)
    return community


@pytest.fixture
def manager(community):
    return make_member(community)


@pytest.fixture
def worker(community):
    return make_member(community, TeamRole.WORKER)


@pytest.fixture
def family():
    return make_parent()


@pytest.fixture
def task(community, family, manager, worker):
    task = make_visit(family, community=community)
    return services.plan_delivery(task=task, worker=worker, planned_by=manager)


def hand_over(task, worker, *, code=None, explained=ALL):
    code = DeliveryTask.objects.get(pk=task.pk).code if code is None else code
    return services.hand_over(task=task, code=code, explained=explained, handed_by=worker)


def test_the_familys_code_closes_the_task_and_the_parcel_has_arrived(task, worker):
    done = hand_over(task, worker)
    assert (done.state, done.code) == (TaskState.DONE, "")
    done.shipment.refresh_from_db()
    assert done.shipment.status == ShipmentStatus.DELIVERED
    assert done.shipment.delivered_at == done.ended_at
    with pytest.raises(NotOpen):
        hand_over(task, worker, code="123456")


def test_without_the_code_nothing_is_handed_over(task, worker):
    with pytest.raises(WrongCode):
        hand_over(task, worker, code="000000")
    task.refresh_from_db()
    assert (task.state, task.wrong_tries) == (TaskState.PLANNED, 1)
    task.shipment.refresh_from_db()
    assert task.shipment.status == ShipmentStatus.SHIPPED


def test_after_five_wrong_codes_even_the_right_one_waits_for_a_new_one(task, worker, family):
    for _ in range(services.MOST_TRIES):
        with pytest.raises(WrongCode):
            hand_over(task, worker, code="000000")
    with pytest.raises(CodeLocked):
        hand_over(task, worker)
    services.renew_code(task=task, asked_by=family)
    assert hand_over(task, worker).state == TaskState.DONE


def test_nothing_of_the_list_is_left_out(task, worker):
    with pytest.raises(NotExplained):
        hand_over(task, worker, explained=ALL[:-1])


def test_a_parcel_that_was_not_sent_is_not_handed_over(community, family, manager, worker):
    task = make_visit(family, community=community, status=ShipmentStatus.WAITING)
    task = services.plan_delivery(task=task, worker=worker, planned_by=manager)
    with pytest.raises(NotThereYet):
        hand_over(task, worker)


def test_only_who_was_sent_hands_over(task, manager, community):
    with pytest.raises(NotYourTask):
        hand_over(task, manager)
    with pytest.raises(NotYourTask):
        hand_over(task, make_member(community, TeamRole.WORKER))


def test_who_left_the_team_hands_nothing_over_and_sees_no_address(task, worker, community):
    Membership.objects.filter(user=worker).delete()
    with pytest.raises(NotYourTask):
        hand_over(task, worker)


def test_only_people_of_the_team_who_go_to_doors_are_sent(task, manager, community):
    for stranger in (make_member(make_community()), make_member(community, TeamRole.FINANCE)):
        with pytest.raises(NotInTeam):
            services.plan_delivery(task=task, worker=stranger, planned_by=manager)
    with pytest.raises(NotYourTask):
        services.plan_delivery(task=task, worker=manager, planned_by=make_member(make_community()))


def test_a_worker_sees_name_address_and_nothing_else(task):
    seen = selectors.door_view(selectors.tasks_of(task.worker, task.community_id).get())
    assert set(vars(seen)) == {"task_id", "name", "address", "visit_on", "day_part", "language", "is_sent"}
    assert "示例路 1 号" in seen.address
    title = task.shipment.lines.get().title
    assert title not in str(vars(seen))


def test_planning_shows_the_part_of_town_only(task):
    where = selectors.part_of_town(selectors.tasks_to_plan(task.community_id).get())
    assert where == "上海市 徐汇区"


def test_the_address_is_gone_once_it_is_done(task, worker):
    hand_over(task, worker)
    assert not selectors.tasks_of(worker, task.community_id).exists()
    assert not selectors.tasks_to_plan(task.community_id).exists()


def test_nobody_opened_so_the_family_chooses_another_day(task, worker, family):
    services.note_missed(task=task, missed_by=worker)
    task.refresh_from_db()
    assert (task.state, task.worker, task.missed) == (TaskState.ASKED, None, 1)
    moved = services.move_delivery(task=task, asked_by=family, wish=wish(days=8))
    assert moved.visit_on == timezone.localdate() + timedelta(days=8)


def test_a_parcel_has_one_visit_at_a_time(task, family, community):
    ask = {"shipment": task.shipment, "community": community, "wish": wish(), "asked_by": family}
    with pytest.raises(NotDeliverable):
        services.ask_delivery(**ask)
    services.cancel_delivery(task=task, asked_by=family)
    assert services.ask_delivery(**ask).state == TaskState.ASKED


def test_nobody_asks_for_another_familys_parcel(community):
    parcel = make_parcel(make_parent())
    with pytest.raises(NotDeliverable):
        services.ask_delivery(shipment=parcel, community=community, wish=wish(), asked_by=make_parent())


def test_an_arrived_parcel_is_not_brought(community, family):
    parcel = make_parcel(family, status=ShipmentStatus.DELIVERED)
    with pytest.raises(NotDeliverable):
        services.ask_delivery(shipment=parcel, community=community, wish=wish(), asked_by=family)


def test_a_community_comes_only_where_it_offered_and_speaks_the_language(community, family):
    parcel = make_parcel(family)
    with pytest.raises(NobodyDelivers):
        services.ask_delivery(shipment=parcel, community=make_community(), wish=wish(), asked_by=family)
    with pytest.raises(NobodyDelivers):
        services.ask_delivery(shipment=parcel, community=community, wish=wish(language="手语"), asked_by=family)


@pytest.mark.parametrize("days", [-1, 0, 29])
def test_the_day_is_tomorrow_at_the_earliest_and_four_weeks_at_the_latest(community, family, days):
    parcel = make_parcel(family)
    with pytest.raises(DayOutOfReach):
        services.ask_delivery(shipment=parcel, community=community, wish=wish(days=days), asked_by=family)


def test_a_strangers_visit_is_not_moved_cancelled_or_given_a_new_code(task):
    stranger = make_parent()
    with pytest.raises(NotYourTask):
        services.move_delivery(task=task, asked_by=stranger, wish=wish())
    with pytest.raises(NotYourTask):
        services.cancel_delivery(task=task, asked_by=stranger)
    with pytest.raises(NotYourTask):
        services.renew_code(task=task, asked_by=stranger)
