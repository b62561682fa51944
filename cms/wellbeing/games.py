"""The two small games: what they teach, and what is in them. No scores, no prizes, nothing to buy."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .practices import sources
from .practices.kinds import MethodFamily, Source

Words = str | Promise


class Train(TextChoices):
    """What kind of thought goes by."""

    FUTURE = "future", _("担心以后")
    PAST = "past", _("回想以前")
    VERDICT = "verdict", _("给自己下结论")
    GUESS = "guess", _("猜别人在想什么")


class Reach(TextChoices):
    """Whether something is up to me."""

    MINE = "mine", _("我管得着")
    PARTLY = "partly", _("一部分")
    BEYOND = "beyond", _("我管不着")


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in a game, what it is usually taken for, and a sentence to think about."""

    text: Words
    kind: str
    said: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A small game. `kinds` are its answers in the order of the keys 1, 2, 3, 4; `paper` is how it goes without a screen."""

    slug: str
    title: Words
    lead: Words
    learns: Words
    tone: str
    picture: str
    stage: str
    kinds: type[TextChoices]
    cards: tuple[Card, ...]
    paper: tuple[Words, ...]
    families: tuple[MethodFamily, ...]
    sources: tuple[Source, ...]
    reviewed_by: str = ""

    @property
    def module(self) -> str:
        """Its script."""
        return f"wellbeing/js/{self.slug}.js"

    @property
    def family_names(self) -> list[Words]:
        """The names of its families of skills."""
        return [family.label for family in self.families]


TRAINS = Game(
    slug="trains",
    title=_("想法站台"),
    lead=_("一个个想法像列车一样进站。你坐在长椅上，认出它是哪一路，然后看着它开走。"),
    learns=_("想法来了，不一定要上车。认出“这是一个担心”，它就没那么像真的了。"),
    tone="sky",
    picture="trains",
    stage="trains",
    kinds=Train,
    families=(MethodFamily.MINDFULNESS,),
    sources=(sources.SKILLS_FOR_ADOLESCENTS, sources.DOING_WHAT_MATTERS),
    cards=(
        Card(_("明天上课要是叫到我，我肯定答不出来"), Train.FUTURE),
        Card(_("他们刚才笑，一定是在笑我"), Train.GUESS),
        Card(_("我就是个做什么都不行的人"), Train.VERDICT),
        Card(_("上次演讲忘词的样子，又想起来了"), Train.PAST),
        Card(_("她没回消息，是不是讨厌我了"), Train.GUESS),
        Card(_("万一期末考砸了怎么办"), Train.FUTURE),
        Card(_("那天要是没说那句话就好了"), Train.PAST),
        Card(_("我长得不好看，没人会喜欢"), Train.VERDICT),
        Card(_("妈妈叹气，肯定是对我失望了"), Train.GUESS),
        Card(_("分班以后会不会没有朋友"), Train.FUTURE),
        Card(_("小学的时候多好啊"), Train.PAST),
        Card(_("别人都会，就我笨"), Train.VERDICT),
        Card(_("老师看了我一眼，是不是在怪我"), Train.GUESS),
        Card(_("今晚又要睡不着了"), Train.FUTURE),
        Card(_("吵架那天的声音还在耳朵里"), Train.PAST),
        Card(_("我太胆小了，没救了"), Train.VERDICT),
    ),
    paper=(
        _("坐好，闭上眼，想象自己在一个安静的站台上，坐在长椅上。"),
        _("脑子里来了一个想法，就当它是一列进站的车。"),
        _("轻轻说出它是哪一路：担心以后、回想以前、给自己下结论，还是猜别人在想什么。"),
        _("不上车，也不赶它，看着它开走。下一列来了，再认一次。"),
        _("五分钟就够。不小心上了车也没关系，发现了，下车回到长椅上。"),
    ),
)

REACH = Game(
    slug="reach",
    title=_("管得着，管不着"),
    lead=_("一件事来了，先问一句：我管得着吗？管得着的，种下一小步；管不着的，放进纸船。"),
    learns=_("力气花在自己管得着的那一小块，心里会踏实一点。"),
    tone="pine",
    picture="reach",
    stage="reach",
    kinds=Reach,
    families=(MethodFamily.EMOTION_REGULATION, MethodFamily.DISTRESS_TOLERANCE),
    sources=(sources.SKILLS_TRAINING, sources.COPING_CAT),
    cards=(
        Card(_("明天的卷子难不难"), Reach.BEYOND, _("卷子已经印好了。今晚几点放下书，倒是能定。")),
        Card(_("今晚几点放下手机"), Reach.MINE, _("可以先把充电线放到客厅。")),
        Card(_("同学喜不喜欢我"), Reach.PARTLY, _("别人的心管不着；我怎么对人，管得着。")),
        Card(_("要不要跟妈妈说声对不起"), Reach.MINE, _("说的时候短一点，也可以写张纸条。")),
        Card(_("爸爸妈妈会不会吵架"), Reach.BEYOND, _("大人的事不是你的错。你可以戴上耳机，或者去找奶奶待一会儿。")),
        Card(_("小组作业能不能得高分"), Reach.PARTLY, _("分数大家一起定；自己那一页，可以先写好。")),
        Card(
            _("别人在背后说什么"), Reach.BEYOND, _("嘴长在别人身上。要是有人一直这样欺负你，去告诉老师，这一步管得着。")
        ),
        Card(_("听不懂的题，问还是不问"), Reach.MINE, _("可以先问一道，问最想问的那道。")),
        Card(_("这次选不选得上校队"), Reach.PARTLY, _("名单教练定；这星期练几次，我来定。")),
        Card(_("明天会不会下雨"), Reach.BEYOND, _("雨管不着，伞管得着。")),
        Card(_("昨天已经说出口的话"), Reach.BEYOND, _("收不回来了。今天想补一句什么，还来得及。")),
        Card(_("难受的时候找不找人说"), Reach.MINE, _("想好一个人、一句话，就已经在做了。")),
        Card(_("好朋友转学了"), Reach.BEYOND, _("舍不得是真的。这周要不要打个电话，可以自己定。")),
        Card(_("班里的气氛"), Reach.PARTLY, _("不归一个人管。早上先说一声早，是我的那一点点。")),
        Card(_("早饭吃不吃"), Reach.MINE, _("来不及的话，带一个鸡蛋也行。")),
        Card(_("弟弟吵不吵"), Reach.PARTLY, _("他是他。我可以换个房间，也可以陪他玩十分钟再写。")),
    ),
    paper=(
        _("拿一张纸，中间画一条线。左边写“我管得着”，右边写“我管不着”。"),
        _("把最近烦的事一件件写进去。说不清的，拆成两半：哪一半管得着？"),
        _("左边每件事，写一个今天就能做的、很小的动作。"),
        _("右边的，读一遍，对自己说：这不归我管。然后把那半张纸折成船。"),
    ),
)

GAMES: tuple[Game, ...] = (TRAINS, REACH)
BY_SLUG: dict[str, Game] = {game.slug: game for game in GAMES}
