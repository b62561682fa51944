"""A delivered thing earns its partner money; a refund takes back exactly the shares it concerns."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
from payments.owing import Owed
from payments.settlement import locks
from payments.settlement.enums import EarnedBy
from payments.settlement.errors import EarningDiffers
from payments.settlement.models import ClawBack, ClawBackLine, Earning, EarningLine, FeeVersion, Payee
from payments.settlement.rules import Shares, shares_of

ORDERS = Account(AccountKind.ORDERS)
DISCOUNTS = Account(AccountKind.DISCOUNTS)


@dataclass(frozen=True)
class Delivered:
    """A thing that was delivered: `paid_fen` of `funded_from` was paid for it, `borne_fen` is a discount of ours."""

    source: tuple[str, int]
    payee: UUID
    earned_by: EarnedBy
    paid_fen: int
    fulfilled_at: datetime
    available_at: datetime
    fee_version: FeeVersion | None = None
    borne_fen: int = 0
    funded_from: Account = ORDERS
    about: tuple[str, int] | None = None
    reference: str = ""

    @property
    def value_fen(self) -> int:
        """What the partner's share is taken of."""
        return self.paid_fen + self.borne_fen


@transaction.atomic
def earn(delivered: Delivered, *, kind: EntryKind = EntryKind.EARNING) -> Earning | None:
    """Book what a partner earned by one source, once; None when the thing is worth nothing. Joins the caller's transaction.

    What was not published is not taken: without a version of the rules everything is the partner's.

    Raises:
        EarningDiffers: the source earned another sum, or for another partner.
    """
    if delivered.value_fen == 0:
        return None
    if known := locks.locked_earning(delivered.source):
        if (known.payee, known.gross_fen) != (delivered.payee, delivered.value_fen):
            raise EarningDiffers(delivered.source)
        return known
    Payee.objects.get_or_create(payee=delivered.payee)
    shares = shares_of(delivered.value_fen, _rates(delivered.fee_version))
    earning = _written(delivered, shares)
    if earning is None:  # another worker was first: it wrote the same
        return locks.locked_earning(delivered.source)
    post(
        key=_key("earning", delivered.source),
        kind=kind,
        about=delivered.about,
        occurred_at=delivered.fulfilled_at,
        legs=[
            (delivered.funded_from, delivered.paid_fen),
            (DISCOUNTS, delivered.borne_fen),
            *_to_partner(delivered.payee, shares.net_fen, [(code, fen) for code, _bps, fen in shares.lines]),
        ],
    )
    return earning


@transaction.atomic
def claw_back(
    *, source: tuple[str, int], key: str, paid_left_fen: int, borne_left_fen: int = 0, now: datetime | None = None
) -> ClawBack | None:
    """Take back what is no longer earned, now that only `paid_left_fen` and `borne_left_fen` of the thing are left.

    The shares are taken anew of what is left, and the difference goes back: whatever the order and size of refunds, the
    sums are those of one refund of the whole. Nothing happens when nothing was earned, or less is left already. `key`
    names the act. Joins the caller's transaction, which has booked the refund itself.
    """
    earning = locks.locked_earning(source)
    if earning is None or ClawBack.objects.filter(key=key).exists():
        return None
    paid = earning.paid_fen - earning.paid_back_fen - paid_left_fen
    borne = earning.borne_fen - earning.borne_back_fen - borne_left_fen
    if paid < 0 or borne < 0 or paid + borne == 0:
        return None
    codes = _take_shares_back(earning, paid_left_fen + borne_left_fen)
    net = paid + borne - sum(codes.values())
    earning.paid_back_fen += paid
    earning.borne_back_fen += borne
    earning.commission_back_fen += sum(codes.values())
    earning.clawed_back_fen += net
    earning.save(update_fields=["paid_back_fen", "borne_back_fen", "commission_back_fen", "clawed_back_fen"])
    back = _noted(earning, key=key, paid=paid, borne=borne, net=net, codes=codes, now=now or timezone.now())
    _book_back(back, codes)
    return back


def owe(owed: Owed) -> None:
    """Owe a partner a sum no share is taken of, for rooms that do not know settlement. Joins the caller's transaction."""
    earn(
        Delivered(
            source=owed.source,
            payee=owed.payee,
            earned_by=EarnedBy.GRANT,
            paid_fen=owed.amount_fen,
            fulfilled_at=owed.available_at,
            available_at=owed.available_at,
            funded_from=owed.funded_from,
            reference=owed.reference,
        ),
        kind=EntryKind.GRANT,
    )


def bring_forward(*, source: tuple[str, int], available_at: datetime) -> None:
    """Set anew when an earning may be paid, while no statement holds it. Joins the caller's transaction."""
    kind, source_id = source
    Earning.objects.filter(source_kind=kind, source_id=source_id, statement=None).update(available_at=available_at)


def _rates(version: FeeVersion | None) -> list[tuple[str, int]]:
    return [(line.code, line.bps) for line in version.lines.all()] if version else []


def _key(what: str, source: tuple[str, int]) -> str:
    return f"{what}:{source[0]}:{source[1]}"


def _to_partner(payee: UUID, net_fen: int, codes: list[tuple[str, int]]) -> list[tuple[Account, int]]:
    """The legs of what goes to a partner and into our shares (given back: below zero)."""
    shares = [(Account(AccountKind.COMMISSION, code), -fen) for code, fen in codes]
    return [(Account(AccountKind.PARTNER, str(payee)), -net_fen), *shares]


def _written(delivered: Delivered, shares: Shares) -> Earning | None:
    earning, is_new = Earning.objects.get_or_create(
        source_kind=delivered.source[0],
        source_id=delivered.source[1],
        defaults={
            "payee": delivered.payee,
            "earned_by": delivered.earned_by,
            "reference": delivered.reference,
            "payable_kind": delivered.about[0] if delivered.about else "",
            "payable_id": delivered.about[1] if delivered.about else None,
            "fee_version": delivered.fee_version,
            "funded_from": delivered.funded_from.kind,
            "funded_owner": delivered.funded_from.owner,
            "paid_fen": delivered.paid_fen,
            "borne_fen": delivered.borne_fen,
            "commission_fen": shares.commission_fen,
            "net_fen": shares.net_fen,
            "fulfilled_at": delivered.fulfilled_at,
            "available_at": delivered.available_at,
        },
    )
    if not is_new:
        return None
    EarningLine.objects.bulk_create(
        EarningLine(earning=earning, code=code, bps=bps, fen=fen) for code, bps, fen in shares.lines
    )
    return earning


def _take_shares_back(earning: Earning, value_left_fen: int) -> dict[str, int]:
    """Lower each share to what it takes of the value that is left; return what went back of each."""
    codes = {}
    lines = list(earning.lines.all())
    left = shares_of(value_left_fen, [(line.code, line.bps) for line in lines])
    for line, (code, _bps, stays) in zip(lines, left.lines, strict=True):
        codes[code] = line.fen - line.back_fen - stays
        line.back_fen = line.fen - stays
    EarningLine.objects.bulk_update(lines, ["back_fen"])
    return codes


def _noted(
    earning: Earning, *, key: str, paid: int, borne: int, net: int, codes: dict[str, int], now: datetime
) -> ClawBack:
    back = ClawBack.objects.create(
        earning=earning,
        key=key,
        paid_fen=paid,
        borne_fen=borne,
        commission_fen=sum(codes.values()),
        net_fen=net,
        happened_at=now,
    )
    ClawBackLine.objects.bulk_create(
        ClawBackLine(claw_back=back, code=code, fen=fen) for code, fen in codes.items() if fen
    )
    return back


def _book_back(back: ClawBack, codes: dict[str, int]) -> None:
    earning = back.earning
    about = (earning.payable_kind, earning.payable_id) if earning.payable_id is not None else None
    post(
        key=f"claw_back:{back.key}",
        kind=EntryKind.CLAW_BACK,
        about=about,
        occurred_at=back.happened_at,
        legs=[
            (Account(AccountKind(earning.funded_from), earning.funded_owner), -back.paid_fen),
            (DISCOUNTS, -back.borne_fen),
            *_to_partner(earning.payee, -back.net_fen, [(code, -fen) for code, fen in codes.items()]),
        ],
    )
