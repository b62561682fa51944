"""Reads of vouchers: what a code takes off, and whether this person may still use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from oscar.apps.voucher.models import Voucher, VoucherApplication

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.core.money import fen_from_yuan

from .errors import (
    BelowMinimum,
    VoucherEnded,
    VoucherNotYet,
    VoucherUnknown,
    VoucherUsedByYou,
    VoucherUsedUp,
)
from .models import Reward, ShareLink
from .rules import Terms, distributed


@dataclass(frozen=True)
class Quote:
    """What a voucher takes off each line now; nothing, and why, where it does not apply."""

    voucher: Any
    reductions: Sequence[int]
    refusal: Refusal | None = None

    @property
    def discount_fen(self) -> int:
        return sum(self.reductions)


def voucher_with_code(code: str) -> Any:
    """Return the voucher of a code as people type it. Raises VoucherUnknown."""
    written = "".join(code.split()).upper()
    found = _vouchers().filter(code=written).first() if written else None
    if found is None:
        raise VoucherUnknown
    return found


def voucher_in(basket: Any) -> Any:
    """Return the one voucher that lies in a basket, or None."""
    return _vouchers().filter(basket=basket).order_by("-pk").first() if basket else None


def _vouchers() -> "QuerySet[Any]":
    found = Voucher.objects.select_related("reward")
    return found.prefetch_related("offers__benefit", "offers__condition")


def terms_of(voucher: Any) -> Terms:
    """Read a voucher's terms from Oscar's offer; `max_discount` is the most of one use."""
    offer = voucher.offers.all()[0]
    benefit, value = offer.benefit, offer.benefit.value
    is_share = benefit.type == benefit.PERCENTAGE
    condition = offer.condition
    return Terms(
        percent=int(value) if is_share else None,
        amount_fen=None if is_share else fen_from_yuan(value),
        minimum_fen=fen_from_yuan(condition.value) if condition.type == condition.VALUE else 0,
        most_fen=fen_from_yuan(offer.max_discount) if offer.max_discount is not None else None,
        total_limit=1 if voucher.usage == voucher.SINGLE_USE else offer.max_global_applications,
        person_limit=1 if voucher.usage == voucher.ONCE_PER_CUSTOMER else offer.max_user_applications,
    )


def refuse_unusable(voucher: Any, *, user: User, now: datetime) -> None:
    """Refuse a voucher this person cannot use now.

    Raises: VoucherUnknown (another person's), VoucherNotYet, VoucherEnded, VoucherUsedUp, VoucherUsedByYou.
    """
    reward = getattr(voucher, "reward", None)
    if reward is not None and reward.person_id != user.pk:
        raise VoucherUnknown
    if now < voucher.start_datetime:
        raise VoucherNotYet
    if now > voucher.end_datetime:
        raise VoucherEnded
    refuse_spent(voucher, user_id=user.pk)


def refuse_spent(voucher: Any, *, user_id: int) -> None:
    """Refuse a voucher whose uses are taken. Raises VoucherUsedUp, VoucherUsedByYou."""
    terms = terms_of(voucher)
    uses = VoucherApplication.objects.filter(voucher=voucher)
    if terms.person_limit is not None and uses.filter(user=user_id).count() >= terms.person_limit:
        raise VoucherUsedByYou
    if terms.total_limit is not None and uses.count() >= terms.total_limit:
        raise VoucherUsedUp


def quote(voucher: Any, *, user: User, prices: Sequence[int], now: datetime) -> Quote:
    """Return what a voucher takes off these lines for this person; the parts sum to the discount exactly."""
    nothing = [0] * len(prices)
    try:
        refuse_unusable(voucher, user=user, now=now)
    except Refusal as refusal:
        return Quote(voucher, nothing, refusal)
    terms, total = terms_of(voucher), sum(prices)
    if total < terms.minimum_fen:
        return Quote(voucher, nothing, BelowMinimum())
    return Quote(voucher, distributed(terms.discount_fen(total), prices))


def campaign_vouchers() -> "QuerySet[Any]":
    """Return the vouchers our staff made, newest first, with `use_count`; people's rewards are left out."""
    found = Voucher.objects.filter(reward=None).order_by("-date_created", "-pk")
    return found.prefetch_related("offers__benefit", "offers__condition").annotate(
        use_count=Count("applications", distinct=True)
    )


def rewards_of(user: User) -> QuerySet[Reward]:
    """Return a person's rewards, newest first, with `use_count`."""
    return (
        Reward.objects.filter(person=user)
        .select_related("voucher")
        .annotate(use_count=Count("voucher__applications"))
        .order_by("-given_at", "-pk")
    )


def link_with_code(code: str) -> ShareLink | None:
    """Return whose link this is, if anybody's who is still here."""
    return ShareLink.objects.filter(code=code, owner__is_active=True).select_related("owner").first()
