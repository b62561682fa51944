"""Concerns, and the people who look after them."""

from typing import Any
from uuid import uuid4

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.services import acknowledge, open_concern
from marketplace.safeguarding.enums import Kind, Level, Source

from .people import make_child, make_staff, make_user


def make_keeper(**fields: Any) -> User:
    """One of our people, on safety duty now."""
    return make_staff(duties=[Duty.SAFETY], **fields)


def make_sleeper(**fields: Any) -> User:
    """One of our people with safety duty and no shift now."""
    user = make_staff(duties=[], **fields)
    user.duties = [Duty.SAFETY.value]
    user.save(update_fields=["duties"])
    return user


def make_lead(**fields: Any) -> User:
    """A lead without a duty."""
    return make_staff(duties=[], is_superuser=True, **fields)


def make_concern(*, child: Child | None = None, by: User | None = None, **fields: Any) -> Concern:
    """An open concern about a child (a new one unless named); taken on by somebody where named."""
    words = {"kind": Kind.SELF_HARM, "level": Level.CONCERN, "source": Source.INTAKE, "ref": str(uuid4())} | fields
    about = {"author": words.pop("author", None), "child": child}
    if about["author"] is None and child is None:
        about["child"] = make_child(make_user())
    concern = open_concern(**words, **about)
    return acknowledge(public_id=concern.public_id, by=by) if by else concern
