from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportKind(TextChoices):
    """What is reported, once for each week or month, and signed."""

    WEEK = "week", _("每周供需")
    FAIRNESS = "fairness", _("每周曝光公平")
    MEETING = "meeting", _("每月联席会议材料")
    AUDIT = "audit", _("每月安全审计报告")
    REVENUE = "revenue", _("青少年服务收入")


#: Reported for weeks from Monday on; the others for months.
WEEKLY = (ReportKind.WEEK, ReportKind.FAIRNESS)


class Party(TextChoices):
    """Who stands in an agreement of four."""

    GOVERNMENT = "government", _("政府部门")
    FIRM = "firm", _("心桥")
    UNIVERSITY = "university", _("高校")
    ASSOCIATION = "association", _("行业协会")
