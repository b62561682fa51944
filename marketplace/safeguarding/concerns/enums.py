from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What happens in the life of a concern."""

    OPENED = "opened", _("出现")
    GATHERED = "gathered", _("又写了一段")
    ACKNOWLEDGED = "acknowledged", _("有人接手")
    RELEASED = "released", _("放回队列")
    HANDED_OVER = "handed_over", _("交接给同事")
    ESCALATED = "escalated", _("升级提醒")
    CALLED = "called", _("打电话给同事")
    NOTE = "note", _("处置记录")
    STEP_DONE = "step_done", _("完成一步")
    STEP_UNDONE = "step_undone", _("撤销一步")
    UNSEALING = "unsealing", _("请求打开身份")
    FAMILY_TOLD = "family_told", _("联系家人或其他大人")
    URGENCY = "urgency", _("调整紧急程度")
    CLOSED = "closed", _("结束")
    REOPENED = "reopened", _("重新打开")


#: Events that a text somebody wrote stands behind.
TEXT_KINDS = (EventKind.OPENED, EventKind.GATHERED)


class Outcome(TextChoices):
    """What a concern turned out to be; what the gate's alarms are worth is counted from it."""

    DANGER = "danger", _("确有危险，已经有人接住")
    SUPPORT = "support", _("没有立刻的危险，需要支持")
    NO_DANGER = "no_danger", _("没有危险")
    UNREACHABLE = "unreachable", _("联系不上，已经转给能找到人的一方")
    DUPLICATE = "duplicate", _("同一件事已在别处处理")
    PRACTISED = "practised", _("演练完成")


#: Outcomes that say that the alarm was right.
RIGHT_ALARMS = (Outcome.DANGER, Outcome.SUPPORT, Outcome.UNREACHABLE)


class CallState(TextChoices):
    """How a call of the phone tree went."""

    WAITING = "waiting", _("等着打")
    CALLED = "called", _("正在打")
    NO_ANSWER = "no_answer", _("没有人接")
    REACHED = "reached", _("打通了")


class ClockState(TextChoices):
    """How the promise to look at a concern stands."""

    RUNNING = "running", _("等人接手")
    OWED = "owed", _("现在没有人值班，欠着")
    MISSED = "missed", _("过了 5 分钟")
    KEPT = "kept", _("按时接手")
    LATE = "late", _("接手晚了")


class Training(TextChoices):
    """What somebody learns before they look after others' safety, and again from time to time."""

    GATEKEEPER = "gatekeeper", _("看见和接住（给老师的课）")
    DESK = "desk", _("安全值守怎么做")
    MANDATORY_REPORT = "report", _("强制报告：报警和民政")
    CARE_OF_SELF = "self_care", _("值守的人怎么照顾自己")


class Sealed(TextChoices):
    """What two of our staff have to open together."""

    PERSON = "person", _("匿名写下这些话的人")
    REPORTER = "reporter", _("告诉我们的人")


class Told(TextChoices):
    """Whom the desk spoke to about somebody."""

    PERSON = "person", _("本人")
    GUARDIAN = "guardian", _("监护人")
    RELATIVE = "relative", _("另一位信得过的大人")
    SCHOOL = "school", _("学校")
    POLICE = "police", _("公安机关（110）")
    CIVIL = "civil", _("民政部门")
    DOCTOR = "doctor", _("急救或医院（120）")


#: People of the family, who are told by the rule of the kind and the age.
FAMILY = (Told.GUARDIAN, Told.RELATIVE)
