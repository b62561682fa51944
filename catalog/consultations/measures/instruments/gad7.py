"""GAD-7: seven questions about worry in the last two weeks.

Spitzer, R. L., Kroenke, K., Williams, J. B. W., & Löwe, B. (2006). A brief measure for assessing generalized anxiety
disorder: the GAD-7. Archives of Internal Medicine, 166(10), 1092-1097. Free: "No permission required to reproduce,
translate, display or distribute" (phqscreeners). The Chinese questions are the ones in common use: other words would be
another scale. Cronbach's alpha .92, test-retest .83, standard deviation 4.7 among those with and 4.8 among those without the
disorder, all in US adults. In 67,281 Chinese adolescents of 10 to 17 the scale was
consistent and had one dimension (Journal of Affective Disorders), but nobody published how much its scores change in
unchanged adolescents. With alpha the least reliable change is 4 points, which is also what NHS Talking Therapies counts
with; with the test-retest figure it is 6, as Bischoff, Anderson, Heafner & Tambling (2020, Psychology, Community & Health
8(1), 176-187) found. We mark 4, so that a turn for the worse is seen early, and say so on the page.
"""

from django.utils.translation import gettext_lazy as _

from ..enums import Better
from .shapes import Choice, Instrument, Item, Reliability

GAD7 = Instrument(
    key="gad7",
    name=_("GAD-7（紧张和担心）"),
    title=_("最近两周"),
    ask=_("在过去的两周里，你有多少时间受到以下问题的困扰？"),
    items=(
        Item("1", _("感觉紧张，焦虑或急切")),
        Item("2", _("不能够停止或控制担忧")),
        Item("3", _("对各种各样的事情担忧过多")),
        Item("4", _("很难放松下来")),
        Item("5", _("由于不安而无法静坐")),
        Item("6", _("变得容易烦恼或急躁")),
        Item("7", _("感到似乎将有可怕的事情发生而害怕")),
    ),
    choices=(
        Choice(0, _("完全不会")),
        Choice(1, _("几天")),
        Choice(2, _("一半以上的日子")),
        Choice(3, _("几乎每天")),
    ),
    age_from=12,
    age_to=17,
    better=Better.LESS,
    licence=_("可以免费使用，不需要许可"),
    source=_("Spitzer 等，2006，GAD-7"),
    reliability=Reliability(
        spread=4.7,
        value=0.92,
        source=_(
            "可靠变化按 Jacobson 和 Truax（1991）的公式，用 Spitzer 等（2006）成人样本的标准差 4.7 和一致性 0.92 算出，"
            "与英国 NHS 谈话服务采用的 4 分相同。Bischoff 等（2020）按重测信度算出的是 6 分；青少年还没有公布的数值。"
        ),
    ),
)
