from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WritingState(TextChoices):
    """Where a post or a reply is."""

    DRAFT = "draft", _("还没有送出")
    WAITING = "waiting", _("等一位工作人员看过")
    SHOWN = "shown", _("大家看得到")
    RETURNED = "returned", _("请你改一改再送出")
    KEPT_BACK = "kept_back", _("没有放出来")
    WITHDRAWN = "withdrawn", _("自己收回了")
    ERASED = "erased", _("内容已经删除")


#: What its writer may still change and send again.
OWN_STATES = (WritingState.DRAFT, WritingState.RETURNED)


class WaitingFor(TextChoices):
    """Why a person looks at something first."""

    AGE = "age", _("未成年人的话，先由人看过")
    SAFETY = "safety", _("安全值守的同事正在看")
    CALM = "calm", _("这段时间，每一条都先由人看过")
    REPORTED = "reported", _("有人觉得这条不合适")


class UnmaskingState(TextChoices):
    """Where the question "who wrote this?" is."""

    ASKED = "asked", _("等第二个人决定")
    GRANTED = "granted", _("已同意")
    REFUSED = "refused", _("没有同意")


class UnmaskingReason(TextChoices):
    """What can be a reason at all to ask who wrote something."""

    DANGER = "danger", _("有人可能有危险，别的办法找不到人")
    CRIME = "crime", _("公安机关依法要求协助")
    COURT = "court", _("法院依法要求协助")
    OWN_REQUEST = "own_request", _("本人要求找回自己的内容")
