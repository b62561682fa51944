from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanStatus(TextChoices):
    """FHIR CarePlan.status. A draft is its writer's alone."""

    DRAFT = "draft", _("草稿")
    ACTIVE = "active", _("进行中")
    COMPLETED = "completed", pgettext_lazy("支持计划", "已完成")
    REVOKED = "revoked", _("提前结束")


LIVE_PLAN_STATUSES = (PlanStatus.DRAFT, PlanStatus.ACTIVE)
ENDED_PLAN_STATUSES = (PlanStatus.COMPLETED, PlanStatus.REVOKED)
#: What a family can see at all.
SHOWN_PLAN_STATUSES = (PlanStatus.ACTIVE, *ENDED_PLAN_STATUSES)


class GoalStatus(TextChoices):
    """FHIR Goal.lifecycleStatus."""

    ACTIVE = "active", _("在努力")
    COMPLETED = "completed", _("做到了")
    CANCELLED = "cancelled", _("先放下")


class StepStatus(TextChoices):
    """FHIR CarePlan.activity.detail.status. `scheduled` is what a booking makes of a step, nobody chooses it."""

    NOT_STARTED = "not-started", _("还没开始")
    SCHEDULED = "scheduled", _("约好了")
    IN_PROGRESS = "in-progress", _("在做")
    COMPLETED = "completed", pgettext_lazy("支持计划", "做完了")
    CANCELLED = "cancelled", _("不做了")


OPEN_STEP_STATUSES = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
#: What a provider may say of a step.
CHOSEN_STEP_STATUSES = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS, StepStatus.COMPLETED, StepStatus.CANCELLED)


class Pathway(TextChoices):
    """Why a plan was made from a template (INT-07 to INT-09)."""

    NONE = "", _("自己写的计划")
    MIDDLE = "middle", _("一对一支持")


class PlanChange(TextChoices):
    """What somebody changed of a plan."""

    BEGUN = "begun", _("开始写")
    STARTED = "started", _("给家庭看")
    WORDS = "words", _("改了说明")
    GOAL = "goal", _("改了目标")
    STEP = "step", _("改了步骤")
    ORDER = "order", _("改了次序")
    PATHWAY = "pathway", _("开始一对一支持")
    ENDED = "ended", _("结束计划")


class Promise(TextChoices):
    """How it stands with a step that was to have a time by a day."""

    BOOKED = "booked", _("约好了")
    OFFERED = "offered", _("有时间可约，等家庭选")
    WAITING = "waiting", _("排在候补里")
    MISSING = "missing", _("没有空的时间，也没排进候补")
    UNMET = "unmet", _("过了日子还没有时间")
