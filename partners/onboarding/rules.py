"""Who may do what with an application, and what is still missing in it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.duty.selectors import is_on_duty
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.uploads.models import StoredFile

from .credit_codes import is_valid
from .enums import LICENCES, OF_PEOPLE, PaperKind, Step
from .models import Application, Paper
from .requirements import requirements_of

#: The kind of owner our files are kept under.
FILES = "application_paper"
#: Within so many days of being handed in (again) an application is answered.
ANSWER_WITHIN = timedelta(days=7)
REMIND_AFTER = timedelta(days=7)
LAPSE_AFTER = timedelta(days=30)


def is_applicant(user: User, application: Application) -> bool:
    """Return whether an application is this person's own."""
    return application.applicant_id is not None and application.applicant_id == user.pk


def may_read_file(user: User, file: StoredFile) -> bool:
    """Papers open for whoever handed them in, and for our reviewers on duty once they were handed in."""
    paper = Paper.objects.select_related("application").filter(file=file).first()
    if paper is None:
        return False
    if is_applicant(user, paper.application):
        return user.role == Role.PARTNER_STAFF
    return paper.application.version > 0 and user.role == Role.STAFF and is_on_duty(user, Duty.REVIEW)


def missing(application: Application, *, today: date | None = None) -> dict[Step, list[str]]:
    """Return, by step, in sentences, what has to be filled in before it can be handed in; empty when nothing."""
    today = today or timezone.localdate()
    found = {
        Step.ORGANISATION: _missing_of_organisation(application),
        Step.SIGNER: _missing_of_signer(application),
        Step.PAPERS: _missing_papers(application, today),
        Step.PEOPLE: _missing_people(application),
        Step.AGREEMENT: [],
    }
    return {step: sentences for step, sentences in found.items() if sentences}


def _missing_of_organisation(application: Application) -> list[str]:
    faults = []
    if not all([application.name, application.district, application.address, application.public_phone]):
        faults.append(_("机构的全称、区县、地址和公开电话都要填。"))
    if not is_valid(application.credit_code):
        faults.append(_("统一社会信用代码没有填，或者不对。"))
    if not application.introduction:
        faults.append(_("用几句话介绍机构。"))
    return faults


def _missing_of_signer(application: Application) -> list[str]:
    if application.signer_name and application.signer_position and application.signer_phone:
        return []
    return [_("签署人的姓名、职务和手机号都要填。")]


def _missing_papers(application: Application, today: date) -> list[str]:
    needed = requirements_of(application.kind)
    current = list(application.papers.filter(replaced_at=None))
    kinds = {paper.kind for paper in current}
    faults = []
    if not kinds & set(needed.licences):
        names = "、".join(str(kind.label) for kind in needed.licences)
        faults.append(_("还没有上传证照：%(names)s。") % {"names": names})
    faults += [
        _("还没有上传：%(name)s。") % {"name": kind.label}
        for kind in needed.papers
        if kind not in kinds and not (kind == PaperKind.AUTHORISATION and application.is_legal_representative)
    ]
    faults += [
        _("%(name)s已经过期。") % {"name": paper.get_kind_display()}
        for paper in current
        if paper.kind in LICENCES and paper.valid_until_on and paper.valid_until_on < today
    ]
    return faults


def _missing_people(application: Application) -> list[str]:
    people = list(application.people.prefetch_related("papers"))
    if not people:
        return [_("至少填一位提供服务的人员。")] if requirements_of(application.kind).needs_people else []
    return [
        _("%(name)s还没有上传学历或资格证书。") % {"name": person.name}
        for person in people
        if not any(paper.kind in OF_PEOPLE and paper.replaced_at is None for paper in person.papers.all())
    ]
