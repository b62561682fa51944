"""Requests to end a guardianship, as our staff on review duty answer them."""

from datetime import date

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.families.models import EndingRequest, Guardianship
from marketplace.families.selectors import guardians_of
from marketplace.families.services import ask_to_end_guardianship
from tests.factories import make_child, make_staff, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> EndingRequest:
    mother, father = make_user(nickname="林女士"), make_user(nickname="何先生")
    child = make_child(mother, nickname="小禾", born_on=date(timezone.localdate().year - 15, 1, 1))
    row = Guardianship.objects.create(guardian=father, child=child)
    return ask_to_end_guardianship(user=mother, public_id=row.public_id)


@pytest.fixture
def staff():
    return make_staff(duties=[Duty.REVIEW])


def test_the_queue_names_nobody_and_the_page_is_written_down(asked, staff):
    client = signed_in(staff)
    queue = client.get("/backoffice/guardianships/").content.decode()
    assert "另一位监护人提出" in queue and "林女士" not in queue and "小禾" not in queue
    page = client.get(f"/backoffice/guardianships/{asked.public_id}/").content.decode()
    assert "林女士" in page and "何先生" in page
    event = AuditEvent.objects.get(subject_id=asked.guardianship.child.public_id)
    assert event.actor_id == staff.public_id


def test_without_evidence_nothing_ends(asked, staff):
    path = f"/backoffice/guardianships/{asked.public_id}/"
    response = signed_in(staff).post(path, {"outcome": "ended", "evidence": ""})
    assert response.status_code == 422 and "核对过的依据" in response.content.decode()
    assert guardians_of(asked.guardianship.child).count() == 2


def test_with_evidence_it_ends(asked, staff):
    client = signed_in(staff)
    client.post(f"/backoffice/guardianships/{asked.public_id}/", {"outcome": "ended", "evidence": "court"})
    assert guardians_of(asked.guardianship.child).count() == 1
    assert client.get(f"/backoffice/guardianships/{asked.public_id}/").status_code == 404


@pytest.mark.parametrize("duties", [[], [Duty.SUPPORT], [Duty.SAFETY]])
def test_other_duties_open_nothing(asked, duties):
    client = signed_in(make_staff(duties=duties))
    for path in ("/backoffice/guardianships/", f"/backoffice/guardianships/{asked.public_id}/"):
        assert "林女士" not in client.get(path).content.decode()
    client.post(f"/backoffice/guardianships/{asked.public_id}/", {"outcome": "ended", "evidence": "court"})
    assert guardians_of(asked.guardianship.child).count() == 2


def test_a_family_finds_nothing(asked):
    client = signed_in(asked.asked_by)
    assert client.get(f"/backoffice/guardianships/{asked.public_id}/").status_code == 404
