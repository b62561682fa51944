"""The end of a guardianship: who may, at once, told neutrally, and never the last one by the way."""

from datetime import date

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.families import errors, services
from marketplace.families.enums import EndingEvidence, EndingOutcome, EndReason, GuardianshipScope
from marketplace.families.models import Child, Guardianship, Invitation
from marketplace.families.rules import may_edit_child, may_see_child
from marketplace.families.selectors import child_of, children_of, guardians_of, waiting_ending_requests
from marketplace.families.signals import guardianship_ended
from marketplace.notifications.models import Message
from tests.factories import make_child, make_staff, make_user

pytestmark = pytest.mark.django_db


def born(age: int) -> date:
    return date(timezone.localdate().year - age, 1, 1)


@pytest.fixture
def mother():
    return make_user(nickname="林女士")


@pytest.fixture
def father():
    return make_user(nickname="何先生")


@pytest.fixture
def teen():
    return make_user(role=Role.TEEN)


@pytest.fixture
def child(mother, father, teen):
    """A child of 15 with an account; the mother invited the father."""
    child = make_child(mother, nickname="小禾", born_on=born(15), account=teen)
    Guardianship.objects.create(guardian=father, child=child, invited_by=mother)
    return child


def of(user, child):
    return guardians_of(child).get(guardian=user).public_id


def test_one_leaves_and_sees_nothing_more(father, child):
    ended = []
    guardianship_ended.connect(lambda guardianship, **_: ended.append(guardianship), weak=False, dispatch_uid="test")
    try:
        row = services.end_guardianship(user=father, public_id=of(father, child))
    finally:
        guardianship_ended.disconnect(dispatch_uid="test")
    assert ended == [row] and (row.ended_because, row.ended_by) == (EndReason.LEFT, father)
    assert not may_see_child(father, child) and not may_edit_child(father, child)
    assert child_of(father, child.public_id) is None and not children_of(father).exists()


def test_who_invited_may_take_out(mother, father, child):
    assert services.end_guardianship(user=mother, public_id=of(father, child)).ended_because == EndReason.REMOVED


def test_who_was_invited_may_not_take_out_who_invited(mother, father, child):
    with pytest.raises(errors.NotYoursToEnd):
        services.end_guardianship(user=father, public_id=of(mother, child))


def test_a_teen_takes_out_whom_they_invited_and_nobody_else(mother, father, teen, child):
    with pytest.raises(errors.NotYoursToEnd):
        services.end_guardianship(user=teen, public_id=of(father, child))
    Guardianship.objects.filter(guardian=father).update(invited_by=teen)
    services.end_guardianship(user=teen, public_id=of(father, child))
    assert guardians_of(child).get().guardian == mother


def test_below_fourteen_a_child_takes_out_nobody(father, teen, child):
    Child.objects.filter(pk=child.pk).update(born_on=born(13))
    Guardianship.objects.filter(guardian=father).update(invited_by=teen)
    with pytest.raises(errors.NotYoursToEnd):
        services.end_guardianship(user=teen, public_id=of(father, child))
    with pytest.raises(errors.NotYourChild):
        services.ask_to_end_guardianship(user=teen, public_id=of(father, child))


def test_a_stranger_ends_and_asks_nothing(mother, child):
    for act in (services.end_guardianship, services.ask_to_end_guardianship):
        with pytest.raises(errors.NotYourChild):
            act(user=make_user(), public_id=of(mother, child))


def test_the_last_one_stays(mother, father, child):
    services.end_guardianship(user=father, public_id=of(father, child))
    with pytest.raises(errors.LastGuardian):
        services.end_guardianship(user=mother, public_id=of(mother, child))
    assert may_see_child(mother, child)


def test_somebody_who_only_books_is_no_second_guardian(mother, father, child):
    Guardianship.objects.filter(guardian=father).update(scope=GuardianshipScope.BOOKING)
    with pytest.raises(errors.LastGuardian):
        services.end_guardianship(user=mother, public_id=of(mother, child))
    services.end_guardianship(user=father, public_id=of(father, child))


def test_twice_is_refused_by_name(father, child):
    public_id = of(father, child)
    services.end_guardianship(user=father, public_id=public_id)
    with pytest.raises(errors.NotYourChild):
        services.end_guardianship(user=father, public_id=public_id)


def test_everybody_is_told_and_the_words_say_nothing(mother, father, teen, child):
    services.end_guardianship(user=father, public_id=of(father, child))
    told = Message.objects.filter(key__startswith="family:left")
    assert {message.recipient for message in told} == {mother, father, teen}
    assert not any(word in message.body + message.subject for message in told for word in ("何", "小禾", "监护", "移"))


def test_open_invitations_of_who_left_are_closed(mother, father, child):
    new = services.invite_guardian(invited_by=father, child=child)
    services.end_guardianship(user=father, public_id=of(father, child))
    assert Invitation.objects.get(pk=new.invitation.pk).revoked_at


def test_who_left_may_come_back_by_a_new_invitation(mother, father, child):
    services.end_guardianship(user=father, public_id=of(father, child))
    services.accept_invitation(secret=services.invite_guardian(invited_by=mother, child=child).token, user=father)
    assert guardians_of(child).count() == 2 and child.guardianships.count() == 3


# --- asking our staff -----------------------------------------------------------------------------------------


@pytest.fixture
def request_of_teen(teen, mother, child):
    return services.ask_to_end_guardianship(user=teen, public_id=of(mother, child))


def test_a_teen_asks_and_nobody_of_the_family_hears(request_of_teen, child, mother):
    assert waiting_ending_requests().get() == request_of_teen
    assert not Message.objects.exists() and may_see_child(mother, child)


def test_asking_twice_is_refused(request_of_teen, teen, mother, child):
    with pytest.raises(errors.AskedAlready):
        services.ask_to_end_guardianship(user=teen, public_id=of(mother, child))


def test_staff_need_evidence(request_of_teen):
    with pytest.raises(errors.EvidenceMissing):
        services.answer_ending_request(
            public_id=request_of_teen.public_id, outcome=EndingOutcome.ENDED, answered_by=make_staff()
        )


def test_staff_end_it(request_of_teen, mother, child):
    staff = make_staff()
    answer = {"public_id": request_of_teen.public_id, "answered_by": staff, "outcome": EndingOutcome.ENDED}
    services.answer_ending_request(evidence=EndingEvidence.AGREED, **answer)
    row = Guardianship.objects.get(guardian=mother)
    assert (row.ended_because, row.ended_by) == (EndReason.STAFF, staff)
    assert not waiting_ending_requests().exists()
    services.answer_ending_request(evidence=EndingEvidence.AGREED, **answer)  # a second click changes nothing


@pytest.mark.parametrize(
    ("evidence", "may"), [(EndingEvidence.AGREED, False), (EndingEvidence.COURT, True), (EndingEvidence.SAFETY, True)]
)
def test_only_court_and_child_protection_leave_a_child_without_any(teen, father, mother, child, evidence, may):
    request = services.ask_to_end_guardianship(user=teen, public_id=of(mother, child))
    services.end_guardianship(user=father, public_id=of(father, child))
    answer = {"public_id": request.public_id, "answered_by": make_staff(), "outcome": EndingOutcome.ENDED}
    if may:
        services.answer_ending_request(evidence=evidence, **answer)
    else:
        with pytest.raises(errors.LastGuardian):
            services.answer_ending_request(evidence=evidence, **answer)
    assert guardians_of(child).exists() is not may


def test_staff_keep_it_as_it_is(request_of_teen, teen, mother, child):
    services.answer_ending_request(
        public_id=request_of_teen.public_id, outcome=EndingOutcome.KEPT, answered_by=make_staff()
    )
    assert may_see_child(mother, child)
    assert {message.recipient for message in Message.objects.all()} == {teen}
