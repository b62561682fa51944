from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class About(TextChoices):
    """What somebody sends in."""

    WORK = "work", _("作品：写的、画的、录的")
    STORY = "story", _("亲身经历")


class Form(TextChoices):
    """In what form it comes; never a link."""

    TEXT = "text", _("文字")
    PICTURE = "picture", _("图画")
    AUDIO = "audio", _("录音")


class Teller(TextChoices):
    """Who sends it, as far as a reader may learn."""

    YOUNG = "young", _("一位同学")
    PARENT = "parent", _("一位家长")


class Attribution(TextChoices):
    """What stands under a published work. No real name, in no case."""

    NONE = "none", _("不署名")
    SCHOOL_YEAR = "year", _("只写年级")
    ALIAS = "alias", _("一个化名")


class Licence(TextChoices):
    """What others may do with it; the sender chooses."""

    HERE = "here", _("只在心桥展示")
    SCHOOLS = "schools", _("也可以给学校免费用（要注明出处，不能拿去卖）")


class State(TextChoices):
    """Where a submission is."""

    WAITING = "waiting", _("等待审核")
    ACCEPTED = "accepted", _("已收下，正在编辑")
    DECLINED = "declined", _("这次没有收下")
    WITHDRAWN = "withdrawn", _("已撤回")


class Refusal(TextChoices):
    """Why something was not taken; the sender is told kindly (`REFUSAL_WORDS`)."""

    RECOGNISABLE = "known", _("能认出是谁")
    TOO_CLOSE = "close", _("现在公开可能会让你难受")
    NOT_OURS = "other", _("不太适合放在知识库")
    COPIED = "copied", _("好像不是自己写的或画的")
    UNCLEAR = "unclear", _("看不清或听不清")


#: What the sender reads.
REFUSAL_WORDS: dict[str, Promise] = {
    Refusal.RECOGNISABLE: _("里面有些地方能认出是谁。把名字、学校和特别的细节换掉，可以再寄一次。"),
    Refusal.TOO_CLOSE: _("你写的很真，也很近。我们担心现在公开以后你会难受，想先替你收着，不公开。"),
    Refusal.NOT_OURS: _("这一次不太适合放在知识库里。谢谢你愿意给我们看。"),
    Refusal.COPIED: _("它和别处的一件作品很像。知识库只放自己写、自己画、自己录的。"),
    Refusal.UNCLEAR: _("我们没能看清或听清。换一张清楚的，可以再寄一次。"),
}
