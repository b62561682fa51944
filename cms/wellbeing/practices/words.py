"""Practices that are written: thoughts, worries, thanks, small steps, and things to say."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.needs import Need

from . import sources
from .kinds import TEENS, Blank, MethodFamily, Practice, Step

THOUGHTS = Practice(
    slug="thoughts",
    title=_("把想法写下来看看"),
    lead=_("一个念头在脑子里，常常比它本来的样子大。写成七格，就能看得清楚一点。"),
    minutes=10,
    tone="sky",
    picture="thoughts",
    module="writing",
    stage="writing",
    bands=TEENS,
    needs=(Need.MOOD, Need.FRIENDS, Need.EXAMS, Need.SELF),
    families=(MethodFamily.EMOTION_REGULATION,),
    sources=(sources.MIND_OVER_MOOD,),
    steps=(
        Step(_("挑一件小一点的事"), _("今天或这几天里，让你心里一沉的一件事。太大的事，先不用它来练。")),
        Step(_("一格一格写"), _("写得短、写得乱都没关系，没有人打分。")),
        Step(_("分开“发生的”和“想到的”"), _("摄像头能拍到的，是发生的；拍不到的，是想到的。")),
        Step(_("给两边都找找证据"), _("像帮朋友想一样：哪些事说明它可能对？哪些事说明它可能不全对？")),
        Step(_("写一句更完整的话"), _("不用变得乐观，只要更接近全部的样子。")),
    ),
    good_to_know=_("写着写着更难受，就停下来，去做一次“跟着圆呼吸”，或者找个人说说。写不出来的格子，空着就好。"),
    scale=_("这个念头让你有多难受？"),
    least=_("不难受"),
    utmost=_("难受得不行"),
    blanks=(
        Blank("happened", _("发生了什么"), _("什么时候、在哪儿、和谁。只写摄像头能拍到的。")),
        Blank("feelings", _("我的感觉"), _("生气、难过、害怕、丢脸……可以不止一种。身体哪里有感觉？")),
        Blank("thought", _("脑子里冒出来的话"), _("那一刻心里在说什么？挑最响的一句。")),
        Blank("for_it", _("哪些事说明它可能对"), _("真的发生过的事，不是猜的。")),
        Blank("against_it", _("哪些事说明它可能不全对"), _("漏看了什么？如果是好朋友这么想，你会提醒 TA 什么？")),
        Blank("fuller", _("一句更完整的话"), _("把两边放在一起：虽然……，不过……。")),
        Blank("now", _("现在感觉怎么样，下一步做什么"), _("很小的一步就行，比如：喝口水，明天问一句。")),
    ),
)

WORRY_TIME = Practice(
    slug="worry-time",
    title=_("担心停车场"),
    lead=_("担心不用赶走，给它找个车位：先停在这里，到了约好的时间再来看。"),
    minutes=5,
    tone="sun",
    picture="worry-time",
    module="worry-time",
    stage="worry",
    needs=(Need.EXAMS, Need.SLEEP, Need.FOCUS, Need.HOME),
    families=(MethodFamily.EMOTION_REGULATION, MethodFamily.DISTRESS_TOLERANCE),
    sources=(sources.WORRY_WORKBOOK,),
    steps=(
        Step(_("约一个时间"), _("每天固定的十来分钟，比如放学后、晚饭后。不要选睡觉前。")),
        Step(_("担心来了，写一句，停进车位"), _("对它说：我知道你在，晚上七点见。然后回到手上的事。")),
        Step(_("它又来了，再说一遍"), _("会来很多次，这很正常。每次都轻轻地说：已经停好了。")),
        Step(_("到时间，一个一个看"), _("现在还担心吗？我能做一件什么小事？做不了的，就让它开走。")),
        Step(_("时间到了就收"), _("没看完的，明天再约。然后去做一件喜欢的小事。")),
    ),
    good_to_know=_("有人正在伤害你、或者你觉得不安全，这样的事不要停着，现在就告诉一个大人，或者打开求助页。"),
    scale=_("担心现在有多响？"),
    least=_("几乎听不见"),
    utmost=_("盖过一切"),
    blanks=(Blank("worries", _("停进来的担心"), _("一行一个，写短一点。"), rows=5, most=1200),),
)

GRATITUDE = Practice(
    slug="gratitude",
    title=_("今天的三行"),
    lead=_("不是要你假装开心。只是在一天里，捡起三件小小的、还不错的事。"),
    minutes=3,
    tone="apricot",
    picture="gratitude",
    module="writing",
    stage="writing",
    needs=(Need.MOOD, Need.SLEEP, Need.SELF),
    families=(MethodFamily.EMOTION_REGULATION,),
    sources=(sources.COUNTING_BLESSINGS,),
    steps=(
        Step(_("从早到晚想一遍"), _("吃的、看到的、听到的、谁说的一句话、自己做的一件小事。")),
        Step(_("写三行，越小越好"), _("“食堂的汤是热的”就很好。")),
        Step(_("挑一行，多想半分钟"), _("当时是什么样的？有没有谁让这件事发生？想谢谢 TA，可以说一声，也可以不说。")),
    ),
    good_to_know=_("有的日子一行也写不出来，那就写“今天很难，我还在”。这也算。"),
    scale=_("心里现在有多沉？"),
    least=_("很轻"),
    utmost=_("很沉"),
    blanks=(
        Blank("first", _("第一行"), _("今天吃到、看到、听到的"), rows=1, most=200),
        Blank("second", _("第二行"), _("有个人……"), rows=1, most=200),
        Blank("third", _("第三行"), _("我自己……"), rows=1, most=200),
    ),
)

SMALL_STEPS = Practice(
    slug="small-steps",
    title=_("一小步一小步"),
    lead=_("害怕的事绕着走，会越来越可怕。把它拆成台阶，从最矮的那一级开始。"),
    minutes=10,
    tone="pine",
    picture="small-steps",
    module="small-steps",
    stage="ladder",
    needs=(Need.NEW_PLACES, Need.FRIENDS, Need.SELF, Need.EXAMS),
    families=(MethodFamily.EMOTION_REGULATION,),
    sources=(sources.COPING_CAT, sources.SKILLS_FOR_ADOLESCENTS),
    steps=(
        Step(
            _("写下想做却不敢做的事"),
            _("比如：上课举手、自己去买东西、跟新同学说话。要是一件安全的、你自己也想做的事。"),
        ),
        Step(_("拆成三到五级台阶"), _("每一级打个分：现在想到它有多怕，0 是不怕，10 是怕极了。从低到高排。")),
        Step(_("从 3 分左右的那级开始"), _("先写做之前有多怕，再去做。待一会儿，不急着跑开，让怕自己慢慢变小。")),
        Step(_("回来再打一个分"), _("做之前和做之后，哪里一样，哪里不一样？")),
        Step(_("同一级多走几次，再上一级"), _("太难就再拆小一点。退一级也不是失败。")),
    ),
    good_to_know=_(
        "只用来练“其实安全、但是害怕”的事。有人欺负你、伤害你，那不是要练胆子的事，要请大人来管。有大人陪着一起走台阶，会更稳。"
    ),
    scale=_("想到这件事，现在有多怕？"),
    least=_("不怕"),
    utmost=_("怕极了"),
    blanks=(
        Blank("goal", _("我想做的事"), _("写一件就够。"), rows=1, most=200),
        Blank("step1", _("第 1 级，最矮的"), _("比如：和老师对看一下，笑一笑"), rows=1, most=200),
        Blank("step2", _("第 2 级"), "", rows=1, most=200),
        Blank("step3", _("第 3 级"), "", rows=1, most=200),
        Blank("step4", _("第 4 级"), "", rows=1, most=200),
        Blank("step5", _("第 5 级，就是那件事"), "", rows=1, most=200),
    ),
    rated=("step1", "step2", "step3", "step4", "step5"),
)

SAY_IT = Practice(
    slug="say-it",
    title=_("把话说清楚"),
    lead=_("想开口又怕吵起来？先写四句，把要说的话理一理，再决定说不说、什么时候说。"),
    minutes=6,
    tone="lilac",
    picture="say-it",
    module="writing",
    stage="writing",
    needs=(Need.HOME, Need.FRIENDS, Need.SAFE_SCHOOL),
    families=(MethodFamily.INTERPERSONAL,),
    sources=(sources.SKILLS_FOR_ADOLESCENTS, sources.SKILLS_TRAINING),
    steps=(
        Step(_("先说事情，不说“你总是”"), _("“昨天我的本子被拿给大家看了”，比“你从来不尊重我”更容易听进去。")),
        Step(_("再说我的感觉"), _("用“我”开头：我当时很难堪。")),
        Step(_("说清楚想要什么"), _("一件、具体、对方做得到的：以后想看，先问我一声。")),
        Step(_("说说这样对两个人都好"), _("这样我也愿意跟你讲我的事。")),
        Step(_("挑个时候，也想好退路"), _("两个人都不急的时候说。对方不听，可以先停下：我们晚点再说。")),
    ),
    good_to_know=_("对方会打人、会威胁你的时候，不要一个人去说。先告诉一个信得过的大人。"),
    scale=_("开口这件事，现在有多难？"),
    least=_("不难"),
    utmost=_("太难了"),
    blanks=(
        Blank("facts", _("发生了什么"), _("只说看得见、听得见的")),
        Blank("feeling", _("我的感觉"), _("我……")),
        Blank("wish", _("我想请你"), _("一件具体的事")),
        Blank("both", _("这样对我们都好"), _("因为……")),
    ),
)
