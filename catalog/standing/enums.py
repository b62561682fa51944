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


class WithholdingKind(TextChoices):
    """Why somebody's offer is stopped by those who watch over the trade."""

    VETO = "veto", _("伦理否决")
    BLACKLIST = "blacklist", _("行业黑名单")


class AppealState(TextChoices):
    """How far an appeal against a decision has come."""

    NONE = "none", _("没有申诉")
    OPEN = "open", _("申诉中")
    UPHELD = "upheld", _("维持原决定")
    GRANTED = "granted", _("申诉成立，已撤销")


class EntrySource(TextChoices):
    """How a name came onto a blacklist."""

    PAGE = "page", _("页面填写")
    FILE = "file", _("表格导入")
    API = "api", _("接口推送")


class Answer(TextChoices):
    """What an assessor found about one point of the checklist."""

    YES = "yes", _("做到")
    PARTLY = "partly", _("部分做到")
    NO = "no", _("没有做到")


class AssessmentResult(TextChoices):
    """What an assessment comes to."""

    MEETS = "meets", _("符合")
    PARTLY = "partly", _("基本符合，有要改进的")
    FAILS = "fails", _("不符合")


class Stance(TextChoices):
    """What an association says to a version of the standards."""

    AGREES = "agrees", _("同意")
    CHANGES = "changes", _("建议修改")
    OBJECTS = "objects", _("不同意")
