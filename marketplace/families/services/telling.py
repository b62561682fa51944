"""Messages about a family. Neutral: a glance at a locked phone tells nothing of whom or what."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.notifications.services import notify

from ..models import Child
from ..selectors import guardians_of


def tell(people: Iterable[Any], *, key: str, subject: str, body: str) -> None:
    """Tell each of these people once; joins the caller's transaction."""
    for person in {person.pk: person for person in people if person is not None}.values():
        notify(key=f"{key}:{person.pk}", recipient=person, subject=subject, body=body, url=reverse("family:children"))


def tell_family_changed(people: Iterable[Any], *, key: str) -> None:
    """Tell people that somebody joined or left their family here; who, they see after signing in."""
    body = _("你在心桥的家庭有变化，登录后可以查看。")
    tell(people, key=f"family:{key}", subject=_("家庭有变化"), body=body)


def everybody_of(child: Child) -> list[Any]:
    """Return a child's guardians in force and the child's own account, if there is one."""
    return [guardianship.guardian for guardianship in guardians_of(child)] + [child.account]
