"""How a young person comes to an account: alone from 14 on; below, a guardian consents first."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_for
from marketplace.accounts.services import accept_agreements

from ..age_rules import AccountRule, rules_on
from ..ages import suggested_school_year
from ..errors import AlreadyGrownUp, BornInTheFuture, LoginNameTaken, NeedsGuardian, NotAskable
from ..models import Child
from ..selectors import unanswered_asks
from .accepting import accept_invitation
from .invitations import NewInvitation, ask_guardian


def sign_up_teen(*, nickname: str, born_on: date, login_name: str, password: str) -> Child:
    """Make the account and the profile of somebody of 14 to 17, the texts accepted; return the profile.

    `login_name` as accounts.login_names keeps it. Raises BornInTheFuture, AlreadyGrownUp (18 and older sign up as
    everybody does), NeedsGuardian (below 14; PIPL, art. 31), LoginNameTaken.
    """
    today = timezone.localdate()
    if born_on > today:
        raise BornInTheFuture
    rules = rules_on(born_on, today)
    if rules.is_adult:
        raise AlreadyGrownUp
    if not rules.decides_alone:
        raise NeedsGuardian
    with transaction.atomic():
        user = _account(nickname, login_name, password)
        return Child.objects.create(
            nickname=nickname, born_on=born_on, school_year=suggested_school_year(born_on, today), account=user
        )


def sign_up_invited(*, secret: str, nickname: str, login_name: str, password: str) -> Child:
    """Make the account of somebody a guardian invited by token or code, and hand them the profile; return it.

    That guardian's invitation is the consent a child under 14 needs. Raises LoginNameTaken and all that
    accept_invitation raises; then there is no account either.
    """
    with transaction.atomic():
        user = _account(nickname, login_name, password)
        return accept_invitation(secret=secret, user=user).child


def ask_before_account(*, nickname: str, born_on: date, now: datetime | None = None) -> NewInvitation:
    """Keep what a child of 8 to 13 needs to ask a parent, nickname and birth date, until somebody answers.

    No password and no login name are asked before a guardian consents. Raises BornInTheFuture, NotAskable (below 8,
    where a parent does everything, and from 14 on, where one decides alone).
    """
    today = timezone.localdate(now)
    if born_on > today:
        raise BornInTheFuture
    if rules_on(born_on, today).account != AccountRule.GUARDIAN_CONSENT:
        raise NotAskable
    with transaction.atomic():
        child = Child.objects.create(nickname=nickname, born_on=born_on)
        return ask_guardian(child=child, asked_by=None, now=now)


def forget_unanswered_asks(*, now: datetime | None = None) -> int:
    """Delete what children wrote who asked a parent and got no answer in time; return how many."""
    with transaction.atomic():
        _, by_model = unanswered_asks(now=now).delete()
    return by_model.get(Child._meta.label, 0)


def _account(nickname: str, login_name: str, password: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(role=Role.TEEN, nickname=nickname, login_name=login_name, password=password)
    except IntegrityError:
        raise LoginNameTaken from None
    accept_agreements(user=user, agreements=agreements_for(Role.TEEN))
    return user
