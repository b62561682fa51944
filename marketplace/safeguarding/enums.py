"""The words of a look at a text: what kind of trouble it tells of, how urgent that is, and where the text was written."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a text tells of. Only the first five can be a danger."""

    SELF_HARM = "self_harm", _("伤害自己的念头")
    HARM_BY_OTHERS = "harm_by_others", _("被人伤害")
    ABUSE = "abuse", _("被大人伤害或忽视")
    HARM_TO_OTHERS = "harm_to_others", _("可能伤害别人")
    EATING = "eating", _("吃饭和身体上的危险")
    DISTRESS = "distress", _("难过，但没有危险")
    EVERYDAY = "everyday", _("日常")


class Level(IntegerChoices):
    """How urgent it is. From CONCERN on a person looks at it; from URGENT on, at once."""

    NONE = 0, _("没有")
    DISTRESS = 1, _("难过")
    CONCERN = 2, _("值得担心")
    URGENT = 3, _("紧急")


class Source(TextChoices):
    """Where the text was written."""

    POST = "post", _("树洞的帖子")
    REPLY = "reply", _("树洞的回应")
    SEARCH = "search", _("搜索")
    INTAKE = "intake", _("说说困扰")
    NOTE = "note", _("预约时的留言")
    LETTER = "letter", _("信")
    MESSAGE = "message", _("消息")
    DIARY = "diary", _("愿意分享的日记")
    REVIEW = "review", _("评价")
    CHAT = "chat", _("和小桥的聊天")
    REPORT = "report", _("对一个人的担心")
    SUBMISSION = "sent_in", _("给知识库的投稿")


#: Kinds that can be a danger to somebody.
DANGERS = (Kind.SELF_HARM, Kind.HARM_BY_OTHERS, Kind.ABUSE, Kind.HARM_TO_OTHERS, Kind.EATING)
