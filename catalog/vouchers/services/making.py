"""Making vouchers: Oscar's rows, our terms."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.voucher.models import Voucher

from marketplace.core.money import yuan_from_fen

from ..errors import CodeTaken, TermsWrong
from ..rules import Terms

_EVERYTHING = "心桥：全部商品"


@transaction.atomic
def make_voucher(*, code: str, name: str, terms: Terms, starts_at: datetime, ends_at: datetime) -> Any:
    """Make a voucher with a code (letters and digits, in any case), borne by the platform.

    Raises: TermsWrong, CodeTaken.
    """
    written = "".join(code.split()).upper()
    if not written or not terms.is_sane or ends_at <= starts_at:
        raise TermsWrong
    try:
        with transaction.atomic():
            voucher = Voucher.objects.create(
                name=f"{name} · {written}"[:128],
                code=written,
                usage=Voucher.MULTI_USE,
                start_datetime=starts_at,
                end_datetime=ends_at,
            )
    except IntegrityError as error:
        raise CodeTaken from error
    voucher.offers.add(_offer(voucher, name, terms))
    return voucher


def _offer(voucher: Any, name: str, terms: Terms) -> Any:
    everything, _created = Range.objects.get_or_create(
        name=_EVERYTHING, defaults={"includes_all_products": True, "is_public": False}
    )
    value = terms.percent if terms.percent is not None else yuan_from_fen(terms.amount_fen or 0)
    return ConditionalOffer.objects.create(
        name=f"{name} · {voucher.code}"[:128],
        offer_type=ConditionalOffer.VOUCHER,
        benefit=Benefit.objects.create(
            range=everything,
            type=Benefit.PERCENTAGE if terms.percent is not None else Benefit.FIXED,
            value=value,
        ),
        condition=Condition.objects.create(
            range=everything,
            type=Condition.VALUE if terms.minimum_fen else Condition.COUNT,
            value=yuan_from_fen(terms.minimum_fen) if terms.minimum_fen else 1,
        ),
        max_global_applications=terms.total_limit,
        max_user_applications=terms.person_limit,
        max_discount=None if terms.most_fen is None else yuan_from_fen(terms.most_fen),
    )


@transaction.atomic(durable=True)
def stop_voucher(*, voucher_id: int, now: datetime | None = None) -> None:
    """End a voucher now; orders that used it keep their price. Repeats do nothing."""
    now = now or timezone.now()
    Voucher.objects.filter(pk=voucher_id, end_datetime__gt=now).update(end_datetime=now)
