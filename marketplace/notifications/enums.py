from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    IN_APP = "in_app", _("站内")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")
    PUSH = "push", _("推送")


class MessageStatus(TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
