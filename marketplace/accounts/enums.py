from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is on the bridge; the base of permissions."""

    FAMILY = "family", _("家长")
    TEEN = "teen", _("青少年")
    PRACTITIONER = "practitioner", _("咨询师")
    PARTNER_STAFF = "partner_staff", _("机构工作人员")
    STAFF = "staff", _("平台工作人员")


class Duty(TextChoices):
    """What a member of our staff does. Somebody sees people's data only for a duty, and only while on duty."""

    SUPPORT = "support", _("客服")
    SAFETY = "safety", _("安全值守")
    REVIEW = "review", _("审核")
    PRIVACY = "privacy", _("个人信息保护")
    FINANCE = "finance", _("财务")
    COUNSELLING = "counselling", _("回信")
    MODERATION = "moderation", _("社区看护")
    CONTENT = "content", _("内容编辑")


class AgreementKind(TextChoices):
    USER = "user", _("用户协议")
    PRIVACY = "privacy", _("隐私政策")
    CHILDREN = "children", _("儿童个人信息保护规则")
