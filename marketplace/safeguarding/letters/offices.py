"""Who answers letters: offices that register themselves. Ours is always there; schools' are registered from above.

An office is a kind ("ours", "school"); a key names one of them ("ours", "school:<public id>") and stands in a thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.duty.selectors import is_on_duty, people_with
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.families.models import Child

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Choice:
    """One place a writer can send a letter to."""

    key: str
    label: str | Promise
    sentence: str | Promise


class LetterOffice(Protocol):
    """People who answer letters together."""

    kind: str

    def choices_for(self, writer: User, child: Child | None) -> Sequence[Choice]:
        """Where this writer can send a letter, if anywhere; `child` is the writer's own profile."""
        ...

    def keys_answered_by(self, user: User, now: datetime) -> frozenset[str]:
        """Whose letters this person may read and answer at this moment; empty for everybody else."""
        ...

    def answerers(self, key: str) -> Sequence[User]:
        """Everybody who answers there, on duty or not: whom a letter can be handed to, and whom we remind."""
        ...

    def leads(self, key: str) -> Sequence[User]:
        """Who is told when a letter was not answered in time."""
        ...


_offices: dict[str, LetterOffice] = {}


def register_letter_office(office: LetterOffice) -> None:
    """Add an office; call from AppConfig.ready(). Registering a kind again replaces it."""
    _offices[office.kind] = office


def choices_for(writer: User, child: Child | None) -> list[Choice]:
    """Return every place a writer can send a letter to, ours first."""
    return [choice for office in _offices.values() for choice in office.choices_for(writer, child)]


def keys_answered_by(user: User, now: datetime) -> frozenset[str]:
    """Return whose letters a person may read and answer at this moment."""
    return frozenset(key for office in _offices.values() for key in office.keys_answered_by(user, now))


def answerers(key: str) -> list[User]:
    """Return everybody who answers at an office; nobody where it is gone."""
    office = _office_of(key)
    return list(office.answerers(key)) if office else []


def leads(key: str) -> list[User]:
    """Return who leads an office; our own leads where it is gone, so that no letter is lost."""
    office = _office_of(key) or _offices[OURS]
    return list(office.leads(key))


def _office_of(key: str) -> LetterOffice | None:
    return _offices.get(key.partition(":")[0])


class OurOffice:
    """Our own counsellors: staff whose duty is answering, while they are on it."""

    kind = OURS

    def choices_for(self, writer: User, child: Child | None) -> Sequence[Choice]:
        """Everybody can write to us."""
        return [Choice(OURS, _("心桥的咨询师"), _("和学校、家里都没有关系的大人，48 小时内回信"))]

    def keys_answered_by(self, user: User, now: datetime) -> frozenset[str]:
        """Ours, while on duty."""
        is_answering = user.is_active and user.role == Role.STAFF and is_on_duty(user, Duty.COUNSELLING, now)
        return frozenset({OURS}) if is_answering else frozenset()

    def answerers(self, key: str) -> Sequence[User]:
        """Our staff with the duty."""
        return list(people_with(Duty.COUNSELLING).order_by("nickname", "pk"))

    def leads(self, key: str) -> Sequence[User]:
        """Who leads our staff."""
        return list(User.objects.filter(role=Role.STAFF, is_superuser=True, is_active=True).order_by("pk"))


def register_our_office() -> None:
    """Open our own office, before any other."""
    register_letter_office(OurOffice())
