"""What settlement holds about people: which account somebody named for a partner. The rest is about organisations."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import PayoutAccount


def _accounts(subject: Subject) -> "QuerySet[PayoutAccount]":
    if subject.user is None:
        return PayoutAccount.objects.none()
    return PayoutAccount.objects.filter(asked_by=subject.user)


def _row(account: PayoutAccount) -> dict[str, Any]:
    return {
        "at": account.asked_at,
        "channel": account.get_channel_display(),
        "holder": account.holder,
        "number": account.number,
        "bank": account.bank,
        "effective_at": account.effective_at,
        "stopped_at": account.stopped_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    names = {
        "at": _("提交时间"),
        "channel": _("方式"),
        "holder": _("户名"),
        "number": _("账号"),
        "bank": _("开户行"),
        "effective_at": _("生效时间"),
    }
    rows = [_row(each) for each in _accounts(subject).order_by("asked_at", "pk")]
    return [Section("payout_accounts", _("你替机构填写的收款账户"), names, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    title = _("你替机构填写的收款账户")
    return [stays(_accounts(subject), record_class="payout_accounts", dated="asked_at", title=title)]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for settlement."""
    register(
        SubjectData(
            key="settlement",
            title=_("机构结算"),
            covers=frozenset(
                f"settlement.{name}"
                for name in (
                    "FeeVersion",
                    "FeeLine",
                    "Payee",
                    "Earning",
                    "EarningLine",
                    "ClawBack",
                    "ClawBackLine",
                    "Statement",
                    "PayoutAccount",
                    "Payout",
                )
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
