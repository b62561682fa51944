"""What associations do for the trade: assess, train, and have a say in the standards."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.models import User

from ..checklist import KEYS, VERSION, result_of
from ..enums import Answer, Stance
from ..errors import NotAnAssociation, NotYours, PointsMissing, ReasonsMissing, StandardsClosed
from ..models import Assessment, StandardsSay, StandardsVersion, Training
from ..rules import may_decide_for
from .withholding import worded

#: How long an assessment says something about an organisation.
COUNTS_FOR = timedelta(days=365)


@transaction.atomic
def sign_assessment(
    *,
    body: Partner,
    partner: Partner,
    answers: Mapping[str, str],
    signed_by: User,
    remarks: str = "",
    now: datetime | None = None,
) -> Assessment:
    """Sign answers to every point of the checklist about another organisation; shown to families for a year.

    Raises: NotAnAssociation, NotYours (of itself), PointsMissing.
    """
    if not may_decide_for(signed_by, body):
        raise NotAnAssociation
    if partner.pk == body.pk:
        raise NotYours
    if any(answers.get(key) not in Answer.values for key in KEYS):
        raise PointsMissing
    now, kept = now or timezone.now(), {key: str(answers[key]) for key in KEYS}
    return Assessment.objects.create(
        body=body,
        partner=partner,
        checklist_version=VERSION,
        answers=kept,
        result=result_of(kept),
        remarks=remarks.strip(),
        signed_at=now,
        signed_by=signed_by,
        valid_until_on=timezone.localdate(now) + COUNTS_FOR,
    )


@transaction.atomic
def note_training(*, body: Partner, title: str, held_on: date, hours: int, noted_by: User) -> Training:
    """Note a training; the same one again is the same row. Raises: NotAnAssociation, ReasonsMissing (no title)."""
    if not may_decide_for(noted_by, body):
        raise NotAnAssociation
    if not title.strip():
        raise ReasonsMissing
    made, _created = Training.objects.get_or_create(
        body=body, title=title.strip(), held_on=held_on, defaults={"hours": hours, "noted_by": noted_by}
    )
    return made


def note_attendance(*, training: Training, providers: Iterable[Provider], noted_by: User) -> None:
    """Note who took part in a training. Raises: NotYours."""
    if not may_decide_for(noted_by, training.body):
        raise NotYours
    training.providers.add(*providers)


@transaction.atomic
def draft_standards(*, body: str) -> StandardsVersion:
    """Write the next version of the standards, for associations to speak on before it is published."""
    last = StandardsVersion.objects.aggregate(last=Max("number"))["last"] or 0
    return StandardsVersion.objects.create(number=last + 1, body=body.strip())


@transaction.atomic
def say_about_standards(
    *, version: StandardsVersion, body: Partner, stance: Stance, words: str, said_by: User
) -> StandardsSay:
    """Note what an association says to a draft; until it is published it may say something else instead.

    Raises: NotAnAssociation, ReasonsMissing, StandardsClosed.
    """
    if not may_decide_for(said_by, body):
        raise NotAnAssociation
    row = StandardsVersion.objects.select_for_update().get(pk=version.pk)
    if row.published_at is not None:
        raise StandardsClosed
    said, _created = StandardsSay.objects.update_or_create(
        version=row,
        body=body,
        defaults={"stance": stance, "words": worded(words), "said_by": said_by, "said_at": timezone.now()},
    )
    return said


@transaction.atomic
def publish_standards(*, version: StandardsVersion, published_by: User | None) -> StandardsVersion:
    """Publish a draft with all that was said to it; from then on it stays as it is. Raises: StandardsClosed."""
    row = StandardsVersion.objects.select_for_update().get(pk=version.pk)
    if row.published_at is not None:
        raise StandardsClosed
    row.published_at, row.published_by = timezone.now(), published_by
    row.save(update_fields=["published_at", "published_by"])
    return row
