"""Filling in an application, step by step; everything is saved at once, and one goes on where one stopped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from marketplace.accounts.models import User
from marketplace.core.uploads.services import destroy, receive

from ..credit_codes import normal
from ..enums import LICENCES, OF_PEOPLE, ApplicationState, EventKind, PaperKind, Step
from ..errors import Decided, LicenceIncomplete, LicenceOver, NotOpen, PersonNeeded
from ..locks import locked_application
from ..models import Application, ApplicationEvent, Paper, Person
from ..requirements import requirements_of
from ..rules import FILES

_STEPS = list(Step)


def begin_application(*, applicant: User, kind: OrganisationType) -> Application:
    """Open an empty application; a draft of the same kind that is not handed in yet goes on instead."""
    requirements_of(kind)  # a kind that cannot apply by itself is a fault of the caller
    draft = Application.objects.filter(applicant=applicant, kind=kind, state=ApplicationState.DRAFT).first()
    return draft or Application.objects.create(applicant=applicant, kind=kind)


@transaction.atomic
def save_organisation(*, public_id: UUID, fields: Mapping[str, Any]) -> Application:
    """Save who the organisation is. Raises NotOpen."""
    values = dict(fields) | {"credit_code": normal(fields.get("credit_code", ""))}
    return _save(_open(public_id), Step.ORGANISATION, values)


@transaction.atomic
def save_signer(*, public_id: UUID, fields: Mapping[str, Any]) -> Application:
    """Save who signs for it. Raises NotOpen."""
    return _save(_open(public_id), Step.SIGNER, fields)


@transaction.atomic
def add_paper(
    *,
    public_id: UUID,
    upload: "File[bytes]",
    kind: PaperKind,
    added_by: User,
    person: Person | None = None,
    licence: Mapping[str, Any] | None = None,
) -> Paper:
    """Take in a paper; an earlier one of the same kind (and person) counts no longer, and is kept.

    Raises: NotOpen, PersonNeeded, LicenceIncomplete, LicenceOver, FileRefused.
    """
    application = _open(public_id)
    of_person = kind in OF_PEOPLE
    if of_person != (person is not None) or (person and person.application_id != application.pk):
        raise PersonNeeded
    details = _licence_details(kind, licence or {})
    file = receive(upload, owner_kind=FILES, owner_subject=application.public_id, uploaded_by=added_by)
    if kind != PaperKind.OTHER:
        application.papers.filter(kind=kind, person=person, replaced_at=None).update(replaced_at=timezone.now())
    paper = Paper.objects.create(
        application=application, kind=kind, person=person, file=file, added_by=added_by, **details
    )
    _save(application, Step.PEOPLE if of_person else Step.PAPERS, {})
    return paper


def _licence_details(kind: PaperKind, licence: Mapping[str, Any]) -> dict[str, Any]:
    if kind not in LICENCES:
        return {}
    names = ("number", "issued_by", "valid_from_on", "valid_until_on")
    details = {name: licence.get(name) for name in names}
    if not all(details[name] for name in names[:3]):
        raise LicenceIncomplete
    if details["valid_until_on"] and details["valid_until_on"] < timezone.localdate():
        raise LicenceOver
    return details


@transaction.atomic
def remove_paper(*, public_id: UUID, paper_id: UUID) -> None:
    """Take a paper out: for good if nobody of ours has seen it, else it only counts no longer. Raises NotOpen."""
    application = _open(public_id)
    paper = application.papers.select_related("file").get(public_id=paper_id, replaced_at=None)
    if application.version:
        Paper.objects.filter(pk=paper.pk).update(replaced_at=timezone.now())
    else:
        _destroy(paper)
    _save(application, application.step, {})


@transaction.atomic
def save_person(*, public_id: UUID, fields: Mapping[str, Any], person_id: UUID | None = None) -> Person:
    """Add or change somebody who gives care. Raises NotOpen."""
    application = _open(public_id)
    if person_id is None:
        person = Person.objects.create(application=application, **fields)
    else:
        person = application.people.get(public_id=person_id)
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
    _save(application, Step.PEOPLE, {})
    return person


@transaction.atomic
def remove_person(*, public_id: UUID, person_id: UUID) -> None:
    """Take somebody out, with their papers: what was handed in about them before stays in its version. Raises NotOpen."""
    application = _open(public_id)
    person = application.people.get(public_id=person_id)
    for paper in person.papers.select_related("file"):
        _destroy(paper)
    person.delete()
    _save(application, Step.PEOPLE, {})


@transaction.atomic
def withdraw_application(*, public_id: UUID, by: User) -> None:
    """End one's own application. What was never handed in is deleted with its papers. Raises Decided."""
    application = locked_application(public_id)
    if application.state not in (ApplicationState.DRAFT, ApplicationState.WAITING, ApplicationState.QUESTIONED):
        raise Decided
    if not application.version:
        application.agreements.all().delete()
        for paper in application.papers.select_related("file"):
            _destroy(paper)
        application.delete()
        return
    application.state, application.closed_at = ApplicationState.WITHDRAWN, timezone.now()
    application.save(update_fields=["state", "closed_at"])
    note(application, EventKind.WITHDRAWN, by)


def note(application: Application, kind: EventKind, by: User | None) -> None:
    """Write down that something happened."""
    ApplicationEvent.objects.create(application=application, kind=kind, version=application.version, by=by)


def _open(public_id: UUID) -> Application:
    application = locked_application(public_id)
    if not application.is_open:
        raise NotOpen
    return application


def _save(application: Application, step: str, fields: Mapping[str, Any]) -> Application:
    """Write fields, and that one got as far as the step after this one."""
    for name, value in fields.items():
        setattr(application, name, value)
    reached = _STEPS[min(_STEPS.index(Step(step)) + 1, len(_STEPS) - 1)]
    if _STEPS.index(Step(application.step)) < _STEPS.index(reached):
        application.step = reached
    application.saved_at = timezone.now()
    application.save(update_fields=[*fields, "step", "saved_at"])
    return application


def _destroy(paper: Paper) -> None:
    file = paper.file
    paper.delete()
    destroy(file)
