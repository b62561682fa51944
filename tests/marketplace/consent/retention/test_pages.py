"""The table for everybody, and the desk for privacy duty."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.consent.retention import services
from marketplace.consent.retention.models import LegalHold, RetentionRun
from marketplace.consent.retention.schedule import RECORD_CLASSES
from tests import factories

pytestmark = pytest.mark.django_db

STAFF_PAGES = ("retention:desk", "retention:dry_run", "retention:set_hold")


@pytest.fixture
def desk() -> Client:
    return factories.signed_in(factories.make_staff(duties=[Duty.PRIVACY]))


def test_everybody_may_read_how_long_things_are_kept(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        page = client.get(reverse("retention:schedule")).content.decode()
    for record in RECORD_CLASSES:
        assert str(record.title) in page
    assert "3 年" in page
    assert "6 个月" in page


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_desk_is_for_privacy_duty_only(name):
    for user in (factories.make_parent(), factories.make_staff(duties=[Duty.SAFETY])):
        assert factories.signed_in(user).get(reverse(name)).status_code in (403, 404)
    assert Client().get(reverse(name)).status_code == 302


def test_reports_are_shown_by_name(desk):
    services.apply_retention(now=timezone.now())
    RetentionRun.objects.create(due_at=timezone.now())
    page = desk.get(reverse("retention:desk")).content.decode()
    assert "谁看过什么" in page
    assert "进行中" in page


def test_a_preview_changes_nothing(desk):
    assert desk.get(reverse("retention:dry_run")).status_code == 200
    assert not RetentionRun.objects.exists()


def test_a_hold_is_set_shown_and_released(desk):
    child = factories.make_child()
    words = {"subject_id": child.public_id, "reason": "法院通知（示例）"}
    nobody = desk.post(reverse("retention:set_hold"), words | {"subject_id": uuid4()}).content.decode()
    assert "没有找到这个编号" in nobody
    desk.post(reverse("retention:set_hold"), words)
    hold = LegalHold.objects.get()
    page = desk.get(reverse("retention:desk")).content.decode()
    assert "法院通知（示例）" in page
    again = desk.post(reverse("retention:set_hold"), words).content.decode()
    assert "已经封存了" in again
    desk.post(reverse("retention:release_hold", args=[hold.public_id]))
    hold.refresh_from_db()
    assert hold.released_at
    assert "法院通知（示例）" not in desk.get(reverse("retention:desk")).content.decode()


def test_the_desk_asks_as_often_for_many_as_for_one(desk, django_assert_num_queries):
    staff = factories.make_staff()
    services.set_hold(subject_id=factories.make_child().public_id, reason="纠纷", set_by=staff)
    services.apply_retention(now=timezone.now())
    desk.get(reverse("retention:desk"))
    with CaptureQueriesContext(connection) as one:
        desk.get(reverse("retention:desk"))
    for _ in range(3):
        services.apply_retention(now=timezone.now())
        services.set_hold(subject_id=factories.make_child().public_id, reason="纠纷", set_by=staff)
    with django_assert_num_queries(len(one)):
        desk.get(reverse("retention:desk"))
