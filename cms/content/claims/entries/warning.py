"""Claims about finding danger early."""

from django.utils.translation import gettext_lazy as _

from ..entry import Claim, Control, Design, Group, Paper

_G = Group.WARNING

CLAIMS = (
    Claim(
        key="tree-hole-rescue",
        rows=("MON-26",),
        group=_G,
        who=_("“树洞救援”（与阿姆斯特丹自由大学有关）"),
        says=_("机器读网上的留言，按危险分级，志愿者去救"),
        figure=_("到 2025 年拦下近 1000 起，救下 700 多人"),
        n=_("独立报道：分 1 到 10 级，5 级以上跟进，起初是 7 级"),
        paper=Paper.P000,
        design=Design.PRESS,
        control=Control.NONE,
        dated="2025",
        ours=_("没有办法知道没有它会怎样。据报道，第一次救援没有救回来，也有家长不愿被告知；我们按两种可能来设计。"),
    ),
    Claim(
        key="three-in-one",
        rows=("MON-27",),
        group=_G,
        who=_("北京大学“三位一体”大数据"),
        says=_("成长线、科研线、家校线，人人有档案"),
        figure=_("危机事件减少 30%"),
        paper=Paper.P000,
        design=Design.BEFORE_AFTER,
        control=Control.NONE,
        ours=_("少了，不等于是它让它少的。我们不给每个人建档案。"),
    ),
    Claim(
        key="sci-tech-warning",
        rows=("MON-28",),
        group=_G,
        who=_("浙江理工大学"),
        says=_("学业和考勤预警，工作人员实时看到干预流程"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("没有数字可以引用。"),
    ),
    Claim(
        key="zhejiang-normal",
        rows=("MON-29",),
        group=_G,
        who=_("浙江师范大学"),
        says=_("“风险累积—积极支持”的危机模型，不打扰地收集信息"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("我们赞成把支持也算进去；不赞成悄悄收集。"),
    ),
    Claim(
        key="simsensei-lianxin",
        rows=("MON-30",),
        group=_G,
        who=_("南加州大学 SimSensei、连心云"),
        says=_("预测疾病和抑郁的说话方式；数据平台"),
        figure=_("连心云有 1200 万用户"),
        paper=Paper.P001,
        design=Design.MAKER,
        control=Control.NOT_AN_EFFECT,
        ours=_("用户多，说明不了准不准。"),
    ),
    Claim(
        key="occfighter",
        rows=("MON-31",),
        group=_G,
        who=_("英国 Occfighter（可能是 OC Fighter）"),
        says=_("电话语音系统带着做练习"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("以后也许给不用智能手机的人做电话版。"),
    ),
)
