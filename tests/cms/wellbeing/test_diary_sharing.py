"""Showing a page to one person: two locks, taken back at once, below 14 only with a guardian's nod."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.wellbeing.confidants import confidants_of
from cms.wellbeing.diary_errors import AlreadyShown, NotSomebodyOfYours, ShareOver
from cms.wellbeing.models import DiaryEntry, EntryShare
from cms.wellbeing.selectors import diary as selectors
from cms.wellbeing.services import diary, diary_sharing, moods
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.consent.models import Consent
from marketplace.consent.services import revoke_consent
from marketplace.core.audit.models import AuditEvent
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child
from marketplace.notifications.models import Message
from marketplace.safeguarding.concerns.models import Concern
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "今天和同桌一起走回家，桂花开了。"
DANGER = "我真的不想活了，今晚就想从楼上跳下去。"


@pytest.fixture
def mother() -> User:
    return factories.make_parent(children=0)


@pytest.fixture
def child(mother: User) -> Child:
    return factories.make_teen(mother, age=15).young_profile


def write(child: Child, text: str = WORDS) -> DiaryEntry:
    return diary.write_page(child=child, text=text).page


def show(child: Child, page: DiaryEntry, to: User, days: int = 7) -> EntryShare:
    return diary_sharing.share_page(
        child=child, public_id=page.public_id, with_user=to.public_id, days=days, shared_by=child.account
    ).share


def seen_by(user: User, **fields: object) -> list[str]:
    return [each.diary.text if each.diary else "mood" for each in selectors.entries_shown_to(user, **fields)]


def booked_with(child: Child) -> User:
    user = factories.make_user(role=Role.PRACTITIONER)
    service = factories.make_service(factories.make_provider(user=user))
    factories.make_booking(service=service, child=child, booked_by=child.guardians.first())
    return user


def test_a_page_is_visible_to_nobody_until_it_is_shown_and_then_to_one(child, mother):
    father, counsellor = factories.make_parent(children=0), booked_with(child)
    page, _private = write(child), write(child, "别人不许看。")
    for user in (mother, father, counsellor, factories.make_staff()):
        assert seen_by(user) == []
    share = show(child, page, mother)
    assert seen_by(mother) == [WORDS]
    assert seen_by(counsellor) == seen_by(father) == []
    consent = Consent.objects.get()
    assert (consent.items, consent.records) == ([DataItem.DIARY], [page.public_id])
    assert selectors.entry_shown_to(mother, share.public_id) is not None
    assert selectors.entry_shown_to(father, share.public_id) is None


def test_a_counsellor_somebody_has_booked_can_be_shown_a_page(child):
    counsellor = booked_with(child)
    show(child, write(child), counsellor)
    assert seen_by(counsellor) == [WORDS]
    assert AuditEvent.objects.filter(subject_id=child.public_id, items=["diary"]).exists()


def test_only_people_of_ones_own_are_offered(child, mother):
    assert [each.user for each in confidants_of(child)] == [mother]
    for user in (factories.make_parent(), factories.make_user(role=Role.PRACTITIONER), factories.make_staff()):
        with pytest.raises(NotSomebodyOfYours):
            show(child, write(child), user)


def test_who_only_books_is_not_offered(child, mother):
    child.guardianships.update(scope=GuardianshipScope.BOOKING)
    assert confidants_of(child) == []


def test_taken_back_is_gone_at_once(child, mother):
    share = show(child, write(child), mother)
    assert seen_by(mother) == [WORDS]
    diary_sharing.withdraw_share(public_id=share.public_id, withdrawn_by=child.account)
    assert seen_by(mother) == []
    assert selectors.entry_shown_to(mother, share.public_id) is None
    diary_sharing.withdraw_share(public_id=share.public_id, withdrawn_by=child.account)


def test_either_lock_alone_keeps_it_shut(child, mother):
    share = show(child, write(child), mother)
    revoke_consent(consent_id=share.consent.public_id, revoked_by=child.account)
    assert seen_by(mother) == []
    second = show(child, write(child), mother)
    EntryShare.objects.filter(pk=second.pk).update(withdrawn_at=timezone.now())
    assert seen_by(mother) == []


def test_it_ends_by_itself_and_can_be_shown_again(child, mother):
    page = write(child)
    show(child, page, mother, days=1)
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    assert seen_by(mother, now=tomorrow) == []
    with pytest.raises(AlreadyShown):
        show(child, page, mother)
    EntryShare.objects.update(until=timezone.now())
    show(child, page, mother)
    assert seen_by(mother) == [WORDS]


def test_a_guardian_who_left_sees_it_no_more(child, mother):
    show(child, write(child), mother)
    child.guardianships.update(status="ended", ended_at=timezone.now())
    assert seen_by(mother) == []


def test_a_stranger_takes_nothing_back(child, mother):
    share = show(child, write(child), mother)
    for user in (mother, factories.make_teen()):
        with pytest.raises(EntryShare.DoesNotExist):
            diary_sharing.withdraw_share(public_id=share.public_id, withdrawn_by=user)


def test_deleting_a_page_takes_it_back_too(child, mother):
    page = write(child)
    share = show(child, page, mother)
    diary.forget_page(child=child, public_id=page.public_id)
    assert seen_by(mother) == []
    assert share.consent.events.filter(kind="revoked").exists()


def test_a_mood_can_be_shown_the_same_way(child, mother):
    mood = moods.record_mood(child=child, weather=2, line="累").mood
    diary_sharing.share_mood(
        child=child, public_id=mood.public_id, with_user=mother.public_id, days=7, shared_by=child.account
    )
    assert seen_by(mother) == ["mood"]
    assert Consent.objects.get().items == [DataItem.MOOD]
    moods.forget_all_moods(child=child)
    assert seen_by(mother) == []


def test_what_is_shown_is_read_by_the_gate_even_where_the_diary_is_not(child, mother):
    page = write(child, DANGER)
    assert not Concern.objects.exists()
    shown = diary_sharing.share_page(
        child=child, public_id=page.public_id, with_user=mother.public_id, days=7, shared_by=child.account
    )
    assert shown.answer.card
    assert Concern.objects.count() == 1
    assert seen_by(mother) == [DANGER]


def test_the_message_says_nothing_of_a_diary(child, mother):
    show(child, write(child), mother)
    message = Message.objects.filter(recipient=mother).first()
    for word in ("日记", "心情", "diary"):
        assert word not in message.body + message.subject


class TestBelowFourteen:
    @pytest.fixture
    def child(self, mother: User) -> Child:
        return factories.make_teen(mother, age=12).young_profile

    def test_nothing_opens_before_a_guardian_nods(self, child, mother):
        share = show(child, write(child), mother)
        assert share.consent is None
        assert seen_by(mother) == []
        assert [each.pk for each in selectors.shares_to_nod_to(mother)] == [share.pk]
        diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=True)
        assert seen_by(mother) == [WORDS]
        assert selectors.shares_to_nod_to(mother) == []

    def test_a_no_is_a_no(self, child, mother):
        share = show(child, write(child), mother)
        diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=False)
        assert seen_by(mother) == []
        with pytest.raises(ShareOver):
            diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=True)

    def test_a_guardian_nods_to_a_counsellor(self, child, mother):
        counsellor = booked_with(child)
        share = show(child, write(child), counsellor)
        assert seen_by(counsellor) == []
        diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=True)
        assert seen_by(counsellor) == [WORDS]
        assert seen_by(mother) == []

    def test_the_child_takes_it_back_alone(self, child, mother):
        share = show(child, write(child), mother)
        diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=True)
        diary_sharing.withdraw_share(public_id=share.public_id, withdrawn_by=child.account)
        assert seen_by(mother) == []

    def test_strangers_do_not_nod(self, child, mother):
        share = show(child, write(child), mother)
        for user in (factories.make_parent(), child.account, factories.make_staff()):
            with pytest.raises(EntryShare.DoesNotExist):
                diary_sharing.answer_share(public_id=share.public_id, answered_by=user, agrees=True)

    def test_on_the_fourteenth_birthday_a_guardians_word_ends(self, child, mother):
        share = show(child, write(child), mother)
        diary_sharing.answer_share(public_id=share.public_id, answered_by=mother, agrees=True)
        child.born_on = timezone.localdate() - timedelta(days=14 * 366)
        child.save(update_fields=["born_on"])
        assert seen_by(mother) == []


def test_a_list_costs_the_same_with_one_and_with_three(child, mother):

    counts = []
    for more in (1, 2):
        for _each in range(more):
            show(child, write(child), mother)
        with CaptureQueriesContext(connection) as queries:
            seen_by(mother)
        counts.append(len(queries))
    assert counts[0] == counts[1]
