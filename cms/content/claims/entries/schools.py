"""Claims about systems in schools."""

from django.utils.translation import gettext_lazy as _

from ..entry import Claim, Control, Design, Group, Paper

_G = Group.SCHOOL

CLAIMS = (
    Claim(
        key="xinyutong",
        rows=("CP-06", "EDU-08"),
        group=_G,
        who=_("“心育通”（厦门翔平、漳州龙文的学校在用）"),
        says=_("看学习和情绪的状态来选服务和内容：测评、预防、干预"),
        figure=_("3 个系统，9 项功能"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("功能的数目说明不了效果。"),
    ),
    Claim(
        key="zhuji",
        rows=("EDU-09",),
        group=_G,
        who=_("诸暨“智慧心育”“诸有心育”"),
        says=_("平台加热线和咨询室，线上线下一起"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("没有数字可以引用。"),
    ),
    Claim(
        key="small-schools",
        rows=("EDU-10",),
        group=_G,
        who=_("三明农业学校、西安新北城小学"),
        says=_("线上咨询加测评"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("没有数字可以引用。"),
    ),
    Claim(
        key="graded-portrait",
        rows=("EDU-04",),
        group=_G,
        who=_("同类平台"),
        says=_("给数据分级、画像，再推荐服务"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("我们给数据分级来保护它；推荐的理由看得见、可以删。"),
    ),
    Claim(
        key="eleven-indicators",
        rows=("EDU-11",),
        group=_G,
        who=_("浙江省的平台评价标准"),
        says=_("用指标来评价心理服务平台"),
        figure=_("11 项指标"),
        paper=Paper.P001,
        design=Design.POLICY,
        control=Control.NOT_AN_EFFECT,
        ours=_("可以拿来自查；合不合标准由评的人说。"),
    ),
    Claim(
        key="data-silos",
        rows=("EDU-14",),
        group=_G,
        who=_("危机干预方案的作者"),
        says=_("教务和后勤的数据各管各的，连不起来"),
        paper=Paper.P002,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("连不起来有时是保护。没有依据的数据我们不要。"),
    ),
    Claim(
        key="campus-makers",
        rows=("EDU-19",),
        group=_G,
        who=_("好欣晴、望里科技等公司"),
        says=_("也在做校园产品"),
        paper=Paper.P001,
        design=Design.DESCRIPTION,
        control=Control.NOT_AN_EFFECT,
        ours=_("只是说有人在做，没有说效果。"),
    ),
)
