from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionStatus(TextChoices):
    """Where a question is. A published one takes votes between its two moments; a closed one is counted."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    CLOSED = "closed", _("已结束")


class ProposalStatus(TextChoices):
    """What became of a question somebody proposed."""

    WAITING = "waiting", _("等回复")
    TAKEN_UP = "taken_up", _("会问大家")
    NOT_NOW = "not_now", _("这次不问")


#: What a review may come to.
REVIEWED = (ProposalStatus.TAKEN_UP, ProposalStatus.NOT_NOW)


class AnswerState(TextChoices):
    """How our promise to answer a vote stands."""

    RUNNING = "running", _("等我们答复")
    MISSED = "missed", _("我们的答复迟了")
    KEPT = "kept", _("已答复")
