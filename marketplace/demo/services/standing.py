"""An association that assesses, trains and has spoken on the standards; licences of some organisations."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from catalog.standing.checklist import KEYS
from catalog.standing.enums import Answer, LicenceKind, Stance
from catalog.standing.models import Assessment, StandardsVersion
from catalog.standing.services import (
    draft_standards,
    note_attendance,
    note_training,
    publish_standards,
    record_licence,
    say_about_standards,
    sign_assessment,
)
from marketplace.accounts.models import User

from ..data import standing as data
from ..keys import product_code, stable_id


@transaction.atomic
def make_standing() -> bool:
    """Make all of it once; returns whether anything was made."""
    code = product_code(data.ASSOCIATION_CODE)
    if Partner.objects.filter(code=code).exists():
        return False
    person = User.objects.get(public_id=stable_id("user", "xu"))
    body = Partner.objects.create(
        code=code,
        name=data.ASSOCIATION_NAME,
        name_en=data.ASSOCIATION_NAME_EN,
        organisation_type=OrganisationType.ASSOCIATION,
        is_demo=True,
    )
    body.users.add(person)
    _make_licences()
    _make_judgements(body, person)
    return True


def _make_licences() -> None:
    today = timezone.localdate()
    for key, kind, days in data.LICENCES:
        record_licence(
            partner=Partner.objects.get(code=product_code(key)),
            kind=LicenceKind(kind),
            number=f"示例-{key}",
            issued_by="示例市主管部门",
            valid_from_on=today - timedelta(days=900),
            valid_until_on=today + timedelta(days=days),
            checked_by=None,
        )


def _make_judgements(body: Partner, person: User) -> None:
    clinic = Partner.objects.get(code=product_code(data.ASSESSED))
    if not Assessment.objects.filter(body=body).exists():
        answers = dict.fromkeys(KEYS, Answer.YES.value)
        sign_assessment(body=body, partner=clinic, answers=answers, remarks=data.REMARKS, signed_by=person)
    held_on = timezone.localdate() - timedelta(days=40)
    training = note_training(body=body, title=data.TRAINING, held_on=held_on, hours=3, noted_by=person)
    note_attendance(training=training, providers=Provider.objects.filter(partner=clinic), noted_by=person)
    if not StandardsVersion.objects.exists():
        version = draft_standards(body=data.STANDARDS)
        say_about_standards(version=version, body=body, stance=Stance.AGREES, words=data.SAY, said_by=person)
        publish_standards(version=version, published_by=None)
