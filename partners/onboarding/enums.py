"""The words of onboarding."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("填写中")
    WAITING = "waiting", _("等待审核")
    QUESTIONED = "questioned", _("等您补充")
    PROPOSED = "proposed", _("等待复核")
    APPROVED = "approved", _("已通过")
    DECLINED = "declined", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


#: The applicant may change it.
OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.QUESTIONED)
#: Our reviewers have it, or it was let in: nobody else may apply for the same organisation.
LIVING_STATES = (
    ApplicationState.WAITING,
    ApplicationState.QUESTIONED,
    ApplicationState.PROPOSED,
    ApplicationState.APPROVED,
)
ENDED_STATES = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


class Step(TextChoices):
    """The steps of applying, in order."""

    ORGANISATION = "organisation", _("机构")
    SIGNER = "signer", _("签署人")
    PAPERS = "papers", _("材料")
    PEOPLE = "people", _("人员")
    AGREEMENT = "agreement", _("协议")


class PaperKind(TextChoices):
    """What a paper shows. The first five are licences, by the words of catalog.standing."""

    BUSINESS = "business", _("营业执照")
    MEDICAL = "medical", _("医疗机构执业许可证")
    SCHOOL = "school", _("办学许可或事业单位法人证书")
    SOCIAL = "social", _("社会团体法人登记证书")
    COMMUNITY = "community", _("基层群众性自治组织证书")
    AUTHORISATION = "authorised", _("签署人的授权书（盖章）")
    CHILD_SAFETY = "child_safe", _("未成年人保护制度")
    QUALIFICATION = "qualified", _("人员的学历或资格证书")
    REGISTRATION = "registered", _("人员的行业注册证明")
    OTHER = "other", _("其他说明")


LICENCES = (PaperKind.BUSINESS, PaperKind.MEDICAL, PaperKind.SCHOOL, PaperKind.SOCIAL, PaperKind.COMMUNITY)
OF_PEOPLE = (PaperKind.QUALIFICATION, PaperKind.REGISTRATION)


class CheckResult(TextChoices):
    """What a reviewer found."""

    OK = "ok", _("符合")
    NOT_OK = "not_ok", _("不符合")
    NOT_NEEDED = "not_needed", _("不适用")


class EventKind(TextChoices):
    """What happened with an application."""

    SUBMITTED = "submitted", _("提交")
    TAKEN = "taken", _("开始审核")
    ASKED = "asked", _("请机构补充")
    PROPOSED = "proposed", _("提出审核意见")
    SENT_BACK = "sent_back", _("复核退回")
    APPROVED = "approved", _("复核通过，已开通")
    DECLINED = "declined", _("复核通过，不予入驻")
    WITHDRAWN = "withdrawn", _("机构撤回")
    LAPSED = "lapsed", _("长时间没有补充，自动结束")


class DutyOwner(TextChoices):
    """Who answers for a duty of the agreement between the four sides."""

    PARTNER = "partner", _("机构")
    PLATFORM = "platform", _("心桥")
    ASSOCIATION = "association", _("行业协会")
    UNIVERSITY = "university", _("高校")
    AUTHORITY = "authority", _("主管部门")
