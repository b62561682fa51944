"""Why something about consent is refused."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class ConsentNotFound(Refusal):
    sentence = _("没有找到这一条。")


class NotYoursToDecide(Refusal):
    sentence = _("这件事不由你来决定。满 14 岁由本人决定，未满 14 岁由监护人决定。")


class NothingChosen(Refusal):
    sentence = _("请至少选一项。")


class NoReachForRole(Refusal):
    sentence = _("有的内容对方的身份不能看，请去掉以后再试。")


class EndsTooSoon(Refusal):
    sentence = _("到期的日子要晚于今天。")


class LastsTooLong(Refusal):
    sentence = _("一次最多同意一年，到期可以再同意。")


class NotYourOrganisation(Refusal):
    sentence = _("只能替自己所在的机构请求，而且要有正在进行的服务。")


class AskedRecently(Refusal):
    sentence = _("对方刚刚回答过，三十天内不能再问同样的事。")


class AlreadyAsked(Refusal):
    sentence = _("已经问过了，还在等对方回答。")


class AlreadyAnswered(Refusal):
    sentence = _("这个请求已经有了回答。")


class AskedBeforeBirthday(Refusal):
    sentence = _("提出请求以后孩子的年龄变了，由谁决定也变了，需要对方重新请求。")


class NotOnSafetyDuty(Refusal):
    sentence = _("只有正在安全值守的工作人员可以这样做。")


class ReasonMissing(Refusal):
    sentence = _("请写清楚原因。")


class SecondPersonNeeded(Refusal):
    sentence = _("需要另一位工作人员来做这一步。")


class OverrideNotFound(Refusal):
    sentence = _("没有找到这次例外。")


class OverrideAlreadyDecided(Refusal):
    sentence = _("这次例外已经处理过了。")


class OverrideLapsed(Refusal):
    sentence = _("提出以后过了太久没有批准，请重新提出。")
