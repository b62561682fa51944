"""A small thank-you for honest words or for passing a link on.

Nothing here takes, reads or could reach what somebody said: not a rating, not a text, not a mood. Who was disappointed
gets the same as who was delighted (advertising and unfair-competition rules on bought praise).
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.families.rules import may_care_for_others
from marketplace.notifications.services import notify

from .. import locks
from ..enums import RewardKind
from ..errors import AlreadyRewarded, EnoughRewards, NotForMinors, NotYourSession
from ..models import Arrival, Reward
from ..rules import REWARD_FEN, REWARD_VALID, REWARDS_A_YEAR, Terms
from .making import make_voucher

#: No letters that are taken for digits.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def reward_feedback(*, person: User, booking: Booking, now: datetime | None = None) -> Reward:
    """Thank somebody for having given feedback on a session: once for each, whatever was said.

    Joins the caller's transaction, if there is one.

    Raises: NotForMinors, NotYourSession, AlreadyRewarded, EnoughRewards.
    """
    if booking.booked_by_id != person.pk or booking.status != BookingStatus.FULFILLED:
        raise NotYourSession
    _refuse_minors(person)
    locks.lock_person(person.pk)
    if Reward.objects.filter(person=person, booking=booking).exists():
        raise AlreadyRewarded
    return _give(person, RewardKind.FEEDBACK, now or timezone.now(), booking=booking)


@transaction.atomic
def reward_sharing(*, arrival: Arrival, now: datetime | None = None) -> list[Reward]:
    """Thank both sides of a link that brought somebody: each once, up to the year's limit. Nobody learns who it was."""
    now = now or timezone.now()
    given = []
    for person, kind in ((arrival.newcomer, RewardKind.WELCOME), (arrival.link.owner, RewardKind.SHARING)):
        locks.lock_person(person.pk)
        if not Reward.objects.filter(arrival=arrival, kind=kind).exists():
            try:
                given.append(_give(person, kind, now, arrival=arrival))
            except EnoughRewards:
                continue
    return given


@transaction.atomic
def compensate_cancelled(*, person: User, booking: Booking, now: datetime | None = None) -> Reward | None:
    """Say sorry for a session that its provider cancelled too late to plan anew: once for each, to whoever had booked it.

    Joins the caller's transaction. None where it was done before. A minor gets it too: it is no advertising, it is due.
    """
    locks.lock_person(person.pk)
    if Reward.objects.filter(person=person, booking=booking).exists():
        return None
    return _give(person, RewardKind.SORRY, now or timezone.now(), booking=booking)


def _refuse_minors(person: User) -> None:
    if not may_care_for_others(person):
        raise NotForMinors


def _give(
    person: User, kind: RewardKind, now: datetime, *, booking: Booking | None = None, arrival: Arrival | None = None
) -> Reward:
    a_year = Reward.objects.filter(person=person, kind=kind, given_at__gt=now - timedelta(days=365))
    if kind in REWARDS_A_YEAR and a_year.count() >= REWARDS_A_YEAR[kind]:
        raise EnoughRewards
    voucher = make_voucher(
        code=f"XQ{''.join(secrets.choice(_LETTERS) for _each in range(8))}",
        name="心桥的歉意" if kind == RewardKind.SORRY else "心桥的感谢",
        terms=Terms(amount_fen=REWARD_FEN[kind], total_limit=1),
        starts_at=now,
        ends_at=now + REWARD_VALID,
    )
    reward = Reward.objects.create(
        person=person, kind=kind, voucher=voucher, booking=booking, arrival=arrival, given_at=now
    )
    notify(
        key=f"reward:{reward.pk}",
        recipient=person,
        subject=_("送你一张优惠券"),
        body=(
            _("很抱歉，你的预约临时被取消了。有一张优惠券放进了你的心桥，半年内可以用。")
            if kind == RewardKind.SORRY
            else _("谢谢你。有一张优惠券放进了你的心桥，半年内可以用。")
        ),
        url=reverse("vouchers:mine"),
    )
    return reward
