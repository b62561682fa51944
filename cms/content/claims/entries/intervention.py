"""Claims about relaxing, practising, and being helped."""

from django.utils.translation import gettext_lazy as _

from ..entry import Claim, Control, Design, Group, Paper

_G = Group.INTERVENTION

CLAIMS = (
    Claim(
        key="decompression-pod",
        rows=("INT-02",),
        group=_G,
        who=_("苏州田家炳初级中学 AI 减压舱"),
        says=_("考前用 VR 和 AI 放松，心理韧性提高，考后还在"),
        figure=_("考前 +70.7%，考后 +41.4%"),
        paper=Paper.P000,
        design=Design.BEFORE_AFTER,
        control=Control.NONE,
        ours=_("没有对照：考试过去了，人本来就会好些。我们的放松练习前后各问一次，只给本人看自己的变化。"),
    ),
    Claim(
        key="vr-evidence",
        rows=("INT-05",),
        group=_G,
        who=_("魁北克、加州等地的研究"),
        says=_("VR 可以用于焦虑、恐惧、妄想和创伤后的问题，也能测执行功能"),
        paper=Paper.P001,
        ours=_("转述里没有人数和对照，多数是成年人和医院里的研究。"),
    ),
    Claim(
        key="feedback-adults",
        rows=("C6",),
        group=_G,
        who=_("关于“每次会面都问一问”的研究"),
        says=_("多数是成年人：变差的人少了，原本不顺利的人里有明显改善的接近翻倍"),
        figure=_("有明显改善的接近 2 倍"),
        paper=Paper.READING,
        design=Design.META,
        control=Control.USUAL_CARE,
        ours=_("2018 年一项只看青少年的合并分析发现，好的研究太少。我们把它当成帮助，不当成证明。"),
    ),
    Claim(
        key="matching-adults",
        rows=("C7",),
        group=_G,
        who=_("一项成年人的随机对照试验"),
        says=_("按咨询师过去擅长什么来配对，比随机安排好"),
        n=_("48 位咨询师，218 位来访者"),
        paper=Paper.READING,
        design=Design.TRIAL,
        control=Control.CHANCE,
        ours=_("做的是成年人。我们不给少于 15 个案例的咨询师排名。"),
    ),
)
