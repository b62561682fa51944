"""What a claim is: somebody else's statement, with all that says how far it can be trusted."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Group(TextChoices):
    """What a claim is about."""

    ASSESSMENT = "assessment", _("测评")
    COMPANION = "companion", _("聊天和自助")
    WARNING = "warning", _("发现危险")
    INTERVENTION = "intervention", _("放松和干预")
    SCHOOL = "school", _("学校里的系统")
    CONTEXT = "context", _("市场、政策和背景")


class Design(TextChoices):
    """How the number came about, as far as we could read."""

    UNKNOWN = "unknown", _("没有说明怎么得来的")
    MAKER = "maker", _("制作方自己报的")
    BEFORE_AFTER = "before_after", _("同一批人前后比较")
    TRIAL = "trial", _("随机对照试验")
    META = "meta", _("多项研究合起来看")
    SURVEY = "survey", _("调查")
    VALIDATION = "validation", _("检验一份量表准不准")
    ESTIMATE = "estimate", _("行业估算")
    POLICY = "policy", _("政策文件")
    DESCRIPTION = "description", _("只是介绍，没有数字")
    PRESS = "press", _("媒体报道")


class Control(TextChoices):
    """What it was compared with."""

    UNKNOWN = "unknown", _("没有说明")
    NONE = "none", _("没有对照")
    WAITING_LIST = "waiting", _("和排队等候的人比")
    USUAL_CARE = "usual", _("和平常的做法比")
    CHANCE = "chance", _("和随机安排比")
    NOT_AN_EFFECT = "other", _("不是效果数字")


class Paper(TextChoices):
    """Where we read it."""

    P000 = "000", _("参考资料 000：职业院校人工智能心理健康教育报告")
    P001 = "001", _("参考资料 001：学校数字心理服务调研报告")
    P002 = "002", _("参考资料 002：高校心理危机干预方案")
    P003 = "003", _("参考资料 003：心理健康服务电商平台方案")
    P004 = "004", _("参考资料 004：智慧学工平台方案")
    READING = "reading", _("我们自己查阅的公开研究")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. `figure` is the number as it was claimed ("" where there is none); `n` how many people, in words.

    `rows` are the rows of our list of requirements that name it, `dated` the year it is about ("" where nobody says),
    `noted_on` the day we wrote it down. `link` only where we are certain of it.
    """

    key: str
    rows: tuple[str, ...]
    group: Group
    who: Words
    says: Words
    paper: Paper
    ours: Words
    figure: Words = ""
    design: Design = Design.UNKNOWN
    n: Words = ""
    control: Control = Control.UNKNOWN
    dated: str = ""
    noted_on: str = "2026-11-22"

    @property
    def is_strong(self) -> bool:
        """Whether it was compared with something: a trial, or several of them taken together."""
        return self.design in (Design.TRIAL, Design.META)
