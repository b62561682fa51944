from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYoung(Refusal):
    sentence = _("少年议事只请 8 到 17 岁的你们投票和提议。")


class NotOpenNow(Refusal):
    sentence = _("这个问题现在不能投票：还没开始，或者已经结束了。")


class NoSuchOption(Refusal):
    sentence = _("请从问题的选项里选一个。")


class NotDraft(Refusal):
    sentence = _("问题已经发布，不能再改。")


class TooFewOptions(Refusal):
    sentence = _("请写 2 到 5 个不一样的选项。")


class ClosesTooSoon(Refusal):
    sentence = _("请至少留 3 天给大家投票。")


class NotCounted(Refusal):
    sentence = _("投票还没有结束，结束以后再答复。")


class AlreadyAnswered(Refusal):
    sentence = _("已经答复过了。")


class TooManyProposals(Refusal):
    sentence = _("你已经有 3 个提议在等我们回复。等我们回了，再来提新的。")
