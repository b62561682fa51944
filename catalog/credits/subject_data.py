"""What is held about people who paid for sessions ahead."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays, stripped
from marketplace.core.money import yuan_from_fen

from .models import CreditGrant


def _grants(subject: Subject) -> "QuerySet[CreditGrant]":
    if subject.user is None:
        return CreditGrant.objects.none()
    return CreditGrant.objects.filter(owner=subject.user).order_by("created_at", "pk")


def _row(grant: CreditGrant) -> dict[str, Any]:
    return {
        "source": grant.get_source_kind_display(),
        "title": grant.product.title if grant.product else "",
        "total": grant.total,
        "used": grant.used,
        "returned": grant.returned,
        "value": yuan_from_fen(grant.value_fen),
        "created_at": grant.created_at,
        "expires_at": grant.expires_at,
        "uses": [
            {"booking": use.booking.public_id, "used_at": use.used_at, "given_back_at": use.given_back_at}
            for use in grant.uses.all()
        ],
        "refunds": [
            {"sessions": each.units, "sum": yuan_from_fen(each.amount_fen), "asked_at": each.asked_at}
            for each in grant.refunds.all()
        ],
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "source": _("来源"),
        "title": _("名称"),
        "total": _("总次数"),
        "used": _("用了"),
        "returned": _("退了"),
        "expires_at": _("到期"),
    }
    found = _grants(subject).select_related("product").prefetch_related("uses__booking", "refunds")
    return [Section("credits", _("次卡"), columns, [_row(grant) for grant in found])]


def _removals(subject: Subject) -> list[Removal]:
    removals = []
    if subject.child:
        for_child = CreditGrant.objects.filter(child=subject.child)
        removals.append(stripped(_("次卡里的“为谁”"), for_child, child=None))
    if subject.user:
        title = _("次卡的次数、时间和金额")
        removals.append(stays(_grants(subject), record_class="orders", dated="created_at", title=title))
    return removals


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for sessions paid for ahead."""
    register(
        SubjectData(
            key="credits",
            title=_("次卡"),
            covers=frozenset({"credits.CreditGrant", "credits.CreditUse", "credits.CreditRefund"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
