"""What plans hold about people: what runs until when, what was announced, who may debit. The law keeps what was paid."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays
from marketplace.core.money import yuan_from_fen

from .enums import OPEN_STATES
from .models import Agreement, BillingCycle, RenewalNotice, Subscription, TrialUse


def _plans(subject: Subject) -> "QuerySet[Subscription]":
    if subject.user is None:
        return Subscription.objects.none()
    return Subscription.objects.filter(user=subject.user).select_related("plan").order_by("created_at", "pk")


def _plan_row(subscription: Subscription) -> dict[str, Any]:
    return {
        "at": subscription.created_at,
        "plan": subscription.plan.display_name,
        "amount": yuan_from_fen(subscription.amount_fen),
        "state": subscription.get_state_display(),
        "until": subscription.period_ends_at,
        "renews": subscription.renews,
        "ended_at": subscription.ended_at,
    }


def _period_row(cycle: BillingCycle) -> dict[str, Any]:
    return {
        "from": cycle.period_starts_at,
        "to": cycle.period_ends_at,
        "amount": yuan_from_fen(cycle.amount_fen),
        "state": cycle.get_state_display(),
        "notices": [
            {"sent_at": each.sent_at, "channel": each.get_channel_display(), "text": each.text}
            for each in cycle.notices.all()
        ],
    }


def _agreement_row(agreement: Agreement) -> dict[str, Any]:
    return {
        "at": agreement.created_at,
        "gateway": agreement.gateway,
        "number": agreement.out_agreement_no,
        "state": agreement.get_state_display(),
        "ended_at": agreement.ended_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    plans = {
        "at": _("时间"),
        "plan": _("方案"),
        "amount": _("金额（元）"),
        "state": _("状态"),
        "until": _("到期"),
        "renews": _("自动续费"),
    }
    periods = {"from": _("开始"), "to": _("结束"), "amount": _("金额（元）"), "state": _("状态"), "notices": _("提醒")}
    agreements = {"at": _("时间"), "gateway": _("支付机构"), "number": _("协议号"), "state": _("状态")}
    cycles = BillingCycle.objects.filter(subscription__in=_plans(subject)).prefetch_related("notices")
    signed = Agreement.objects.filter(subscription__in=_plans(subject)).order_by("created_at", "pk")
    return [
        Section("plans", _("会员"), plans, [_plan_row(each) for each in _plans(subject)]),
        Section("plan_periods", _("会员周期和续费提醒"), periods, [_period_row(each) for each in cycles]),
        Section("plan_agreements", _("扣款授权"), agreements, [_agreement_row(each) for each in signed]),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    mine = {"subscription__user": subject.user}
    notices = RenewalNotice.objects.filter(cycle__subscription__user=subject.user)
    return [
        stays(_plans(subject), record_class="payments", dated="created_at", title=_("会员的起止时间和价格")),
        stays(BillingCycle.objects.filter(**mine), record_class="payments", dated="created_at", title=_("会员周期")),
        stays(Agreement.objects.filter(**mine), record_class="payments", dated="created_at", title=_("扣款授权的记录")),
        stays(notices, record_class="payments", dated="sent_at", title=_("续费提醒的证明")),
        stays(TrialUse.objects.filter(**mine), record_class="payments", dated="begun_at", title=_("试用过的记录")),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    """A plan in force ends first: nobody is to be debited for an account that is gone."""
    if not _plans(subject).filter(state__in=OPEN_STATES).exists():
        return []
    return [Obstacle(_("你的会员还没有结束。结束以后再删除资料。"), reverse("subscriptions:mine"), _("去看会员"))]


def register_subject_data() -> None:
    """Answer for plans."""
    register(
        SubjectData(
            key="plans",
            title=_("会员"),
            covers=frozenset(
                {
                    "subscriptions.Subscription",
                    "subscriptions.Agreement",
                    "subscriptions.BillingCycle",
                    "subscriptions.RenewalNotice",
                    "subscriptions.TrialUse",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            obstacles=_obstacles,
        )
    )
