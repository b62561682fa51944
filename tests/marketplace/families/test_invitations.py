"""Invitations: each opens one door, once, to whom it should; everything else is refused by name."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.families import errors, services
from marketplace.families.enums import Evidence, GuardianshipScope, InvitationKind, Relation
from marketplace.families.models import Child, Guardianship, Invitation
from marketplace.families.selectors import children_of, guardians_of, open_invitations, young_profile_of
from marketplace.families.services.invitations import GOOD_FOR
from marketplace.notifications.models import Message
from tests.factories import make_child, make_user

pytestmark = pytest.mark.django_db


def years_ago(years: int, **delta) -> date:
    today = timezone.localdate()
    return date(today.year - years, today.month, min(today.day, 28)) - timedelta(**delta or {"days": 1})


@pytest.fixture
def mother():
    return make_user(nickname="林女士")


@pytest.fixture
def father():
    return make_user(nickname="陈先生")


@pytest.fixture
def child(mother):
    return make_child(mother, nickname="小禾", born_on=years_ago(14))


@pytest.fixture
def teen():
    return make_user(role=Role.TEEN, nickname="禾", phone_verified_at=None)


def test_a_second_guardian_joins_by_link(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child, relation=Relation.OTHER)
    acceptance = services.accept_invitation(secret=new.token, user=father, relation=Relation.FATHER)
    joined = guardians_of(child).get(guardian=father)
    assert acceptance.child == child and children_of(father).get().relation == Relation.FATHER
    assert (joined.evidence, joined.scope, joined.invited_by) == (
        Evidence.CONFIRMED_BY_GUARDIAN,
        GuardianshipScope.FULL,
        mother,
    )
    assert children_of(mother).get().relation == Relation.MOTHER


@pytest.mark.parametrize("write", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_may_be_written_as_people_write(mother, father, child, write):
    new = services.invite_guardian(invited_by=mother, child=child)
    services.accept_invitation(secret=write(new.code), user=father)
    assert guardians_of(child).count() == 2


def test_the_database_holds_digests_only(mother, child):
    new = services.invite_teen(invited_by=mother, child=child)
    row = Invitation.objects.values().get()
    assert not any(secret in str(row) for secret in (new.token, new.code, new.code.replace("-", "")))


def test_a_teen_gets_the_profile_as_their_own(mother, child, teen):
    new = services.invite_teen(invited_by=mother, child=child)
    services.accept_invitation(secret=new.code, user=teen)
    assert young_profile_of(teen) == child
    assert list(children_of(mother)) == [child]


def test_an_ordinary_account_becomes_a_teens(mother, child):
    teen = make_user()
    services.accept_invitation(secret=services.invite_teen(invited_by=mother, child=child).token, user=teen)
    teen.refresh_from_db()
    assert teen.role == Role.TEEN


def test_a_teen_with_a_profile_keeps_it_and_the_parent_joins(mother, child, teen):
    """B3.5: nothing is merged or overwritten; the parent's profile stays beside the teen's own."""
    own = Child.objects.create(nickname="阿禾", born_on=years_ago(15), account=teen)
    new = services.invite_teen(invited_by=mother, child=child)
    acceptance = services.accept_invitation(secret=new.token, user=teen)
    assert acceptance.kept_apart and acceptance.child == own
    child.refresh_from_db()
    own.refresh_from_db()
    assert child.account is None and (child.nickname, own.nickname) == ("小禾", "阿禾")
    assert young_profile_of(teen) == own and set(children_of(mother)) == {child, own}
    assert guardians_of(own).get().evidence == Evidence.CONFIRMED_BY_TEEN


def test_a_teen_asks_a_parent(father, teen):
    own = Child.objects.create(nickname="阿禾", born_on=years_ago(15), account=teen)
    new = services.ask_guardian(child=own, asked_by=teen)
    services.accept_invitation(secret=new.token, user=father, relation=Relation.FATHER)
    joined = guardians_of(own).get()
    assert (joined.guardian, joined.evidence, joined.invited_by) == (father, Evidence.CONFIRMED_BY_TEEN, teen)


def test_a_child_without_an_account_asks_too(father):
    waiting = Child.objects.create(nickname="阿禾", born_on=years_ago(10))
    new = services.ask_guardian(child=waiting, asked_by=None)
    services.accept_invitation(secret=new.code, user=father)
    assert list(children_of(father)) == [waiting]


def test_only_the_own_account_asks(teen, child):
    with pytest.raises(errors.NotYourChild):
        services.ask_guardian(child=child, asked_by=teen)


def test_somebody_who_only_books(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child, scope=GuardianshipScope.BOOKING)
    services.accept_invitation(secret=new.token, user=father)
    assert children_of(father).get().scope == GuardianshipScope.BOOKING
    for invite in (services.invite_guardian, services.invite_teen):
        with pytest.raises(errors.NotYourChild):
            invite(invited_by=father, child=child)


def test_both_sides_are_told_and_the_words_say_nothing(mother, father, child, teen):
    child.account = teen
    child.save()
    new = services.invite_guardian(invited_by=mother, child=child)
    services.accept_invitation(secret=new.token, user=father)
    told = Message.objects.filter(key__startswith="family:joined")
    assert {message.recipient for message in told} == {mother, father, teen}
    assert not any(name in message.body for message in told for name in ("小禾", "林", "陈", "监护"))


def test_a_new_invitation_replaces_the_open_one(mother, father, child):
    first = services.invite_guardian(invited_by=mother, child=child)
    second = services.invite_guardian(invited_by=mother, child=child)
    assert open_invitations(child).get() == second.invitation
    with pytest.raises(errors.InvitationRevoked):
        services.accept_invitation(secret=first.token, user=father)


# --- named refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "wrong", "AAAA-BBBB", "x" * 400, "'; --"])
def test_an_unknown_secret(father, secret):
    with pytest.raises(errors.NoSuchInvitation):
        services.accept_invitation(secret=secret, user=father)


def test_expired_after_seven_days(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    end = new.invitation.expires_at
    assert end - new.invitation.created_at == GOOD_FOR == timedelta(days=7)
    with pytest.raises(errors.InvitationExpired):
        services.accept_invitation(secret=new.token, user=father, now=end)
    services.accept_invitation(secret=new.token, user=father, now=end - timedelta(seconds=1))


def test_used(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    services.accept_invitation(secret=new.token, user=father)
    for secret in (new.token, new.code):
        with pytest.raises(errors.InvitationUsed):
            services.accept_invitation(secret=secret, user=make_user())


def test_revoked(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    services.revoke_invitation(user=mother, public_id=new.invitation.public_id)
    services.revoke_invitation(user=mother, public_id=new.invitation.public_id)
    with pytest.raises(errors.InvitationRevoked):
        services.accept_invitation(secret=new.token, user=father)


def test_a_stranger_revokes_nothing(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.NoSuchInvitation):
        services.revoke_invitation(user=father, public_id=new.invitation.public_id)


def test_ones_own(mother, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.OwnInvitation):
        services.accept_invitation(secret=new.token, user=mother)


def test_the_child_itself_is_no_guardian(mother, child, teen):
    child.account = teen
    child.save()
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.OwnInvitation):
        services.accept_invitation(secret=new.token, user=teen)


def test_already_a_guardian(mother, father, child):
    Guardianship.objects.create(guardian=father, child=child)
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.AlreadyGuardian):
        services.accept_invitation(secret=new.token, user=father)


def test_too_many_guardians(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    for _ in range(3):
        Guardianship.objects.create(guardian=make_user(), child=child)
    with pytest.raises(errors.TooManyGuardians):
        services.accept_invitation(secret=new.token, user=father)
    with pytest.raises(errors.TooManyGuardians):
        services.invite_guardian(invited_by=mother, child=child)


def test_too_many_children(mother, father, child):
    for _ in range(10):
        make_child(father)
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.TooManyChildren):
        services.accept_invitation(secret=new.token, user=father)


def test_below_eight_there_is_no_account(mother):
    small = make_child(mother, born_on=years_ago(7))
    with pytest.raises(errors.TooYoungForAccount):
        services.invite_teen(invited_by=mother, child=small)


def test_a_minor_is_nobodys_guardian(mother, child, teen):
    Child.objects.create(nickname="阿禾", born_on=years_ago(15), account=teen)
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.OnlyGrownUpsCare):
        services.accept_invitation(secret=new.token, user=teen)


def test_a_teens_account_without_a_profile_is_no_guardian_either(mother, child, teen):
    new = services.invite_guardian(invited_by=mother, child=child)
    with pytest.raises(errors.OnlyGrownUpsCare):
        services.accept_invitation(secret=new.token, user=teen)


def test_at_eighteen_nobody_joins_any_more(mother, father, child, teen):
    child.account = teen
    child.save()
    new = services.ask_guardian(child=child, asked_by=teen)
    Child.objects.filter(pk=child.pk).update(born_on=years_ago(18))
    with pytest.raises(errors.GrownUpAlready):
        services.accept_invitation(secret=new.token, user=father)


def test_a_profile_belongs_to_one_account(mother, child, teen):
    new = services.invite_teen(invited_by=mother, child=child)
    child.account = make_user(role=Role.TEEN)
    child.save()
    with pytest.raises(errors.ProfileHasAccount):
        services.accept_invitation(secret=new.token, user=teen)
    with pytest.raises(errors.ProfileHasAccount):
        services.invite_teen(invited_by=mother, child=child)


def test_a_parents_account_is_no_teens(mother, father, child):
    make_child(father)
    new = services.invite_teen(invited_by=mother, child=child)
    with pytest.raises(errors.AccountOfAGuardian):
        services.accept_invitation(secret=new.token, user=father)


def test_the_word_of_who_left_counts_no_more(mother, father, child):
    new = services.invite_guardian(invited_by=mother, child=child)
    Guardianship.objects.create(guardian=make_user(), child=child)
    services.end_guardianship(user=mother, public_id=guardians_of(child).get(guardian=mother).public_id)
    with pytest.raises(errors.InvitationRevoked):
        services.accept_invitation(secret=new.token, user=father)
    assert set(Invitation.objects.values_list("kind", flat=True)) == {InvitationKind.GUARDIAN}


def test_a_stranger_invites_nobody(father, child):
    for invite in (services.invite_guardian, services.invite_teen):
        with pytest.raises(errors.NotYourChild):
            invite(invited_by=father, child=child)
