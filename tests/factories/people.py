from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.families.enums import Relation
from marketplace.families.models import Child, Guardianship

from .counting import next_number

PASSWORD = "paper-boat-on-the-lake"


def make_user(
    *,
    phone: str | None = None,
    email: str | None = None,
    nickname: str = "",
    role: Role = Role.FAMILY,
    password: str = PASSWORD,
    **fields: Any,
) -> User:
    """A person who may sign in with a verified phone (an unused one unless named)."""
    number = next_number()
    phone = phone or f"+86139{number:08d}"
    fields.setdefault("phone_verified_at", timezone.now())
    return User.objects.create_user(
        phone=phone, email=email, nickname=nickname or f"用户{number}", role=role, password=password, **fields
    )


def make_staff(**fields: Any) -> User:
    """One of our own people."""
    return make_user(role=Role.STAFF, is_staff=True, **fields)


def make_partner_staff(partner: Partner, **fields: Any) -> User:
    """Someone who works for a partner, and may see its portal."""
    user = make_user(role=Role.PARTNER_STAFF, **fields)
    partner.users.add(user)
    return user


def make_child(
    *guardians: User,
    nickname: str = "",
    born_on: date | None = None,
    relation: Relation = Relation.MOTHER,
    **fields: Any,
) -> Child:
    """A child of 14 (unless born otherwise), cared for by the guardians given."""
    child = Child.objects.create(
        nickname=nickname or f"孩子{next_number()}",
        born_on=born_on or date(timezone.localdate().year - 14, 1, 1),
        **fields,
    )
    for guardian in guardians:
        Guardianship.objects.create(guardian=guardian, child=child, relation=relation)
    return child


def make_parent(*, children: int = 1, **fields: Any) -> User:
    """A parent with so many children (`parent.children.all()`)."""
    parent = make_user(**fields)
    for _ in range(children):
        make_child(parent)
    return parent


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
