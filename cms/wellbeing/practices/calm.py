"""Practices that follow a pace: breath, body, senses, the way into sleep."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.needs import Need

from . import sources
from .kinds import MethodFamily, Practice, Step

BREATHING = Practice(
    slug="breathing",
    title=_("跟着圆呼吸"),
    lead=_("圆变大，慢慢吸；圆变小，慢慢呼。紧张的时候，先把呼吸找回来。"),
    minutes=3,
    tone="pine",
    picture="breathing",
    module="breathing",
    stage="breathing",
    needs=(Need.EXAMS, Need.FEELINGS, Need.SLEEP, Need.FOCUS),
    families=(MethodFamily.DISTRESS_TOLERANCE, MethodFamily.MINDFULNESS),
    sources=(sources.SKILLS_FOR_ADOLESCENTS, sources.DOING_WHAT_MATTERS),
    steps=(
        Step(_("坐好，或者靠着"), _("脚踩到地面，肩膀放下来。眼睛可以看着一处，也可以闭上。")),
        Step(_("吸气，心里数 1、2、3、4"), _("用鼻子吸，让肚子像小气球一样鼓起来。不用吸得很满。")),
        Step(_("呼气，心里数 1 到 6"), _("嘴巴像吹凉一碗汤那样，慢慢地呼。呼得比吸得长一点，身体更容易松。")),
        Step(_("这样来八到十次"), _("走神了没关系，发现了就回到下一口气。数不到那么长，就数短一点，舒服最要紧。")),
    ),
    good_to_know=_("头晕或者更难受，就停下来，照平常那样呼吸。鼻子堵、刚跑完步的时候，等一等再做。"),
    scale=_("现在有多紧张？"),
    least=_("一点也不"),
    utmost=_("紧张得不得了"),
)

BODY_SCAN = Practice(
    slug="body-scan",
    title=_("从脚到头走一遍"),
    lead=_("不用放松，也不用做对。只是一站一站地去看看：身体现在是什么感觉。"),
    minutes=6,
    tone="sky",
    picture="body-scan",
    module="body-scan",
    stage="timed",
    needs=(Need.SLEEP, Need.FEELINGS, Need.EXAMS),
    families=(MethodFamily.MINDFULNESS,),
    sources=(sources.FULL_CATASTROPHE, sources.SKILLS_FOR_ADOLESCENTS),
    steps=(
        Step(_("找个舒服的姿势"), _("躺下，或者靠着坐。手放在身边。先呼一口长长的气。"), 30),
        Step(_("脚"), _("把注意力放到两只脚上。暖的、凉的、麻的，还是没什么感觉？都可以，知道就好。"), 40),
        Step(_("小腿和膝盖"), _("往上走。碰着床或裤子的地方，是什么感觉？"), 40),
        Step(_("大腿"), _("感觉它们的重量，让床或椅子托住。"), 40),
        Step(_("肚子"), _("看看肚子怎么随呼吸一起一落。不用改变它。"), 45),
        Step(_("胸口"), _("有没有紧的地方？轻轻知道：这里有点紧。再呼一口气。"), 45),
        Step(_("手和胳膊"), _("从手指到肩膀。手心是干的还是湿的？拳头是不是握着？"), 40),
        Step(_("肩膀和脖子"), _("这里常常替我们扛着事。如果愿意，让它往下沉一点点。"), 40),
        Step(_("脸"), _("牙齿咬着吗？眉头皱着吗？看见了就好。"), 40),
        Step(_("整个身体"), _("最后，感觉一下从脚到头的一整个自己。动动手指，慢慢睁开眼。"), 30),
    ),
    good_to_know=_("有的地方想起来就难受，可以跳过去，或者睁开眼睛看看屋子。不想做了，随时可以停。"),
    scale=_("身体现在有多紧？"),
    least=_("很松"),
    utmost=_("绷得紧紧的"),
)

GROUNDING = Practice(
    slug="grounding",
    title=_("五、四、三、二、一"),
    lead=_("心里乱成一团、好像不在这里的时候，用眼睛、手、耳朵把自己接回来。"),
    minutes=3,
    tone="apricot",
    picture="grounding",
    module="grounding",
    stage="grounding",
    needs=(Need.FEELINGS, Need.SAFE_SCHOOL, Need.NEW_PLACES, Need.FAREWELL),
    families=(MethodFamily.DISTRESS_TOLERANCE, MethodFamily.MINDFULNESS),
    sources=(sources.DOING_WHAT_MATTERS, sources.SKILLS_TRAINING),
    steps=(
        Step(_("看见 5 样东西"), _("慢慢看一圈，挑 5 样说出来。越普通越好：墙上的钟、书包的拉链、窗外的树。")),
        Step(_("摸到 4 样东西"), _("衣服的布、桌子的边、自己的头发、凉凉的杯子。摸一摸，是粗的还是滑的？")),
        Step(_("听见 3 种声音"), _("远的、近的、自己身上的，都算。")),
        Step(_("闻到 2 种气味"), _("闻不到什么，就想两种你喜欢的味道。")),
        Step(_("慢慢呼吸 1 次"), _("对自己说一句：我在这里，现在是今天，我可以一步一步来。")),
    ),
    good_to_know=_("不用做得好。中间断了，从哪里接上都行。如果你现在不安全，先离开那里，去有人的地方。"),
    scale=_("现在心里有多乱？"),
    least=_("很平静"),
    utmost=_("乱得受不了"),
)

SLEEP = Practice(
    slug="sleep",
    title=_("睡前慢下来"),
    lead=_("睡不着的时候，不用逼自己睡。先让身体知道：今天的事到这里了。"),
    minutes=8,
    tone="lilac",
    picture="sleep",
    module="sleep",
    stage="timed",
    needs=(Need.SLEEP, Need.EXAMS, Need.SCREENS),
    families=(MethodFamily.EMOTION_REGULATION, MethodFamily.MINDFULNESS),
    sources=(sources.RELAXATION_TRAINING, sources.SLEEP_NOTICE),
    steps=(
        Step(_("放下"), _("灯调暗，手机屏幕朝下。想到明天要做的事，在纸上写三个字就够，写完就交给纸。"), 45),
        Step(_("手"), _("两只手轻轻握拳，握五下呼吸那么久……松开。感觉一下松开以后的手。"), 50),
        Step(_("肩膀"), _("肩膀往耳朵边提一提，停一会儿……放下来，让它自己沉。"), 50),
        Step(_("脸"), _("眼睛和鼻子皱在一起，像吃到酸的东西……松开，额头变平。"), 50),
        Step(_("腿和脚"), _("脚尖往自己这边勾一勾……松开，让腿变重。"), 50),
        Step(_("呼吸"), _("吸气数 4，呼气数 6。数乱了就从 1 开始，没有人在记。"), 75),
        Step(
            _("一个安稳的地方"),
            _("想一个你待着舒服的地方：外婆的院子、图书馆靠窗的座位、被窝里。那里有什么颜色？什么声音？"),
            90,
        ),
        Step(_("就这样待着"), _("不用再做什么了。醒着躺一会儿，身体也在休息。屏幕可以关上了。"), 60),
    ),
    good_to_know=_(
        "躺了很久还是睡不着，可以起来，在暗一点的地方坐坐，困了再回来。好多天都睡不好，告诉一个你信得过的大人。"
    ),
    scale=_("脑子现在有多吵？"),
    least=_("很安静"),
    utmost=_("停不下来"),
)
