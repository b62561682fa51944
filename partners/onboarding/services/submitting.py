"""Handing an application in: complete, unlike every other, kept whole as a version."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..enums import ApplicationState, EventKind, Step
from ..errors import DuplicateOrganisation, Incomplete, NotOpen, QuestionsOpen
from ..locks import locked_application
from ..models import Application, ApplicationVersion, Question
from ..rules import ANSWER_WITHIN, missing
from ..selectors import current_papers, open_questions
from .agreements import signature_of
from .drafting import note
from .opening import code_of

_FIELDS = (
    "kind name credit_code district address public_phone introduction signer_name signer_position signer_phone "
    "is_legal_representative"
).split()


def faults_of(application: Application) -> dict[Step, list[str]]:
    """Return, by step, what is missing before an application can be handed in, the signature included."""
    found = missing(application)
    if signature_of(application) is None:
        found[Step.AGREEMENT] = [_("协议还没有签署，或者签署以后换了签署人。")]
    return found


@transaction.atomic
def submit_application(*, public_id: UUID, by: User) -> ApplicationVersion:
    """Hand an application in, for the first time or after questions; our clock begins again.

    Raises: NotOpen, QuestionsOpen, Incomplete, DuplicateOrganisation.
    """
    application = locked_application(public_id)
    if not application.is_open:
        raise NotOpen
    if open_questions(application).exists():
        raise QuestionsOpen
    if faults := faults_of(application):
        raise Incomplete([sentence for sentences in faults.values() for sentence in sentences])
    if Partner.objects.filter(code=code_of(application)).exists():
        raise DuplicateOrganisation
    now = timezone.now()
    application.state, application.version = ApplicationState.WAITING, application.version + 1
    application.submitted_at, application.answer_by = now, now + ANSWER_WITHIN
    application.asked_at = application.reminded_at = None
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        raise DuplicateOrganisation from error
    version = ApplicationVersion.objects.create(
        application=application, number=application.version, content=_content(application), submitted_by=by
    )
    note(application, EventKind.SUBMITTED, by)
    return version


def _content(application: Application) -> dict[str, Any]:
    person_fields = [field.name for field in application.people.model._meta.concrete_fields if field.name != "id"]
    return {
        "fields": {name: getattr(application, name) for name in _FIELDS},
        "people": [
            {name: str(getattr(person, name)) for name in person_fields if name != "application"}
            for person in application.people.all()
        ],
        "papers": [
            {
                "id": str(paper.public_id),
                "kind": paper.kind,
                "person": str(paper.person.public_id) if paper.person else None,
                "digest": paper.file.digest,
                "number": paper.number,
                "until": str(paper.valid_until_on or ""),
            }
            for paper in current_papers(application)
        ],
    }


@transaction.atomic
def answer_question(*, public_id: UUID, question_id: UUID, answer: str) -> Question:
    """Answer what a reviewer asked; it may be answered again until everything is handed in. Raises NotOpen."""
    application = locked_application(public_id)
    if application.state != ApplicationState.QUESTIONED:
        raise NotOpen
    question = application.questions.get(public_id=question_id)
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    return question
