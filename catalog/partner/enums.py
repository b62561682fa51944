from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationType(TextChoices):
    CLINIC = "clinic", _("心理咨询机构")
    HOSPITAL = "hospital", _("儿童医院")
    SCHOOL = "school", _("学校")
    COMMUNITY = "community", _("社区")
    MAKER = "maker", _("产品提供方")
    ASSOCIATION = "association", _("行业协会")


class TeamRole(TextChoices):
    """What somebody does in an organisation's team; a manager may do what all others may."""

    MANAGER = "manager", _("负责人")
    DESK = "desk", _("前台")
    FINANCE = "finance", _("财务")
    CARER = "carer", _("咨询师或医生")
    WORKER = "worker", _("社区工作者")
