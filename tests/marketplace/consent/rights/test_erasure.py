"""After an erasure nothing of the person is left but what is listed as kept."""

import base64
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from marketplace.accounts.models import User
from marketplace.consent.models import StandingConsent
from marketplace.consent.retention.models import LegalHold
from marketplace.consent.rights import services
from marketplace.consent.rights.certificates import hash_of
from marketplace.consent.rights.enums import Pause, RequestState
from marketplace.consent.rights.errors import AlreadyAsked, KeptForNow, ObstaclesLeft, TooLateToWithdraw
from marketplace.consent.rights.models import DataRequest, ErasureCertificate, ErasureStep, ExportFile
from marketplace.consent.rights.registry import erasure_order, register
from marketplace.consent.rights.services.copying import make_copy
from marketplace.consent.rights.services.erasing import erase
from marketplace.consent.rights.services.running import _claimed
from marketplace.consent.rights.services.work import ClaimLost
from marketplace.core.encryption.models import DataKey
from marketplace.families.models import Child, Guardianship
from tests import factories
from tests.catalog.order.placed import order_of
from tests.marketplace.consent.rights.life import Life, later, make_life

pytestmark = pytest.mark.django_db


@pytest.fixture
def life() -> Life:
    return make_life()


def whole_database() -> str:
    """Every row of every table, as text."""
    text = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            text += [row for (row,) in cursor.fetchall()]
    return "\n".join(text)


def found_in(dump: str, planted: dict[str, str]) -> set[str]:
    """Which planted values stand in a dump: as they are, escaped, in base64 or in hex."""
    found = set()
    for name, value in planted.items():
        forms = (
            value,
            json.dumps(value)[1:-1],
            base64.b64encode(value.encode()).decode().rstrip("=")[:-2],
            value.encode().hex(),
        )
        if any(form in dump for form in forms):
            found.add(name)
    return found


def erase_child(life: Life) -> DataRequest:
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    return request


def test_planted_values_are_found_before(life):
    """The control: a search that finds nothing would prove nothing."""
    sealed = {"note", "question"}
    assert found_in(whole_database(), life.of_parent) == life.of_parent.keys() - sealed
    assert found_in(whole_database(), life.of_child) == life.of_child.keys()


def test_a_child_goes_and_the_guardian_stays(life):
    request = erase_child(life)
    assert request.state == RequestState.DONE
    dump = whole_database()
    assert found_in(dump, {name: life.of_child[name] for name in ("nickname", "born_on")}) == set()
    life.parent.refresh_from_db()
    assert life.parent.is_active
    assert life.parent.nickname == life.of_parent["nickname"]
    assert not StandingConsent.objects.filter(child=life.child, is_live=True).exists()
    assert DataKey.objects.get(subject_id=life.child.public_id).destroyed_at


def test_a_person_goes_with_everything(life):
    services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    mine = services.ask_for_erasure(asker=life.parent, subject_id=life.parent.public_id)
    services.run_due_requests(now=later(8))
    services.run_due_requests(now=later(9))
    mine.refresh_from_db()
    assert mine.state == RequestState.DONE
    assert found_in(whole_database(), life.of_parent | {"child": life.of_child["nickname"]}) == set()
    gone = User.objects.get(pk=life.parent.pk)
    assert not gone.is_active
    assert not gone.has_usable_password()


def test_what_is_kept_is_on_the_certificate(life):
    request = erase_child(life)
    certificate = ErasureCertificate.objects.get(request=request)
    kept = {row["class"]: row for row in certificate.body["kept"]}
    assert any("预约" in title for title in kept)
    assert all(row["law"] and row["until"] for row in kept.values())
    assert certificate.body["keys_destroyed_at"]
    assert certificate.sha256 == hash_of(certificate.body)
    text = json.dumps(certificate.body, ensure_ascii=False)
    assert found_in(text, life.of_child | life.of_parent) == set()
    assert str(life.child.public_id) not in text


def test_nothing_goes_before_the_cooling_off_and_it_can_be_undone(life):
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    services.run_due_requests(now=later(6))
    assert Child.objects.get(pk=life.child.pk).nickname == life.of_child["nickname"]
    services.withdraw_request(user=life.parent, public_id=request.public_id)
    services.run_due_requests(now=later(9))
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert Child.objects.get(pk=life.child.pk).nickname == life.of_child["nickname"]


def test_what_is_undone_in_the_last_moment_stays_undone(life):
    """A worker has taken the request, but not begun."""
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    work = _claimed(request.pk, later(8))
    services.withdraw_request(user=life.parent, public_id=request.public_id)
    with pytest.raises(ClaimLost):
        erase(work)
    assert Child.objects.get(pk=life.child.pk).archived_at is None


def test_a_copy_in_the_making_ends_with_the_person(life):
    copy = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    work = _claimed(copy.pk, later(0))
    asked = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    services.run_request(request_id=asked.pk, now=later(8))
    with pytest.raises(ClaimLost):
        make_copy(work)
    copy.refresh_from_db()
    assert (copy.state, copy.next_run_at) == (RequestState.WITHDRAWN, None)
    assert not ExportFile.objects.exists()


def test_who_is_erased_is_signed_out_and_may_come_again(life):
    browser = factories.signed_in(life.parent)
    assert browser.get("/privacy/rights/").status_code == 200
    services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    services.ask_for_erasure(asker=life.parent, subject_id=life.parent.public_id)
    services.run_due_requests(now=later(8))
    services.run_due_requests(now=later(9))
    assert browser.get("/privacy/rights/").status_code == 302
    assert factories.make_user(phone=life.parent.phone, email=life.parent.email).is_active


def test_what_has_begun_cannot_be_taken_back(life):
    request = erase_child(life)
    with pytest.raises(TooLateToWithdraw):
        services.withdraw_request(user=life.parent, public_id=request.public_id)


def test_one_open_request_of_a_kind(life):
    services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    with pytest.raises(AlreadyAsked):
        services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)


def test_the_last_guardian_decides_about_the_children_first(life):
    with pytest.raises(ObstaclesLeft) as refused:
        services.ask_for_erasure(asker=life.parent, subject_id=life.parent.public_id)
    assert [life.of_child["nickname"] in str(each.sentence) for each in refused.value.obstacles] == [True]


def test_a_guardian_goes_and_the_child_stays_with_the_other_one(life):
    other = factories.make_user(nickname="另一位")
    Guardianship.objects.create(guardian=other, child=life.child)
    services.ask_for_erasure(asker=life.parent, subject_id=life.parent.public_id)
    services.run_due_requests(now=later(8))
    child = Child.objects.get(pk=life.child.pk)
    assert child.nickname == life.of_child["nickname"]
    assert child.archived_at is None
    assert [each.guardian for each in child.guardianships.in_force()] == [other]
    assert not DataKey.objects.filter(subject_id=child.public_id, destroyed_at__isnull=False).exists()


def test_open_orders_and_coming_bookings_come_first(life):
    order_of(life.parent, factories.make_course())
    factories.make_booking(child=life.child, booked_by=life.parent)
    with pytest.raises(ObstaclesLeft) as refused:
        services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    assert all(each.url for each in refused.value.obstacles)
    other = factories.make_user()
    Guardianship.objects.create(guardian=other, child=life.child)
    with pytest.raises(ObstaclesLeft) as refused:
        services.ask_for_erasure(asker=life.parent, subject_id=life.parent.public_id)
    assert len(refused.value.obstacles) == 2


def test_what_is_booked_meanwhile_pauses_the_erasure(life):
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    booking = factories.make_booking(child=life.child, booked_by=life.parent, starts_at=later(20))
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    assert (request.state, request.pause) == (RequestState.PAUSED, Pause.OBSTACLE)
    assert Child.objects.get(pk=life.child.pk).nickname
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.CANCELLED)
    Occupancy.objects.filter(pk=booking.occupancy_id).update(is_live=False, seats_taken=0)
    services.run_due_requests(now=later(9))
    request.refresh_from_db()
    assert request.state == RequestState.DONE


def test_a_legal_hold_keeps_everything(life):
    hold = LegalHold.objects.create(
        subject_id=life.child.public_id, reason="一件没有结束的事", set_by=factories.make_staff()
    )
    with pytest.raises(KeptForNow):
        services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    LegalHold.objects.filter(pk=hold.pk).delete()
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    LegalHold.objects.create(subject_id=life.child.public_id, reason="又一件", set_by=factories.make_staff())
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    assert (request.state, request.pause) == (RequestState.PAUSED, Pause.HOLD)


@pytest.mark.parametrize("last_done", ["closing", "orders"])
def test_a_hold_set_in_the_middle_stops_the_rest_until_it_is_released(life, monkeypatch, last_done):
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    create = ErasureStep.objects.create

    def note_and_hold(**fields):
        step = create(**fields)
        if fields["key"] == last_done:
            LegalHold.objects.create(subject_id=life.child.public_id, reason="刚出的事", set_by=factories.make_staff())
        return step

    monkeypatch.setattr(ErasureStep.objects, "create", note_and_hold)
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    assert (request.state, request.pause) == (RequestState.RUNNING, Pause.HOLD)
    assert not DataKey.objects.filter(subject_id=life.child.public_id).exclude(destroyed_at=None).exists()
    assert Child.objects.get(pk=life.child.pk).nickname
    with pytest.raises(TooLateToWithdraw):
        services.withdraw_request(user=life.parent, public_id=request.public_id)

    monkeypatch.undo()
    LegalHold.objects.update(released_at=timezone.now(), released_by=factories.make_staff())
    services.run_due_requests(now=later(9))
    request.refresh_from_db()
    assert (request.state, request.pause) == (RequestState.DONE, "")


def test_a_birthday_meanwhile_hands_the_decision_over(life):
    """A guardian's request lapses when the child turns 14 with an account of its own before it is carried out."""
    account = factories.make_user(role="teen")
    Child.objects.filter(pk=life.child.pk).update(account=account)
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    Child.objects.filter(pk=life.child.pk).update(born_on=life.child.born_on.replace(year=life.child.born_on.year - 6))
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert Child.objects.get(pk=life.child.pk).nickname


@pytest.mark.parametrize("key", [data.key for data in erasure_order()])
def test_a_crash_anywhere_is_taken_up_again(life, monkeypatch, key):
    request = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    real = ErasureStep.objects.create
    crashed = []

    def crash(**fields):
        if fields["key"] == key and not crashed:
            crashed.append(key)
            raise MemoryError
        return real(**fields)

    monkeypatch.setattr(ErasureStep.objects, "create", crash)
    services.run_due_requests(now=later(8))
    request.refresh_from_db()
    assert (request.state, request.failure) == (RequestState.RUNNING, "MemoryError")
    services.run_due_requests(now=later(9))
    request.refresh_from_db()
    assert request.state == RequestState.DONE
    keys = list(ErasureStep.objects.filter(request=request).values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == len(erasure_order()) + 2
    assert found_in(whole_database(), {"nickname": life.of_child["nickname"]}) == set()


def test_no_app_takes_anothers_part():
    """Two apps of one name once left an account's sessions out of everything."""
    first = erasure_order()[0]
    with pytest.raises(ValueError, match="already"):
        register(replace(first, covers=frozenset({"others.Thing"})))
    register(first)
