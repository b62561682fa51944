"""The sections of the coping plan, in the order in which they help."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .practices.kinds import MethodFamily, Source

#: The longest text of one section, in characters: what fits on a printed page.
SECTION_LENGTH = 600

#: What the plan was adapted from, and by whom it was read: nobody yet.
PLAN_SOURCES = (
    Source("Stanley, B. & Brown, G. K.: Safety Planning Intervention", "Cognitive and Behavioral Practice 19(2)", 2012),
    Source("Doing What Matters in Times of Stress: An Illustrated Guide", "World Health Organization", 2020),
)
PLAN_FAMILIES = (MethodFamily.DISTRESS_TOLERANCE, MethodFamily.INTERPERSONAL)


@dataclass(frozen=True, slots=True)
class PlanSection:
    """One part of the plan; `ideas` are words that can be put in by a tap."""

    key: str
    icon: str
    title: str | Promise
    hint: str | Promise
    ideas: tuple[str | Promise, ...] = ()


SECTIONS: tuple[PlanSection, ...] = (
    PlanSection(
        "signs",
        "eye",
        _("我快撑不住的时候，会有这些信号"),
        _("身体的、心里的、做事的样子。越早认出来，越好办。"),
        (_("不想说话"), _("胸口发紧"), _("睡不着"), _("一点小事就想哭"), _("把自己关在房间")),
    ),
    PlanSection(
        "helps",
        "leaf",
        _("我自己能做的，让我好一点的事"),
        _("试过有用的写在最前面。"),
        (_("跟着圆呼吸"), _("用冷水洗把脸"), _("听那张歌单"), _("出门走十分钟"), _("抱着小狗坐一会儿"), _("画乱线")),
    ),
    PlanSection(
        "places",
        "people",
        _("能让我换换心情的人和地方"),
        _("不用谈心事，待在一起就好。"),
        (_("图书馆靠窗的座位"), _("找同桌打球"), _("奶奶家"), _("楼下便利店")),
    ),
    PlanSection(
        "adults",
        "phone",
        _("我可以找的大人，和他们的电话"),
        _("写两三个。第一个打不通，就打下一个。想好一句开头的话。"),
        (_("妈妈："), _("姑姑："), _("班主任："), _("学校心理老师：")),
    ),
    PlanSection(
        "safe",
        "home",
        _("和一个大人一起，让身边更安全"),
        _(
            "请一个大人帮忙，把会让你不安全的东西收好，或者交给 TA 保管一阵子。这里不用写是什么东西，只写请谁、什么时候一起做。"
        ),
        (_("请爸爸今晚一起收"), _("睡觉时房门留一条缝"), _("难受的时候不一个人待着")),
    ),
    PlanSection(
        "hopes",
        "sun",
        _("让我愿意再等一等的人和事"),
        _("很小的也算：等一个更新、答应过谁的事、想去看的地方。"),
        (_("家里的猫在等我"), _("想看明年的海"), _("和好朋友约好的演唱会")),
    ),
)
SECTION_KEYS = tuple(section.key for section in SECTIONS)
