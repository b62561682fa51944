"""Writing a referral, and what a hospital does with it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.notifications.services import notify

from . import selectors
from .enums import LetterState
from .errors import AlreadyWritten, LetterIsOver, NotAgreed, NotAHospital, NotYourClient, OnlyDoctors
from .locks import lock_letter
from .models import ReferralLetter
from .sights import look_as_hospital


@transaction.atomic
def write_letter(
    *, child: Child, provider: Provider, hospital: Partner, words: str, is_urgent: bool = False, written_by: User
) -> ReferralLetter:
    """Ask a hospital to see a young person, as their family has agreed.

    Raises:
        NotYourClient: `written_by` is not who cares for them.
        NotAHospital: it is another kind of organisation.
        NotAgreed: the family's consent to this hospital does not stand.
        AlreadyWritten: a letter to it is open.
    """
    if provider.user_id != written_by.pk or not selectors.cares_for(provider, child):
        raise NotYourClient
    if hospital.organisation_type != OrganisationType.HOSPITAL:
        raise NotAHospital
    if not selectors.hospitals_agreed_to(child).filter(pk=hospital.pk).exists():
        raise NotAgreed
    try:
        with transaction.atomic():
            letter = ReferralLetter.objects.create(
                child=child, provider=provider, hospital=hospital, words=words, is_urgent=is_urgent
            )
    except IntegrityError:
        raise AlreadyWritten from None
    for doctor in selectors.doctors_of(hospital):
        _tell(letter, doctor, _("有一封新的转介信。"), reverse("hospitals:letter", args=[letter.public_id]))
    return letter


@transaction.atomic
def accept_letter(*, public_id: UUID, accepted_by: User) -> ReferralLetter:
    """Say that the hospital will see them.

    Raises:
        LetterIsOver: it is not open, or was accepted before.
        OnlyDoctors: this person may not read it (the family may have changed its mind).
    """
    letter = _readable(public_id, accepted_by)
    if letter.state != LetterState.SENT:
        raise LetterIsOver
    letter.state, letter.accepted_at, letter.accepted_by = LetterState.ACCEPTED, timezone.now(), accepted_by
    letter.save(update_fields=["state", "accepted_at", "accepted_by"])
    _tell_writer(letter, _("医院接收了你的转介。"))
    return letter


@transaction.atomic
def end_letter(*, public_id: UUID, words: str, accepts: bool, ended_by: User) -> ReferralLetter:
    """Answer an accepted letter, or say why the hospital does not take it.

    Raises:
        LetterIsOver: it is not open, or not accepted yet and to be answered.
        OnlyDoctors: this person may not read it.
    """
    letter = _readable(public_id, ended_by)
    if accepts and letter.state != LetterState.ACCEPTED:
        raise LetterIsOver
    letter.state = LetterState.ANSWERED if accepts else LetterState.DECLINED
    letter.answer, letter.ended_at = words, timezone.now()
    letter.save(update_fields=["state", "answer", "ended_at"])
    _tell_writer(letter, _("医院回复了你的转介。") if accepts else _("医院没有接收你的转介，请看原因。"))
    return letter


@transaction.atomic
def withdraw_letter(*, public_id: UUID, by: User) -> None:
    """Take a letter back that the hospital has not accepted.

    Raises:
        LetterIsOver: it was accepted, answered, declined or taken back.
        NotYourClient: somebody else wrote it.
    """
    letter = lock_letter(public_id)
    if letter is None or letter.state != LetterState.SENT:
        raise LetterIsOver
    if letter.provider.user_id != by.pk:
        raise NotYourClient
    letter.state, letter.ended_at = LetterState.WITHDRAWN, timezone.now()
    letter.save(update_fields=["state", "ended_at"])


def _readable(public_id: UUID, reader: User) -> ReferralLetter:
    """An open letter, locked, that this person may read now."""
    letter = lock_letter(public_id)
    if letter is None or not letter.is_open:
        raise LetterIsOver
    (sight,) = look_as_hospital(reader, [letter])
    if not sight.what:
        raise OnlyDoctors
    return letter


def _tell_writer(letter: ReferralLetter, body: str) -> None:
    if letter.provider.user is not None:
        _tell(letter, letter.provider.user, body, reverse("referrals:letter", args=[letter.public_id]))


def _tell(letter: ReferralLetter, recipient: User, body: str, url: str) -> None:
    """No name and no words in a message."""
    notify(key=f"referral:{letter.public_id}:{letter.state}:{recipient.pk}", recipient=recipient, body=body, url=url)
