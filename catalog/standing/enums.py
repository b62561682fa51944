"""What may be said about somebody's standing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LicenceKind(TextChoices):
    """What an organisation is allowed to do, and who allowed it. The kind decides what it may sell."""

    BUSINESS = "business", _("营业执照")
    MEDICAL = "medical", _("医疗机构执业许可证")
    SCHOOL = "school", _("办学许可或事业单位法人证书")
    SOCIAL = "social", _("社会团体法人登记证书")
    COMMUNITY = "community", _("基层群众性自治组织证书")
