from datetime import date, timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import DutyShift, User
from marketplace.accounts.security.second_step import needs_second_step
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
    password: str | None = PASSWORD,
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
    """One of our own people, on duty now for everything; `duties=[]` for somebody who is not."""
    duties = fields.pop("duties", list(Duty))
    user = make_user(role=Role.STAFF, is_staff=True, **fields)
    return make_on_duty(user, *duties) if duties else user


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


def make_teen(*guardians: User, age: int = 15, password: str = PASSWORD, **fields: Any) -> User:
    """A young person with an account, a login name and a profile (`teen.young_profile`), without phone and e-mail."""
    number = next_number()
    fields = {"nickname": f"青少年{number}", "login_name": f"teen{number}"} | fields
    born_on = fields.pop("born_on", None) or timezone.localdate() - timedelta(days=age * 366)
    teen = User.objects.create_user(role=Role.TEEN, password=password, **fields)
    make_child(*guardians, nickname=teen.nickname, born_on=born_on, account=teen)
    return teen


def make_on_duty(user: User, *duties: Duty) -> User:
    """Give a member of staff these duties (all without any named), with a shift around now."""
    user.duties = [str(duty) for duty in duties or Duty]
    user.save(update_fields=["duties"])
    now = timezone.now()
    for duty in user.duties:
        DutyShift.objects.create(
            user=user, duty=duty, begins_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8)
        )
    return user


def signed_in(user: User, client: Client | None = None, *, second_step: bool = True) -> Client:
    """A browser in which this person has signed in, with the second step taken where their work needs it."""
    client = client or Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if second_step and needs_second_step(user):
        request = HttpRequest()
        request.session, request.user = client.session, user
        record_authentication(request, user, "mfa", type="totp")
        request.session.save()
    return client
