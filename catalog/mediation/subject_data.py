"""What is held about people who were in a dispute."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.money import yuan_from_fen

from .enums import OPEN_CASE_STATES, RulingState, Side
from .models import Case, Evidence, Ruling


def _cases(subject: Subject) -> "QuerySet[Case]":
    if subject.user is None:
        return Case.objects.none()
    mine = Q(opened_by=subject.user) | Q(line__order__user=subject.user)
    return Case.objects.filter(mine).order_by("opened_at", "pk")


def _statements(subject: Subject) -> "QuerySet[Evidence]":
    """What was said in the person's own disputes, and what they said in others'."""
    if subject.user is None:
        return Evidence.objects.none()
    cases = Q(case__in=_cases(subject).values("pk"))
    return Evidence.objects.filter(cases | Q(given_by=subject.user)).order_by("given_at", "pk")


def _rulings(subject: Subject) -> "QuerySet[Ruling]":
    if subject.user is None:
        return Ruling.objects.none()
    mine = Q(case__in=_cases(subject).values("pk")) | Q(made_by=subject.user) | Q(confirmed_by=subject.user)
    return Ruling.objects.filter(mine).order_by("made_at", "pk")


def _case_row(case: Case) -> dict[str, Any]:
    return {
        "order": case.line.order.number,
        "topic": case.get_topic_display(),
        "status": case.get_state_display(),
        "opened_at": case.opened_at,
        "words": case.words,
        "appeal": case.appeal_words,
    }


def _statement_row(given: Evidence) -> dict[str, Any]:
    return {"order": given.case.line.order.number, "side": given.get_given_as_display(), "at": given.given_at,
            "words": given.words}  # fmt: skip


def _ruling_row(ruling: Ruling) -> dict[str, Any]:
    return {
        "order": ruling.case.line.order.number,
        "level": ruling.get_level_display(),
        "cause": ruling.get_cause_display(),
        "side": ruling.get_responsible_display(),
        "sum": yuan_from_fen(ruling.refund_fen),
        "at": ruling.made_at,
        "reasons": ruling.reasons,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    cases = list(_cases(subject).select_related("line__order", "opened_by"))
    family = _statements(subject).filter(Q(case__in=_cases(subject).values("pk")) | ~Q(given_as=Side.FAMILY))
    said = list(family.select_related("case__line__order", "case__opened_by"))
    own = _rulings(subject).filter(case__in=_cases(subject).values("pk"), state=RulingState.IN_FORCE)
    rulings = list(own.select_related("case__line__order", "case__opened_by"))
    prefetch_keys([*cases, *said, *rulings])
    number, when = _("订单"), _("时间")
    return [
        Section(
            "mediation_cases",
            _("订单争议"),
            {"order": number, "topic": _("哪方面"), "status": _("状态"), "opened_at": when, "words": _("发生了什么"),
             "appeal": _("为什么不同意")},
            [_case_row(case) for case in cases],
        ),
        Section(
            "mediation_statements",
            _("争议中的说明"),
            {"order": number, "side": _("谁说的"), "at": when, "words": _("说明")},
            [_statement_row(each) for each in said],
        ),
        Section(
            "mediation_rulings",
            _("争议的决定"),
            {"order": number, "level": _("谁决定"), "cause": _("原因"), "side": _("责任方"), "sum": _("金额（元）"),
             "at": when, "reasons": _("理由")},
            [_ruling_row(each) for each in rulings],
        ),
    ]  # fmt: skip


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    title = _("订单争议的时间、金额和结果")
    return [stays(_cases(subject), record_class="orders", dated="opened_at", title=title)]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    going = _cases(subject).filter(state__in=OPEN_CASE_STATES).select_related("line__order")
    return [
        Obstacle(
            _("订单 %(number)s 有一项争议还没有结束。先等它结束或撤回，再删除资料。")
            % {"number": case.line.order.number},
            reverse("mediation:detail", args=[case.public_id]),
            _("查看争议"),
        )
        for case in going
    ]


def register_subject_data() -> None:
    """Answer for disputes."""
    register(
        SubjectData(
            key="mediation",
            title=_("订单争议"),
            covers=frozenset({"mediation.Case", "mediation.Evidence", "mediation.Ruling"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            obstacles=_obstacles,
        )
    )
