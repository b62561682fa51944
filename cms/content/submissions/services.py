"""Sending something in, deciding about it, taking it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.encryption.services import destroy_data_key
from marketplace.families.models import Child
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import Answer
from marketplace.safeguarding.gate.services import screen

from ..models import Item, Submission
from ..sharing.services import withdraw_copies
from . import rules
from .enums import About, Attribution, Form, Licence, Refusal, State, Teller
from .errors import AlreadyAnswered, HasALink, MayNotSend, NothingInIt, TooManyWaiting, WaitsForSafety
from .files import cleaned_file
from .turning import draft_of, files_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sends: as the form has it. `upload` is Django's uploaded file, or None."""

    about: About
    form: Form
    title: str
    words: str
    need: str
    age_band: str
    attribution: Attribution = Attribution.NONE
    alias: str = ""
    licence: Licence = Licence.HERE
    upload: Any = None


@transaction.atomic(durable=True)
def send_in(
    *, sent_by: User, child: Child | None, sent: Sent, now: datetime | None = None
) -> tuple[Submission, Answer]:
    """Keep a work or a story until our staff has read it; return it and what the safety gate answers.

    Raises: MayNotSend, HasALink, NothingInIt, TooManyWaiting, FileNotTaken.
    """
    _check(sent_by, child, sent)
    now = now or timezone.now()
    file, file_type = cleaned_file(sent.form, sent.upload) if sent.upload else ("", "")
    is_work = sent.about == About.WORK
    attribution = sent.attribution if is_work else Attribution.NONE
    submission = Submission.objects.create(
        about=sent.about,
        form=sent.form,
        teller=Teller.YOUNG if child is not None else Teller.PARENT,
        child=child,
        sent_by=sent_by,
        title=sent.title,
        words=sent.words,
        file=file,
        file_type=file_type,
        need=sent.need,
        age_band=sent.age_band,
        attribution=attribution,
        alias=sent.alias if attribution == Attribution.ALIAS else "",
        school_year=child.school_year if child is not None and attribution == Attribution.SCHOOL_YEAR else None,
        licence=sent.licence,
        agreed_at=now,
        sent_at=now,
    )
    answer = screen(
        text=f"{sent.title}\n{sent.words}",
        source=Source.SUBMISSION,
        ref=str(submission.public_id),
        author=sent_by,
        child=child,
    )
    if answer.hold:
        submission.is_held = True
        submission.save(update_fields=["is_held"])
    return submission, answer


def _check(sent_by: User, child: Child | None, sent: Sent) -> None:
    if not rules.may_send(sent_by, child, sent.about):
        raise MayNotSend
    if rules.leads_elsewhere(f"{sent.title}\n{sent.words}\n{sent.alias}"):
        raise HasALink
    if not (sent.upload if sent.form != Form.TEXT else sent.words.strip()):
        raise NothingInIt
    waiting = Submission.objects.filter(sent_by=sent_by, state=State.WAITING)
    if waiting.count() >= rules.MOST_WAITING:
        raise TooManyWaiting


@transaction.atomic(durable=True)
def accept_submission(*, public_id: UUID, decided_by: User, now: datetime | None = None) -> Item:
    """Make a draft of it in the library, which then goes the way of every draft: a professional reads it first.

    Raises: AlreadyAnswered, WaitsForSafety.
    """
    submission = _locked(public_id)
    if submission.state != State.WAITING:
        raise AlreadyAnswered
    if submission.is_held:
        raise WaitsForSafety
    item = draft_of(submission, made_by=decided_by)
    submission.state, submission.page = State.ACCEPTED, item.page_ptr
    submission.decided_by, submission.decided_at = decided_by, now or timezone.now()
    submission.save(update_fields=["state", "page", "decided_by", "decided_at"])
    _tell_sender(submission)
    return item


@transaction.atomic(durable=True)
def decline_submission(*, public_id: UUID, decided_by: User, refusal: str, now: datetime | None = None) -> Submission:
    """Do not take it; the sender reads a kind reason. Raises AlreadyAnswered."""
    submission = _locked(public_id)
    if submission.state != State.WAITING or refusal not in Refusal.values:
        raise AlreadyAnswered
    submission.state, submission.refusal = State.DECLINED, refusal
    submission.decided_by, submission.decided_at = decided_by, now or timezone.now()
    submission.save(update_fields=["state", "refusal", "decided_by", "decided_at"])
    _tell_sender(submission)
    return submission


@transaction.atomic
def release_submission(*, public_id: UUID) -> None:
    """The safety desk has looked: our editors may go on."""
    Submission.objects.filter(public_id=public_id, is_held=True).update(is_held=False)


@transaction.atomic(durable=True)
def withdraw_submission(*, public_id: UUID, now: datetime | None = None) -> Submission:
    """Take it back, at any time and without a reason: the page goes at once, and the key of the words with it."""
    submission = _locked(public_id)
    if submission.state == State.WITHDRAWN:
        return submission
    take_page_away(submission)
    submission.state, submission.withdrawn_at, submission.page = State.WITHDRAWN, now or timezone.now(), None
    submission.title = submission.words = submission.file = submission.alias = ""
    submission.file_type, submission.school_year, submission.is_held = "", None, False
    submission.save()
    destroy_data_key(subject_id=submission.public_id, reason="withdrawn", destroyed_by=None)
    return submission


def take_page_away(submission: Submission) -> None:
    """Delete the page with its drafts, its picture or recording, and end what was shared of it."""
    if submission.page is None:
        return
    page = submission.page.specific
    withdraw_copies(page=page)
    files = files_of(page)
    page.delete()
    for file in files:
        file.delete()
    submission.page = None


def _locked(public_id: UUID) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).get(public_id=public_id)


def _tell_sender(submission: Submission) -> None:
    if submission.sent_by is None:
        return
    notify(
        key=f"submission-{submission.public_id}-{submission.state}",
        recipient=submission.sent_by,
        subject=_("你寄来的有回音了"),
        body=_("你寄来的有回音了，在“我寄来的”里可以看到。"),
        url=reverse("submissions:mine"),
        channels=[Channel.IN_APP],
    )
