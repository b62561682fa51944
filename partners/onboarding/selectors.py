"""Reads of onboarding."""

from datetime import datetime
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from .enums import LIVING_STATES, ApplicationState
from .models import Agreement, Application, Paper, Question

#: What most names of organisations share, and which therefore says nothing.
_COMMON = (
    "有限责任公司",
    "有限公司",
    "股份",
    "工作室",
    "咨询中心",
    "服务中心",
    "中心",
    "心理",
    "咨询",
    "市",
    "区",
    "（",
    "）",
    "(",
    ")",
)
_ALIKE = 0.8


def applications_of(user: User) -> QuerySet[Application]:
    """What somebody applied for, the latest first."""
    return Application.objects.filter(applicant=user).select_related("partner")


def queue(*, now: datetime | None = None) -> QuerySet[Application]:
    """What waits for one of our reviewers, the nearest end of its clock first."""
    waiting = (ApplicationState.WAITING, ApplicationState.PROPOSED)
    return Application.objects.filter(state__in=waiting).select_related("taken_by", "proposed_by").order_by("answer_by")


def questioned() -> QuerySet[Application]:
    """What waits for the organisation."""
    return Application.objects.filter(state=ApplicationState.QUESTIONED).order_by("asked_at")


def decided() -> QuerySet[Application]:
    """What is over, the latest first."""
    over = (ApplicationState.APPROVED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN)
    return Application.objects.filter(state__in=over, version__gte=1).order_by("-decided_at", "-pk")


def overdue(*, now: datetime | None = None) -> QuerySet[Application]:
    """What should have been answered by now."""
    return queue().filter(answer_by__lt=now or timezone.now())


def current_papers(application: Application) -> QuerySet[Paper]:
    """The papers that count, with their files and people."""
    return application.papers.filter(replaced_at=None).select_related("file", "person")


def open_questions(application: Application) -> QuerySet[Question]:
    """What the organisation was asked and has not answered."""
    return application.questions.filter(answered_at=None)


def register_of_agreements() -> QuerySet[Agreement]:
    """Every agreement both sides signed, the latest first."""
    signed = Agreement.objects.exclude(countersigned_at=None)
    return signed.select_related("partner", "text", "countersigned_by").order_by("-countersigned_at")


def agreements_in_force() -> QuerySet[Agreement]:
    """The agreements that count now, with their texts: for those who oversee."""
    return register_of_agreements().filter(ended_at=None)


def alike_names(application: Application) -> list[str]:
    """Organisations whose names look like this one's: perhaps the same one twice, perhaps somebody who borrows a name.

    Only our reviewers see it: an applicant would learn who else applies.
    """
    own = _core(application.name)
    if not own:
        return []
    others = Application.objects.filter(state__in=LIVING_STATES).exclude(pk=application.pk)
    partners = Partner.objects.exclude(application=application)
    names = {*partners.values_list("name", flat=True)}
    names |= {*others.values_list("name", flat=True)}
    return sorted(name for name in names if _alike(own, _core(name)))


def _core(name: str) -> str:
    core = "".join(name.split())
    for common in _COMMON:
        core = core.replace(common, "")
    return core or "".join(name.split())


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one or SequenceMatcher(None, one, other).ratio() >= _ALIKE)


def with_unanswered(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Say of each whether a question of ours is open."""
    unanswered = Question.objects.filter(application=OuterRef("pk"), answered_at=None)
    return applications.annotate(is_asked=Exists(unanswered))
