"""What fapiao hold about people: whom they name and where they went. The law keeps number and amount alone."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays
from marketplace.core.money import yuan_from_fen

from .enums import FapiaoState
from .models import FapiaoRequest


def _mine(subject: Subject) -> "QuerySet[FapiaoRequest]":
    if subject.user is None:
        return FapiaoRequest.objects.none()
    return FapiaoRequest.objects.filter(asked_by=subject.user)


def _row(fapiao: FapiaoRequest) -> dict[str, Any]:
    return {
        "at": fapiao.requested_at,
        "amount": yuan_from_fen(fapiao.amount_fen),
        "buyer_name": fapiao.buyer_name,
        "tax_number": fapiao.tax_number,
        "email": fapiao.email,
        "number": fapiao.number,
        "red_number": fapiao.red_number,
        "state": fapiao.get_state_display(),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    names = {
        "at": _("申请时间"),
        "amount": _("金额（元）"),
        "buyer_name": _("发票抬头"),
        "tax_number": _("税号"),
        "email": _("邮箱"),
        "number": _("发票号码"),
        "state": _("状态"),
    }
    rows = _mine(subject).order_by("requested_at", "pk")
    return [Section("fapiao", _("发票"), names, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    """The names stay nowhere: they are sealed with the person's key, which is destroyed."""
    never_issued = _mine(subject).filter(number="", replaces__isnull=True)
    kept = _mine(subject).exclude(pk__in=never_issued.values("pk"))
    return [
        goes(_("没有开出的发票申请"), never_issued),
        stays(
            kept, record_class="fapiao", dated="requested_at", title=_("发票的号码、金额和时间（没有抬头、税号和邮箱）")
        ),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    # What still waited for a number has nobody to name any more.
    rest = _mine(subject).filter(state=FapiaoState.REQUESTED, replaces__isnull=False)
    rest.update(state=FapiaoState.WITHDRAWN, ended_at=timezone.now())
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for fapiao."""
    register(
        SubjectData(
            key="fapiao",
            title=_("发票"),
            covers=frozenset({"fapiao.FapiaoRequest"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
