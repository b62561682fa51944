from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationType(TextChoices):
    CLINIC = "clinic", _("心理咨询机构")
    HOSPITAL = "hospital", _("儿童医院")
    SCHOOL = "school", _("学校")
    COMMUNITY = "community", _("社区")
    MAKER = "maker", _("产品提供方")
