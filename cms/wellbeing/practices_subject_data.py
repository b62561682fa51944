"""What practices, games and the coping plan hold about people: whoever wrote it, and nobody else."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys

from .models import CopingPlan, EarlierPlan, GameDay, PracticeRun


def _runs(subject: Subject) -> "QuerySet[PracticeRun]":
    return PracticeRun.objects.filter(owner=subject.user).select_related("owner")


def _plans(subject: Subject) -> "QuerySet[CopingPlan]":
    return CopingPlan.objects.filter(owner=subject.user).select_related("owner")


def _earlier(subject: Subject) -> "QuerySet[EarlierPlan]":
    return EarlierPlan.objects.filter(plan__owner=subject.user).select_related("plan__owner")


def _days(subject: Subject) -> "QuerySet[GameDay]":
    return GameDay.objects.filter(owner=subject.user)


def _run_row(run: PracticeRun) -> dict[str, Any]:
    return {
        "id": run.public_id,
        "practice": run.practice,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "felt": run.felt,
        "words": run.words,
    }


def _plan_row(plan: CopingPlan | EarlierPlan) -> dict[str, Any]:
    return {"revision": plan.revision, "saved_at": plan.saved_at, "sections": plan.sections}


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    runs, plans, earlier = list(_runs(subject)), list(_plans(subject)), list(_earlier(subject))
    prefetch_keys([*runs, *plans, *earlier])
    run_columns = {"practice": _("练习"), "ended_at": _("时间"), "felt": _("前后的感觉"), "words": _("写下的话")}
    plan_columns = {"saved_at": _("保存的时间"), "sections": _("内容")}
    days = [{"played_on": day.played_on, "seconds": day.seconds} for day in _days(subject)]
    return [
        Section("practice_runs", _("做过的练习"), run_columns, [_run_row(run) for run in runs]),
        Section("coping_plan", _("应对卡"), plan_columns, [*map(_plan_row, plans), *map(_plan_row, earlier)]),
        Section("game_days", _("小游戏的时间"), {"played_on": _("日期"), "seconds": _("秒数")}, days),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [
        goes(_("做过的练习"), _runs(subject)),
        goes(_("应对卡"), _plans(subject)),
        goes(_("小游戏的时间"), _days(subject)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_practices_subject_data() -> None:
    """Answer for practices, games and the plan."""
    register(
        SubjectData(
            key="practices",
            title=_("练习、小游戏和应对卡"),
            covers=frozenset(
                {"wellbeing.PracticeRun", "wellbeing.CopingPlan", "wellbeing.EarlierPlan", "wellbeing.GameDay"}
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
