"""What the open interface holds about people: who made which key and which address."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .models import ApiKey, WebhookEndpoint


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    keys = ApiKey.objects.filter(made_by=subject.user).select_related("partner").order_by("pk")
    addresses = WebhookEndpoint.objects.filter(made_by=subject.user).select_related("partner").order_by("pk")
    rows: list[dict[str, Any]] = [
        {"organisation": each.partner.name, "what": each.label, "made_at": each.made_at, "ended_at": each.revoked_at}
        for each in keys
    ]
    rows += [
        {"organisation": each.partner.name, "what": each.address, "made_at": each.made_at, "ended_at": each.ended_at}
        for each in addresses
    ]
    columns = {"organisation": _("机构"), "what": _("密钥或地址"), "made_at": _("做于"), "ended_at": _("停用于")}
    return [Section("interfaces", _("我做的接口密钥和通知地址"), columns, rows)] if rows else []


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [
        goes(_("我做的接口密钥"), ApiKey.objects.filter(made_by=subject.user)),
        goes(_("我添加的通知地址"), WebhookEndpoint.objects.filter(made_by=subject.user)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for keys and addresses."""
    register(
        SubjectData(
            key="interfaces",
            title=_("开放接口"),
            covers=frozenset(
                {
                    "partner_api.ApiKey",
                    "partner_api.IdempotentCall",
                    "partner_api.WebhookEndpoint",
                    "partner_api.WebhookDelivery",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
