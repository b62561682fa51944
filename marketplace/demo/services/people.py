"""The people who can sign in, their children, and where they work."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.families.models import Child, Guardianship

from ..data.people import PASSWORD, PEOPLE, DemoChild, DemoPerson
from ..keys import stable_id


def load_people(partners: dict[str, Partner], providers: dict[str, Provider]) -> None:
    """Write the demo people; whoever exists already keeps password, name and children as they are."""
    password = make_password(PASSWORD)
    agreements = list(agreements_in_force())
    for person in PEOPLE:
        user, is_new = User.objects.get_or_create(phone=person.phone, defaults=_fields(person, password))
        if is_new:
            accept_agreements(user=user, agreements=agreements)
        for child in person.children:
            _load_child(user, child, person.relation)
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
        "phone_verified_at": timezone.now(),
        "is_staff": person.role == Role.STAFF,
    }


def _load_child(guardian: User, child: DemoChild, relation: str) -> None:
    row, _ = Child.objects.get_or_create(
        public_id=stable_id("child", child.key),
        defaults={"nickname": child.nickname, "born_on": born_on(child.age), "school_year": child.school_year},
    )
    Guardianship.objects.get_or_create(guardian=guardian, child=row, defaults={"relation": relation})


def born_on(age: int) -> date:
    """A birthday some months ago that makes a child this old today."""
    months_ago = timezone.localdate() - timedelta(days=120)
    return months_ago.replace(year=months_ago.year - age, day=min(months_ago.day, 28))
