from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is on the bridge; the base of permissions."""

    FAMILY = "family", _("家长")
    TEEN = "teen", _("青少年")
    PRACTITIONER = "practitioner", _("咨询师")
    PARTNER_STAFF = "partner_staff", _("机构工作人员")
    OVERSEER = "overseer", _("监管人员")
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


class ChangeReason(TextChoices):
    """Why what a colleague may do changes; a short list, no words about a person."""

    JOINS = "joins", _("新同事")
    MOVES = "moves", _("换了工作内容")
    COVERS = "covers", _("临时顶班")
    RESTS = "rests", _("暂时不做")
    MISTAKE = "mistake", _("之前加错了")
    LEAVES = "leaves", _("离职")


class ChangeState(TextChoices):
    """How far a change has come; only what was agreed to holds."""

    ASKED = "asked", _("等第二个人")
    AGREED = "agreed", _("已生效")
    REFUSED = "refused", _("没有同意")
    WITHDRAWN = "withdrawn", _("已收回")
