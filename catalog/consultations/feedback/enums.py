from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GivenBy(TextChoices):
    """Who gave feedback, as far as others are told."""

    GUARDIAN = "guardian", _("一位家长")
    YOUNG = "young", _("一位青少年")


class Helped(TextChoices):
    """What helped, in words that fit any session."""

    LISTENED = "listened", _("认真听我说")
    CLEAR = "clear", _("说得明白")
    METHOD = "method", _("有用得上的办法")
    SAFE = "safe", _("觉得安心")
    ON_TIME = "on_time", _("准时")
    NOTHING = "nothing", _("没有帮到")


class WordsState(TextChoices):
    """What became of the words. Stars count whatever becomes of them."""

    NONE = "none", _("没有写话")
    WAITING = "waiting", _("等待审核")
    PUBLISHED = "published", _("已公开")
    DECLINED = "declined", _("没有公开")
    WITHDRAWN = "withdrawn", _("已撤回")


class WordsRefusal(TextChoices):
    """Why words are not shown. That somebody was dissatisfied is no reason."""

    NAMES = "names", _("写到了能认出某个人的内容，比如名字、学校、电话")
    HARM = "harm", _("写到了正在发生的危险，我们先去确认平安")
    INSULT = "insult", _("有辱骂或者攻击人的话")
    OTHER_MATTER = "other_matter", _("说的不是这次见面，或者是广告")
