"""The words of the moderation desk."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """Why a person looks at something."""

    NEW = "new", _("发出前先看一眼")
    GATE = "gate", _("系统担心写的人")
    HOLD = "hold", _("特别守护期间")
    REPORT = "report", _("有人反映")
    APPEAL = "appeal", _("请求复核")


class Urgency(IntegerChoices):
    """The order of the queue; inside one urgency, whoever has waited longest comes first."""

    ORDINARY = 0, _("依次看")
    SOON = 1, _("早点看")
    NEXT = 2, _("先看")
    NOW = 3, _("马上看")


class ReportReason(TextChoices):
    """What a reader worries about, in a reader's words."""

    DANGER = "danger", _("担心写的人（或别人）有危险")
    HURTFUL = "hurtful", _("在攻击、嘲笑或排挤人")
    IDENTITY = "identity", _("说出了真名、学校、电话或住址")
    GRAPHIC = "graphic", _("写了怎么伤害自己，或者画面太吓人")
    SEXUAL = "sexual", _("和性有关，让人不舒服")
    CONTACT = "contact", _("要人加好友、给照片、见面或给钱")
    ADVERT = "advert", _("广告或者骗人的")
    UPSETTING = "upsetting", _("没有错，只是我看了难受")
    OTHER = "other", _("别的原因")


#: One report of these is enough to hold something until a person has looked.
SEVERE_REASONS = (ReportReason.DANGER, ReportReason.GRAPHIC, ReportReason.SEXUAL, ReportReason.IDENTITY)
#: A reader's own feeling: help is shown; nobody's words are held for it.
GENTLE_REASONS = (ReportReason.UPSETTING,)


class Outcome(TextChoices):
    """What a moderator decides."""

    PUBLISH = "publish", _("发布")
    PUBLISH_BLURRED = "blurred", _("发布，先盖住，加一句提醒")
    ASK_TO_CHANGE = "change", _("请作者改一改")
    DECLINE = "decline", _("婉拒发布")
    SAFETY = "safety", _("转给安全值守，先不发布")


#: After these the text can be read by others.
SHOWING = (Outcome.PUBLISH, Outcome.PUBLISH_BLURRED)


class BreakKind(TextChoices):
    """Why a moderator rests."""

    OWN = "own", _("自己想歇一会儿")
    OFFERED = "offered", _("系统建议")
    REQUIRED = "required", _("到了必须休息的时候")


class Training(TextChoices):
    """What a moderator has to have learned."""

    BASICS = "basics", _("怎样看帖：规则、模板和语气")
    DANGER = "danger", _("怎样看出危险，怎样转给安全值守")
    SELF_CARE = "self_care", _("怎样照顾自己")
    POSTVENTION = "postvention", _("坏消息之后怎样守护社区")


#: Without these nobody takes anything from the queue.
REQUIRED_TRAINING = (Training.BASICS, Training.DANGER, Training.SELF_CARE)
