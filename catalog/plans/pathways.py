"""The templates of pathways. Their words are a beginning: whoever writes the plan makes them the family's own."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.waitlist.rules import MIDDLE_PATHWAY_WITHIN

from .enums import Pathway


@dataclass(frozen=True)
class StepTemplate:
    """A step; `within` asks for a session, with a time on offer in so many days; `review_after` is looked at then."""

    text: str | Promise
    within: timedelta | None = None
    review_after: timedelta | None = None


@dataclass(frozen=True)
class PathwayTemplate:
    """What a plan of a pathway begins with."""

    pathway: Pathway
    title: str | Promise
    goals: tuple[str | Promise, ...]
    steps: tuple[StepTemplate, ...]
    review_after: timedelta


#: Middle risk: one-to-one with a plan by a professional, a time on offer within seven days (INT-08).
MIDDLE = PathwayTemplate(
    pathway=Pathway.MIDDLE,
    title=_("一对一支持计划"),
    goals=(_("一起弄清楚现在最难的是什么"), _("找到两三个难受的时候能用的办法")),
    steps=(
        StepTemplate(_("第一次一对一见面"), within=MIDDLE_PATHWAY_WITHIN),
        StepTemplate(_("第一次见面之后，把目标改成自己的话"), review_after=timedelta(weeks=2)),
        StepTemplate(_("每周见一次面，先见四次"), review_after=timedelta(weeks=4)),
        StepTemplate(_("四周以后一起回看：哪里好些了，接下来怎么走"), review_after=timedelta(weeks=5)),
    ),
    review_after=timedelta(weeks=5),
)
