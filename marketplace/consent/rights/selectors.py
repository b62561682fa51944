"""Reads of data rights: whom a person may ask about, what was asked, what an erasure would do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.retention.selectors import held_among
from marketplace.families.models import Child, Guardianship

from .enums import OPEN_STATES, RequestKind, RequestState, Scope
from .models import Correction, DataRequest, ErasureCertificate
from .registry import ErasureOutcome, Obstacle, Subject, erasure_order, subject_data
from .rules import guardian_scope, is_asker, own_scope


@dataclass(frozen=True)
class Person:
    """Somebody a visitor may ask about: themselves, or a child they care for."""

    subject: Subject
    name: str
    is_self: bool
    scopes: dict[RequestKind, Scope | None]
    open: dict[RequestKind, DataRequest] = field(default_factory=dict)
    copies: list[DataRequest] = field(default_factory=list)
    """Finished copies that can still be fetched by this visitor."""

    @property
    def id(self) -> UUID:
        """What the pages' addresses name them by."""
        return self.subject.id

    @property
    def may_ask(self) -> bool:
        """Whether anything at all may be asked."""
        return any(self.scopes.values())

    @property
    def sees_bookings_only(self) -> bool:
        """A copy would hold bookings and bills alone."""
        return self.scopes[RequestKind.EXPORT] == Scope.BOOKINGS_AND_BILLS

    def asked(self, kind: RequestKind) -> Subject:
        """The subject as this kind of request may see it."""
        scope = self.scopes[kind] or Scope.BOOKINGS_AND_BILLS
        return Subject(user=self.subject.user, child=self.subject.child, scope=scope, asked_by=self.subject.asked_by)


def people_of(user: User) -> list[Person]:
    """Whom this person may ask about, themselves first, with the requests that are open; in constant queries."""
    people = [_oneself(user), *(_child_of(user, each) for each in _guardianships(user))]
    requests = DataRequest.objects.filter(subject_id__in=[person.id for person in people]).filter(
        Q(state__in=OPEN_STATES)
        | Q(state=RequestState.DONE, kind=RequestKind.EXPORT, file__expires_at__gt=timezone.now())
    )
    for request in requests.select_related("file").defer("file__content").order_by("-asked_at"):
        for person in people:
            if person.id == request.subject_id:
                _sort_in(person, request, user)
    return people


def _sort_in(person: Person, request: DataRequest, user: User) -> None:
    kind = RequestKind(request.kind)
    if not (is_asker(user, request.asked_by_id) or person.scopes[kind] == Scope.FULL):
        return
    if request.is_open:
        person.open[kind] = request
    elif is_asker(user, request.asked_by_id):
        person.copies.append(request)


def _guardianships(user: User) -> "QuerySet[Guardianship]":
    in_force = Guardianship.objects.in_force().filter(guardian=user)
    return in_force.select_related("child__account").order_by("child__created_at", "pk")


def _oneself(user: User) -> Person:
    own = Child.objects.filter(account=user).first()
    scope = own_scope(own)
    subject = Subject(user=user, child=own, asked_by=user)
    return Person(subject, str(user), True, dict.fromkeys(RequestKind, scope))


def _child_of(user: User, guardianship: Guardianship) -> Person:
    child = guardianship.child
    scopes = {kind: guardian_scope(guardianship, child, kind) for kind in RequestKind}
    return Person(Subject(user=child.account, child=child, asked_by=user), child.nickname, False, scopes)


def person_for(user: User, subject_id: UUID) -> Person | None:
    """One person this visitor may ask about, by `Subject.id`; None for anybody else."""
    own = _oneself(user)
    if subject_id in own.subject.ids:
        return own
    guardianship = _guardianships(user).filter(child__public_id=subject_id).first()
    return _child_of(user, guardianship) if guardianship else None


def request_for(user: User, public_id: UUID) -> DataRequest | None:
    """One request this visitor may follow: who asked, or who could ask the same in full; None for anybody else's."""
    found = DataRequest.objects.filter(public_id=public_id).select_related("user", "child", "asked_by").first()
    if found is None or is_asker(user, found.asked_by_id):
        return found
    person = person_for(user, found.subject_id)
    may = person is not None and person.scopes[RequestKind(found.kind)] == Scope.FULL
    return found if may and found.kind != RequestKind.EXPORT else None


def history_of(user: User) -> "QuerySet[DataRequest]":
    """What this person has asked for so far, the latest first."""
    return DataRequest.objects.filter(asked_by=user).select_related("child", "correction")


def may_fetch(user: User, request: DataRequest) -> bool:
    """Whether this person may have a copy now: who asked, as long as they could still ask for as much."""
    if not is_asker(user, request.asked_by_id) or request.kind != RequestKind.EXPORT:
        return False
    person = person_for(user, request.subject_id)
    now_allowed = person.scopes[RequestKind.EXPORT] if person else None
    return now_allowed == Scope.FULL or (now_allowed is not None and now_allowed == request.scope)


def sections_of(subject: Subject) -> list[Any]:
    """Everything held about a person, as sections in the order of the export."""
    return [section for data in subject_data() for section in data.export(subject)]


def foreseen_outcome(subject: Subject) -> ErasureOutcome:
    """What an erasure would do today."""
    outcome = ErasureOutcome()
    for data in erasure_order():
        outcome += data.foresee(subject)
    return outcome


def obstacles_of(subject: Subject) -> list[Obstacle]:
    """What has to be settled before an erasure."""
    return [obstacle for data in erasure_order() for obstacle in data.obstacles(subject)]


def is_kept_for_now(subject: Subject) -> bool:
    """Whether a legal hold forbids the erasure."""
    return bool(held_among(subject.ids))


def due_requests(now: datetime) -> Iterable[int]:
    """Requests whose time has come, those of workers that died among them, oldest first."""
    due = DataRequest.objects.filter(next_run_at__lte=now).order_by("next_run_at")
    return list(due.values_list("pk", flat=True)[:50])


def waiting_corrections() -> "QuerySet[Correction]":
    """Corrections nobody has answered, the most urgent first."""
    return (
        Correction.objects.filter(answered_at=None, request__state=RequestState.WAITING)
        .select_related("request__child", "request__user", "request__asked_by")
        .order_by("answer_by")
    )


def stuck_requests() -> "QuerySet[DataRequest]":
    """Requests the worker gave up."""
    return DataRequest.objects.filter(state=RequestState.FAILED).order_by("asked_at")


def certificate_by_number(number: str) -> ErasureCertificate | None:
    """A certificate by its number, however it is typed."""
    return ErasureCertificate.objects.filter(number=number.strip().upper()).first()
