"""Reads about people and the texts they accepted."""

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from . import login_names
from .enums import AgreementKind, Duty, Role
from .models import Agreement, User

#: Where a role's work begins, best first; pages that are not built yet are passed over.
_START_PAGES = {
    Role.PRACTITIONER: ("clinics:day",),
    Role.PARTNER_STAFF: ("clinics:day",),
    Role.STAFF: ("backoffice:questions",),
}
#: Where staff of one duty alone start, if not at the questions.
_DUTY_PAGES = {Duty.FINANCE: "finance:home", Duty.COUNSELLING: "letters:desk"}


def start_page_of(user: User) -> str:
    """Return the path where a person of this role starts."""
    pages = _START_PAGES.get(Role(user.role), ())
    if user.role == Role.STAFF and len(user.duties) == 1:
        pages = (*(page for duty, page in _DUTY_PAGES.items() if duty in user.duties), *pages)
    for name in (*pages, "me"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/"


def user_by_login_name(written: str) -> User | None:
    """Return who has this login name, however it is written, or nobody."""
    name = login_names.login_name(written)
    return User.objects.filter(login_name=name).first() if name else None


def agreements_in_force() -> QuerySet[Agreement]:
    """The newest version of each text that has taken effect, in the order of AgreementKind."""
    return (
        Agreement.objects.filter(effective_at__lte=timezone.now())
        .order_by("kind", "-effective_at", "-pk")
        .distinct("kind")
    )


def agreements_for(role: Role) -> QuerySet[Agreement]:
    """The texts in force that people of a role accept: what guardians agree to for a child, a teen does not."""
    texts = agreements_in_force()
    return texts.exclude(kind=AgreementKind.CHILDREN) if role == Role.TEEN else texts


def agreement_in_force(kind: AgreementKind) -> Agreement | None:
    """The newest version of one text that has taken effect."""
    return agreements_in_force().filter(kind=kind).first()


def agreements_to_accept(user: User) -> list[Agreement]:
    """The texts in force that a person has not accepted in this version."""
    accepted = set(user.agreement_acceptances.values_list("agreement_id", flat=True))
    return [agreement for agreement in agreements_for(Role(user.role)) if agreement.pk not in accepted]
