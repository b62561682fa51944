"""States of an ask, what it may show, and what a guardian says to what was paid alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """What became of an ask. Only an active one can be paid; whatever ended stays ended, but for money on its way."""

    ACTIVE = "active", _("等待付款")
    PAID = "paid", _("已付款")
    DECLINED = "declined", _("这次先不付")
    REVOKED = "revoked", _("已撤回")
    EXPIRED = "expired", _("已到期")


class Shown(models.TextChoices):
    """What the one who asks lets a payer see beyond the sum; each is a tick of its own."""

    CATEGORY = "category", _("内容的类别（健康服务 1 项）")
    TITLE = "title", _("是什么服务")
    PROVIDER = "provider", _("和谁、在哪家机构")
    TIME = "time", _("什么时间")


class RequestEventKind(models.TextChoices):
    """What happened to an ask."""

    ASKED = "asked", _("发出")
    NEW_LINK = "new_link", _("换了链接")
    SHOWN_CHANGED = "shown_changed", _("改了显示的内容")
    OPENED = "opened", _("打开")
    PAID = "paid", _("付款")
    DECLINED = "declined", _("这次先不付")
    REVOKED = "revoked", _("撤回")
    EXPIRED = "expired", _("到期")


class Decision(models.TextChoices):
    """What a guardian says to something a young person paid alone (Civil Code, art. 19 and 145)."""

    RATIFIED = "ratified", _("追认")
    REFUSED = "refused", _("不同意")


class Outcome(models.TextChoices):
    """What followed from it. WITH_STAFF: part of it had been delivered already, so people decide what goes back."""

    STANDS = "stands", _("维持")
    REFUNDED = "refunded", _("全额退款")
    WITH_STAFF = "with_staff", _("由工作人员处理")
