"""What the desk reads about a concern: the texts where they live, and who it is. Every look is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.families.age_rules import rules_on
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of

from .. import drills, rules
from ..contexts import Context, context_of
from ..enums import Sealed
from ..errors import NothingSealed, NotOnDuty, StillSealed
from ..models import Concern, ConcernEvent
from ..people import Person, linked_person
from ..selectors import is_keeper_now, written_texts


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text behind a concern: `context` is None where it is gone or cannot be read here."""

    event: ConcernEvent
    context: Context | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call; `phone` in E.164, empty where none is known."""

    relation: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """Who a concern is about, as far as the viewer may know it."""

    known_as: str
    is_child: bool
    contacts: Sequence[Contact]
    closed: str = ""


def read_texts(*, concern: Concern, viewer: User, now: datetime | None = None) -> list[ReadText]:
    """Return the texts behind a concern, the latest first, and write the look down. Raises NotOnDuty."""
    now = now or timezone.now()
    _check_duty(viewer, now)
    events = written_texts(concern)
    record_look(concern, viewer, events=events)
    return [ReadText(event, _context(concern, event)) for event in events]


def record_look(
    concern: Concern, viewer: User, *, events: list[ConcernEvent] | None = None, action: Action = Action.READ
) -> None:
    """Write down that somebody saw (or changed) a concern: about the person where their name is known to the desk.

    Of somebody who writes without a name the record names the concern alone: a record must not link what two people
    have to open.
    """
    events = written_texts(concern) if events is None else events
    is_open = not rules.is_nameless(events) and not concern.is_drill
    person_id = linked_person(concern).public_id if is_open else None
    record_access(
        actor=viewer,
        subject_id=person_id or concern.public_id,
        items=[DataItem.CONCERN],
        purpose=Purpose.SAFETY,
        reason=Reason.DUTY,
        actor_label=kept_label("心桥", Duty.SAFETY.label),
        records=[concern.public_id],
        action=action,
    )


def decides_alone(concern: Concern, now: datetime | None = None) -> bool | None:
    """Return whether whom a concern is about is 14 or older, and nothing more of them; None where nobody knows."""
    child = linked_person(concern).child if concern.link else None
    if child is None:
        return None
    return rules_on(child.born_on, timezone.localdate(now)).decides_alone


def open_person(*, concern: Concern, viewer: User, now: datetime | None = None) -> PersonSheet:
    """Return who a concern is about and whom to call, and write the look down.

    Raises:
        NotOnDuty: not on safety duty now.
        NothingSealed: it is about nobody we know.
        StillSealed: it was written without a name, and no two people opened it in the last 72 hours.
    """
    now = now or timezone.now()
    _check_duty(viewer, now)
    person = linked_person(concern)
    if person.public_id is None:
        raise NothingSealed
    if rules.is_nameless(written_texts(concern)) and not is_unsealed(concern, Sealed.PERSON, now):
        raise StillSealed
    if person.child:
        return _child_sheet(person.child, viewer, now)
    return _account_sheet(concern, person, viewer)


def is_unsealed(concern: Concern, what: Sealed, now: datetime) -> bool:
    """Return whether two people opened an identity in the last 72 hours."""
    since = now - rules.OPEN_FOR
    return concern.unsealings.filter(what=what, is_granted=True, decided_at__gt=since).exists()


def _context(concern: Concern, event: ConcernEvent) -> Context | None:
    if not concern.is_drill:
        return context_of(event.source, event.ref)
    scenario = drills.SCENARIOS.get(event.ref)
    return Context(str(scenario.text), event.at, _("演练用的假想内容")) if scenario else None


def _child_sheet(child: Child, viewer: User, now: datetime) -> PersonSheet:
    items = [DataItem.PROFILE, DataItem.CONTACT]
    seen = look(viewer=viewer, children=[child], items=items, purpose=Purpose.SAFETY, now=now)
    may_call = seen.may_see(child, DataItem.CONTACT)
    return PersonSheet(
        known_as=child.nickname if seen.may_see(child, DataItem.PROFILE) else "",
        is_child=True,
        contacts=_contacts(child) if may_call else (),
        closed="" if may_call else str(may_call.sentence),
    )


def _account_sheet(concern: Concern, person: Person, viewer: User) -> PersonSheet:
    assert person.user
    record_look(concern, viewer)
    own = Contact(_("本人"), person.user.nickname, person.user.phone or "")
    return PersonSheet(known_as=str(person.user), is_child=False, contacts=(own,))


def _contacts(child: Child) -> list[Contact]:
    own = [Contact(_("本人"), child.nickname, child.account.phone or "")] if child.account else []
    family = [
        Contact(str(each.get_relation_display()), each.guardian.nickname, each.guardian.phone or "")
        for each in guardians_of(child)
    ]
    return own + family


def _check_duty(viewer: User, now: datetime) -> None:
    if not is_keeper_now(viewer, now):
        raise NotOnDuty
