"""What is held about people who sent something back."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays, stripped
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.money import yuan_from_fen

from .enums import OPEN_RETURN_STATES
from .models import ReturnRequest


def _returns(subject: Subject) -> "QuerySet[ReturnRequest]":
    if subject.user is None:
        return ReturnRequest.objects.none()
    return ReturnRequest.objects.filter(asked_by=subject.user).order_by("asked_at", "pk")


def _row(request: ReturnRequest) -> dict[str, Any]:
    return {
        "order": request.line.order.number,
        "quantity": request.quantity,
        "status": request.get_state_display(),
        "asked_at": request.asked_at,
        "reason": request.reason,
        "refusal": request.refusal,
        "carrier": request.carrier,
        "tracking_number": request.tracking_number,
        "sum": yuan_from_fen(request.refund_fen),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "order": _("订单"),
        "quantity": _("数量"),
        "status": _("状态"),
        "asked_at": _("申请时间"),
        "reason": _("原因"),
        "sum": _("金额（元）"),
    }
    found = list(_returns(subject).select_related("line__order", "asked_by"))
    prefetch_keys(found)
    return [Section("returns", _("退货"), columns, [_row(request) for request in found])]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    worded = _returns(subject).exclude(carrier="", tracking_number="")
    title = _("退货的时间、数量和金额（没有运单号）")
    return [
        stripped(_("退货的运单号"), worded, carrier="", tracking_number=""),
        stays(_returns(subject), record_class="orders", dated="asked_at", title=title),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    going = _returns(subject).filter(state__in=OPEN_RETURN_STATES).select_related("line__order")
    return [
        Obstacle(
            _("订单 %(number)s 有一次退货还没有完成。先完成或撤回，再删除资料。") % {"number": each.line.order.number},
            reverse("returns:detail", args=[each.public_id]),
            _("查看退货"),
        )
        for each in going
    ]


def register_subject_data() -> None:
    """Answer for returns."""
    register(
        SubjectData(
            key="returns",
            title=_("退货"),
            covers=frozenset({"returns.ReturnRequest"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            obstacles=_obstacles,
        )
    )
