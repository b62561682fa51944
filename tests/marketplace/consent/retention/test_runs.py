"""A run erases in small committed batches, is taken up where it was cut off, and reports what a dry run foretold."""

import threading
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order.models import LineRefund, Order, ShippingAddress
from catalog.scheduling.models import Booking, Occupancy
from marketplace.consent.complaints.models import Complaint, Entry
from marketplace.consent.complaints.services import file_complaint
from marketplace.consent.retention import locks, services
from marketplace.consent.retention.errors import AlreadyHeld, AlreadyReleased, NobodyThere
from marketplace.consent.retention.models import LegalHold, RetentionLine, RetentionRun
from marketplace.consent.retention.registry import RetentionClass, registered
from marketplace.consent.retention.selectors import held_among, is_held
from marketplace.consent.retention.services import runs
from marketplace.consent.retention.tasks import apply_retention
from marketplace.core.audit import keys
from marketplace.core.audit.models import AuditEvent
from marketplace.core.audit.services import export_lines, seal_events
from marketplace.core.encryption.models import DataKey
from marketplace.core.encryption.sealed import ERASED
from marketplace.core.formatting import SHANGHAI
from marketplace.notifications.enums import Channel
from marketplace.notifications.models import Message
from payments.models import PaymentAttempt, PaymentIntent, Refund
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.factories.audit import make_looks, november
from tests.marketplace.core.audit.test_verification import script

pytestmark = pytest.mark.django_db

OLD = datetime(2025, 1, 10, 9, tzinfo=SHANGHAI)
NOW = datetime(2026, 11, 22, 12, tzinfo=SHANGHAI)


def make_notices(count: int, *, at: datetime = OLD) -> list[Message]:
    user = factories.make_user()
    rows = [Message(recipient=user, channel=Channel.IN_APP, key=uuid4(), created_at=at) for _ in range(count)]
    return Message.objects.bulk_create(rows)


def line(run: RetentionRun, key: str) -> RetentionLine:
    return run.lines.get(key=key)


def test_a_run_reports_every_class():
    make_notices(3)
    (recent,) = make_notices(1, at=NOW)
    run = services.apply_retention(now=NOW)
    assert run.finished_at
    assert set(run.lines.values_list("key", flat=True)) == {found.key for found in registered()}
    notices = line(run, "notices")
    assert (notices.found, notices.erased, notices.held_back) == (3, 3, 0)
    assert notices.oldest_left_at == recent.created_at


def test_batches_are_small_and_each_commits(monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 4)
    make_notices(10)
    sizes = []
    erase = runs._erase_batch
    monkeypatch.setattr(runs, "_erase_batch", lambda *given: sizes.append(erase(*given)) or sizes[-1])
    services.apply_retention(now=NOW)
    assert [size for size in sizes if size] == [4, 4, 2]


def test_a_run_that_was_cut_off_is_taken_up_where_it_stopped(monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 4)
    make_notices(10)
    erase, calls = runs._erase_batch, []

    def killed(line_id, now, retention_class):
        if retention_class.key == "notices" and calls.append(1) is None and len(calls) == 2:
            raise KeyboardInterrupt
        return erase(line_id, now, retention_class)

    monkeypatch.setattr(runs, "_erase_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        services.apply_retention(now=NOW)
    assert Message.objects.count() == 6
    unfinished = RetentionRun.objects.get()
    assert unfinished.finished_at is None

    monkeypatch.setattr(runs, "_erase_batch", erase)
    run = services.apply_retention(now=NOW + timedelta(days=3))
    assert run.pk == unfinished.pk
    assert run.due_at == NOW
    notices = line(run, "notices")
    assert (notices.found, notices.erased, notices.held_back) == (10, 10, 0)
    assert not Message.objects.exists()


def test_one_class_that_fails_does_not_keep_the_others_from_their_limits(monkeypatch):
    make_notices(2)
    broken = next(found for found in registered() if found.key == "sessions")

    def fail(*_given):
        raise RuntimeError("a secret that must not be logged")

    others = [found for found in registered() if found.key != "sessions"]
    twin = RetentionClass(**{name: getattr(broken, name) for name in broken.__slots__} | {"expired": fail})
    monkeypatch.setattr(runs, "registered", lambda: (twin, *others))
    run = services.apply_retention(now=NOW)
    assert line(run, "sessions").error == "RuntimeError"
    assert line(run, "notices").erased == 2


def test_a_class_that_erases_nothing_is_stopped(monkeypatch):
    make_notices(2)
    notices = next(found for found in registered() if found.key == "notices")
    idle = RetentionClass(**{name: getattr(notices, name) for name in notices.__slots__} | {"erase": lambda rows: 0})
    monkeypatch.setattr(runs, "registered", lambda: (idle,))
    run = services.apply_retention(now=NOW)
    assert line(run, "notices").error == "NothingErased"


def test_a_dry_run_foretells_the_report_and_changes_nothing(capsys):
    make_notices(3)
    held = make_notices(2)[0]
    LegalHold.objects.create(subject_id=held.recipient.public_id, reason="纠纷", set_by=factories.make_staff())
    call_command("apply_retention", "--dry-run")
    said = capsys.readouterr().out
    assert Message.objects.count() == 5
    assert not RetentionRun.objects.exists()

    foretold = {r.key: r for r in services.preview(now=NOW)}
    run = services.apply_retention(now=NOW)
    for done in run.lines.exclude(key="retention_runs"):
        was = foretold[done.key]
        assert (was.found, was.erased, was.held_back, was.oldest_left_at) == (
            done.found,
            done.erased,
            done.held_back,
            done.oldest_left_at,
        )
    assert "Nothing was changed." in said
    assert [row.split()[1:4] for row in said.splitlines() if row.startswith("notices")] == [["5", "3", "2"]]


def test_the_command_and_beat_apply_it(capsys, settings):
    make_notices(1)
    call_command("apply_retention")
    assert not Message.objects.exists()
    assert "notices" in capsys.readouterr().out
    assert apply_retention.name == settings.CELERY_BEAT_SCHEDULE["apply-retention"]["task"]
    apply_retention()
    assert RetentionRun.objects.filter(finished_at__isnull=False).count() == 2


def test_a_bought_thing_goes_as_a_whole():
    """An order with a session, a course, a parcel and a refund: everything, down to the address and the payment."""
    user = factories.make_parent()
    order = order_of(user, factories.make_service(), factories.make_course(), factories.make_goods(stock=2))
    pay(order)
    entitlement = Entitlement.objects.get(user=user)
    attempt = PaymentAttempt.objects.get()
    refund = Refund.objects.create(
        attempt=attempt, key="k", out_refund_no="r1", amount_fen=1, reason="goodwill", state="succeeded",
        finished_at=timezone.now(),
    )  # fmt: skip
    LineRefund.objects.create(line=order.lines.first(), refund=refund)
    Shipment.objects.update(status="delivered", delivered_at=timezone.now())
    far = timezone.now() + timedelta(days=4 * 366)

    services.apply_retention(now=far)
    assert Order.objects.exists(), "the course is open still, and needs its order"
    assert Refund.objects.exists()

    Entitlement.objects.filter(pk=entitlement.pk).update(ended_at=timezone.now())
    run = services.apply_retention(now=far)
    assert not RetentionLine.objects.exclude(error="").exists()
    for model in (
        Order,
        Shipment,
        Entitlement,
        LineRefund,
        ShippingAddress,
        Booking,
        PaymentIntent,
        PaymentAttempt,
        Refund,
    ):
        assert not model.objects.exists(), model.__name__
    assert not Occupancy.objects.exists() or Occupancy.objects.filter(ends_at__gt=timezone.now()).exists()
    assert line(run, "orders").erased == 1
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows that point nowhere would be found here


def test_old_days_leave_the_record_of_looks_and_what_stays_can_be_checked():
    for day in (18, 19, 20):
        make_looks(3, at=november(day))
    seal_events(now=november(21))
    limit = november(19).replace(year=2029, hour=0)
    services.apply_retention(now=limit - timedelta(seconds=1))
    assert AuditEvent.objects.filter(chain_on__lte="2026-11-18").count() == 3
    run = services.apply_retention(now=limit)
    assert line(run, "access_events").erased == 3
    assert AuditEvent.objects.filter(chain_on__isnull=False).count() == 6
    found = script.verify(export_lines(now=limit), [keys.public_key_text()])
    assert found["ok"], found
    assert found["events"] == 6


def test_a_hold_keeps_the_whole_day_of_looks():
    held = factories.make_child().public_id
    make_looks(3, at=november(18))
    make_looks(2, at=november(19))
    make_looks(1, at=november(19), subject=held)
    seal_events(now=november(21))
    LegalHold.objects.create(subject_id=held, reason="纠纷", set_by=factories.make_staff())
    run = services.apply_retention(now=november(22).replace(year=2029))
    looks = line(run, "access_events")
    assert (looks.found, looks.erased, looks.held_back) == (6, 3, 3)
    assert looks.oldest_left_at == november(19, 0)
    found = script.verify(export_lines(now=november(22).replace(year=2029)), [keys.public_key_text()])
    assert found["ok"], found


def test_a_complaint_leaves_its_counts_and_loses_its_words_and_key():
    user = factories.make_user()
    complaint = file_complaint(
        topic="seen", items=[], what_happened="看到了名字", contact="123", complainant=user
    ).complaint
    Complaint.objects.filter(pk=complaint.pk).update(status="closed", closed_at=OLD, cause="defect", side="technical")
    services.apply_retention(now=OLD.replace(year=2029))
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.topic, complaint.cause, complaint.side) == ("seen", "defect", "technical")
    assert complaint.complainant is None
    assert complaint.what_happened in ("", ERASED)
    assert complaint.contact in ("", ERASED)
    assert not Entry.objects.exists()
    assert DataKey.objects.get(subject_id=complaint.public_id).destroyed_at


# --- holds ----------------------------------------------------------------------------------------------------
def test_a_hold_is_set_once_on_somebody_there_and_is_recorded():
    staff, child = factories.make_staff(), factories.make_child()
    hold = services.set_hold(subject_id=child.public_id, reason="法院通知", set_by=staff)
    assert is_held(child.public_id)
    assert held_among([child.public_id, uuid4()]) == {child.public_id}
    assert LegalHold.objects.get().reason == "法院通知"
    look = AuditEvent.objects.get(subject_id=child.public_id)
    assert (look.purpose, look.records) == ("legal_hold", [hold.public_id])
    with pytest.raises(AlreadyHeld):
        services.set_hold(subject_id=child.public_id, reason="again", set_by=staff)
    with pytest.raises(NobodyThere):
        services.set_hold(subject_id=uuid4(), reason="nobody", set_by=staff)

    services.release_hold(hold_id=hold.pk, released_by=staff)
    assert not is_held(child.public_id)
    with pytest.raises(AlreadyReleased):
        services.release_hold(hold_id=hold.pk, released_by=staff)
    services.set_hold(subject_id=child.public_id, reason="anew", set_by=staff)


@pytest.mark.django_db(transaction=True)
def test_a_hold_waits_for_a_batch_and_the_next_batch_knows_it(run_concurrently, monkeypatch):
    """Nothing about a person goes after the hold is there, however close the two come."""
    user = make_notices(8)[0].recipient
    staff = factories.make_staff()
    monkeypatch.setattr(runs, "BATCH", 4)
    notices = next(found for found in registered() if found.key == "notices")
    in_batch = threading.Event()

    def slowly(rows):
        in_batch.set()
        threading.Event().wait(0.3)
        return notices.erase(rows)

    slow = RetentionClass(**{name: getattr(notices, name) for name in notices.__slots__} | {"erase": slowly})
    monkeypatch.setattr(runs, "registered", lambda: (slow,))
    left_when_held = []

    def hold_or_run(number: int) -> None:
        if number == 0:
            services.apply_retention(now=NOW)
            return
        in_batch.wait(5)
        services.set_hold(subject_id=user.public_id, reason="纠纷", set_by=staff)
        left_when_held.append(Message.objects.filter(recipient=user).count())

    outcomes = run_concurrently(hold_or_run, 2)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert left_when_held == [4]
    assert Message.objects.filter(recipient=user).count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_run(run_concurrently, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 3)
    make_notices(20)
    outcomes = run_concurrently(lambda number: services.apply_retention(now=NOW), 2)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert not Message.objects.exists()
    done = RetentionLine.objects.filter(key="notices")
    assert sum(done.values_list("erased", flat=True)) == 20
    assert not RetentionRun.objects.filter(finished_at=None).exists()
    assert not done.exclude(error="").exists()


def test_the_lock_is_one_for_all():
    locks.lock_erasing()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone()[0] >= 1
