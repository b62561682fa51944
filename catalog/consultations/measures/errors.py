"""Every refusal a person can meet with a measure."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYours(Refusal):
    """The young person answers; a guardian only opens the page for a child without an account."""

    sentence = _("这些问题请孩子本人来答。")


class NotNow(Refusal):
    """It is asked from a day before the session until it ends."""

    sentence = _("这些问题在见面前一天到见面结束之间回答。")


class AlreadyAnswered(Refusal):
    sentence = _("这次已经答过了，谢谢你。")


class NothingAnswered(Refusal):
    sentence = _("还没有选。不想答也可以直接跳过。")


class HalfAnswered(Refusal):
    """Some questions of a part are open: a sum of the rest would say something false."""

    sentence = _("这一组还有没选的。可以补上，也可以整组都不答。")
