"""Getting onto a waiting list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from catalog.basket.errors import GuardianPays
from catalog.basket.offers import current_offer
from catalog.scheduling.enums import Mode
from catalog.scheduling.errors import NotYourChild, SlotNotOffered
from catalog.scheduling.locks import lock_children, lock_family
from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.retry import retried
from marketplace.accounts.models import User
from marketplace.families.models import Child
from payments.requests.rules import may_fill_a_basket

from ..enums import LIVE_ENTRY_STATES
from ..errors import AlreadyWaiting, NobodyNamed, NoGuardianSeat, NotThisWay, NotTogether, TooManyEntries
from ..models import WaitlistEntry
from ..rules import MAX_ENTRIES, MOST_CHILDREN, could_suit, is_group
from .offering import set_offering_going


@dataclass(frozen=True, slots=True)
class Preference:
    """When and how it suits; what is empty leaves all open. The times enclose the whole session, in Shanghai time."""

    modes: Sequence[Mode | str] = ()
    weekdays: Sequence[int] = ()
    from_time: time | None = None
    to_time: time | None = None
    from_on: date | None = None
    to_on: date | None = None


@retried
@transaction.atomic(durable=True)
def join_waitlist(
    *,
    service: HealthcareService,
    joined_by: User,
    children: Collection[Child],
    preference: Preference | None = None,
    provider: Provider | None = None,
    with_guardian: bool = False,
    needed_by: date | None = None,
    now: datetime | None = None,
) -> WaitlistEntry:
    """Wait for a time of a service (of `provider`, or of anybody), for one child or for several who come together.

    A time that suits and is free already is offered at once. `needed_by` is a pathway's word, never the family's: the day
    by which they are to be seen.

    Raises:
        NobodyNamed, NotYourChild, GuardianPays: not for these children, or not by this person.
        NotThisWay, NotTogether, NoGuardianSeat, SlotNotOffered: no session could ever suit.
        AlreadyWaiting, TooManyEntries; NotForSale, NotYetForSale.
    """
    now, preference = now or timezone.now(), preference or Preference()
    _refuse_impossible(service, provider, children, preference, with_guardian, timezone.localdate(now))
    if not may_fill_a_basket(joined_by):
        raise GuardianPays
    current_offer(service.product)
    _lock_families(joined_by, children)
    _refuse_twice(service, joined_by, children, is_promised=needed_by is not None)
    entry = WaitlistEntry.objects.create(
        service=service,
        provider=provider,
        joined_by=joined_by,
        with_guardian=with_guardian,
        modes=[mode for mode in service.modes if not preference.modes or mode in preference.modes],
        weekdays=sorted(set(preference.weekdays)),
        from_time=preference.from_time,
        to_time=preference.to_time,
        from_on=preference.from_on,
        to_on=preference.to_on,
        needed_by=needed_by,
        joined_at=now,
    )
    entry.children.set(children)
    transaction.on_commit(lambda: set_offering_going(service_ids=[service.pk]), robust=True)
    return entry


def _refuse_impossible(
    service: HealthcareService,
    provider: Provider | None,
    children: Collection[Child],
    preference: Preference,
    with_guardian: bool,
    today: date,
) -> None:
    if not 1 <= len(children) <= MOST_CHILDREN:
        raise NobodyNamed
    if provider is not None and not service.providers.filter(pk=provider.pk, is_active=True).exists():
        raise SlotNotOffered
    if not is_group(service) and provider is not None and len(children) > 1:
        raise NotTogether
    if with_guardian and not (is_group(service) and service.admits_guardian):
        raise NoGuardianSeat
    begin, end = preference.from_on or today, preference.to_on or date.max
    fits_a_day = could_suit(service, from_time=preference.from_time, to_time=preference.to_time)
    if not (fits_a_day and max(begin, today) <= end and _modes_in_common(service, preference)):
        raise NotThisWay


def _modes_in_common(service: HealthcareService, preference: Preference) -> bool:
    return not preference.modes or any(mode in service.modes for mode in preference.modes)


def _lock_families(joined_by: User, children: Collection[Child]) -> None:
    """Lock the children and who joins: the same child twice, or one list too many, waits for us."""
    lock_children({child.pk for child in children})
    for child in sorted(children, key=lambda child: child.pk):
        if not lock_family(person_id=joined_by.pk, child_id=child.pk):
            raise NotYourChild


def _refuse_twice(
    service: HealthcareService, joined_by: User, children: Collection[Child], *, is_promised: bool
) -> None:
    """One place for a child; and few for a person, unless a pathway needs one more."""
    live = WaitlistEntry.objects.filter(state__in=LIVE_ENTRY_STATES)
    if live.filter(service=service, children__in=children).exists():
        raise AlreadyWaiting
    if not is_promised and live.filter(joined_by=joined_by).count() >= MAX_ENTRIES:
        raise TooManyEntries
