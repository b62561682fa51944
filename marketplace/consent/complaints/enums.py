from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a complaint is about, in the words of the person who makes it."""

    SEEN = "seen", _("有人看到了不该看的")
    LEAKED = "leaked", _("信息泄露到了外面")
    COLLECTED = "collected", _("问得太多，收集得太多")
    NOT_ERASED = "not_erased", _("该删的没有删")
    REFUSED = "refused", _("想查看、导出、更正或删除，却不行")
    WRONG = "wrong", _("记录的内容不对")
    CONSENT = "consent", _("没有问过我就用了")
    MESSAGES = "messages", _("消息打扰到我，或者内容不妥")
    OTHER = "other", _("其他")


class ComplaintStatus(TextChoices):
    """Where a complaint is; the sentence for the person is in `states`."""

    RECEIVED = "received", _("已收到")
    IN_WORK = "in_work", _("处理中")
    WAITING = "waiting", _("等您补充")
    ANSWERED = "answered", _("已答复")
    SECOND_READING = "second", _("复核中")
    CLOSED = "closed", _("已办结")


OPEN_STATUSES = (
    ComplaintStatus.RECEIVED,
    ComplaintStatus.IN_WORK,
    ComplaintStatus.WAITING,
    ComplaintStatus.SECOND_READING,
)


class Side(TextChoices):
    """Who has to answer for what happened."""

    TECHNICAL = "technical", _("技术方")
    SERVICE = "service", _("服务方")
    BOTH = "both", _("双方都有")
    NOBODY = "nobody", _("没有发现问题")


class Cause(TextChoices):
    """What lay behind it."""

    DEFECT = "defect", _("软件缺陷")
    OUTAGE = "outage", _("故障或中断")
    ATTACK = "attack", _("外部攻击")
    CONFUSING = "confusing", _("页面或说明不清楚")
    UNENTITLED_LOOK = "unentitled", _("工作人员越权查看")
    CARELESS = "careless", _("服务人员泄露或疏忽")
    LATE = "late", _("没有按时处理")
    RULE = "rule", _("规则本身需要改")
    NO_FAULT = "no_fault", _("没有发现问题")


class EntryKind(TextChoices):
    """What happens in the life of a complaint."""

    RECEIVED = "received", _("提交投诉")
    CONFIRMED = "confirmed", _("系统确认收到")
    ACKNOWLEDGED = "acknowledged", _("工作人员确认收到")
    QUESTION = "question", _("请您补充")
    REPLY = "reply", _("补充说明")
    ANSWER = "answer", _("答复")
    OBJECTION = "objection", _("对答复不满意")
    SECOND_ANSWER = "second_answer", _("复核答复")
    ACCEPTED = "accepted", _("确认办结")
    NOTE = "note", _("内部记录")
    HANDED_ON = "handed_on", _("转给其他同事")
    ALARM = "alarm", _("时限提醒")


#: What only our staff reads.
INTERNAL_KINDS = (EntryKind.NOTE, EntryKind.HANDED_ON, EntryKind.ALARM)


class Clock(TextChoices):
    """The promises that run on a complaint."""

    ACKNOWLEDGEMENT = "acknowledge", _("确认收到")
    ANSWER = "answer", _("答复")
    SECOND_ANSWER = "second", _("复核答复")


class ClockState(TextChoices):
    """How a promise stands."""

    RUNNING = "running", _("按时进行")
    NEAR = "near", _("快到时间")
    MISSED = "missed", _("已超时")
    KEPT = "kept", _("按时完成")
    LATE = "late", _("超时完成")
