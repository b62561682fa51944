"""The people who can sign in, their children, and where they work."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_for
from marketplace.accounts.services import accept_agreements
from marketplace.families.enums import Evidence
from marketplace.families.models import Child, Guardianship

from ..data.people import PASSWORD, PEOPLE, DemoChild, DemoPerson
from ..keys import stable_id


def load_people(partners: dict[str, Partner], providers: dict[str, Provider]) -> None:
    """Write the demo people; whoever exists already keeps password, name and children as they are."""
    password = make_password(PASSWORD)
    for person in PEOPLE:
        known_by = {"login_name": person.login_name} if person.login_name else {"phone": person.phone}
        user, is_new = User.objects.get_or_create(**known_by, defaults=_fields(person, password))
        if is_new:
            accept_agreements(user=user, agreements=agreements_for(Role(person.role)))
        for child in person.children:
            _load_child(user, child, person)
        if person.own_profile:
            own = Child.objects.filter(public_id=stable_id("child", person.own_profile), account=None)
            own.update(account=user)
        if person.organisation:
            partners[person.organisation].users.add(user)
        if person.provider:
            Provider.objects.filter(pk=providers[person.provider].pk).update(user=user)


def _fields(person: DemoPerson, password: str) -> dict[str, object]:
    return {
        "public_id": stable_id("user", person.key),
        "email": person.email,
        "nickname": person.nickname,
        "role": person.role,
        "password": password,
        "phone_verified_at": timezone.now() if person.phone else None,
        "is_staff": person.role == Role.STAFF,
        "is_superuser": person.is_lead,
        "duties": list(person.duties),
    }


def _load_child(guardian: User, child: DemoChild, person: DemoPerson) -> None:
    row, _ = Child.objects.get_or_create(
        public_id=stable_id("child", child.key),
        defaults={"nickname": child.nickname, "born_on": born_on(child.age), "school_year": child.school_year},
    )
    how: dict[str, object] = {"relation": person.relation}
    if person.invited_by:
        inviter = User.objects.get(public_id=stable_id("user", person.invited_by))
        how |= {"evidence": Evidence.CONFIRMED_BY_GUARDIAN, "invited_by": inviter}
    Guardianship.objects.get_or_create(guardian=guardian, child=row, defaults=how)


def born_on(age: int) -> date:
    """A birthday some months ago that makes a child this old today."""
    months_ago = timezone.localdate() - timedelta(days=120)
    return months_ago.replace(year=months_ago.year - age, day=min(months_ago.day, 28))
