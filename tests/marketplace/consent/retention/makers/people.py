"""Words, accounts, families, and the proof of what was allowed and asked for."""

from datetime import datetime
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, RecoveryCode
from marketplace.consent.complaints.services import file_complaint
from marketplace.consent.council.services import propose_question
from marketplace.consent.enums import ConsentEventKind, GivenAs, GranteeKind
from marketplace.consent.models import Consent, ConsentEvent, SafetyOverride
from marketplace.consent.retention.models import LegalHold, RetentionRun
from marketplace.consent.rights.models import DataRequest, ErasureCertificate
from marketplace.families.models import EndingRequest, Guardianship, Invitation, ScreenTime
from marketplace.notifications.enums import Channel, MessageStatus
from marketplace.notifications.models import Message
from tests import factories

from .made import HOUR, Made, dated, maker


@maker("notices")
def _notice(at: datetime) -> Made:
    user = factories.make_user()
    return Made(
        Message.objects.create(recipient=user, channel=Channel.IN_APP, key=uuid4(), created_at=at), user.public_id
    )


@maker("code_messages")
def _code_message(at: datetime) -> Made:
    sent = {"channel": Channel.SMS, "address": "+8613900000000", "status": MessageStatus.SENT}
    return Made(Message.objects.create(**sent, key=uuid4(), created_at=at))


@maker("email_codes")
def _email_code(at: datetime) -> Made:
    user = factories.make_user()
    address = EmailAddress.objects.create(user=user, email=f"{uuid4()}@example.com")
    return Made(EmailConfirmation.objects.create(email_address=address, sent=at, key=uuid4().hex), user.public_id)


@maker("recovery_codes")
def _recovery_code(at: datetime) -> Made:
    user = factories.make_user()
    return Made(RecoveryCode.objects.create(user=user, digest="x", used_at=at), user.public_id)


@maker("duty_shifts")
def _shift(at: datetime) -> Made:
    user = factories.make_staff(duties=[])
    row = DutyShift.objects.create(user=user, duty=Duty.SUPPORT, begins_at=at - 8 * HOUR, ends_at=at)
    return Made(row, user.public_id)


@maker("sessions")
def _session(at: datetime) -> Made:
    return Made(Session.objects.create(session_key=uuid4().hex, session_data="", expire_date=at))


@maker("session_list")
def _device(at: datetime) -> Made:
    user = factories.make_user()
    row = UserSession.objects.create(user=user, session_key=uuid4().hex, ip="127.0.0.1")
    return Made(dated(row, last_seen_at=at), user.public_id)


@maker("admin_log")
def _log(at: datetime) -> Made:
    user = factories.make_staff(duties=[])
    row = LogEntry.objects.create(user=user, action_flag=CHANGE, object_repr="x", action_time=at)
    return Made(row, user.public_id)


@maker("guardianships")
def _guardianship(at: datetime) -> Made:
    child = factories.make_child(factories.make_user())
    return Made(dated(Guardianship.objects.get(child=child), status="ended", ended_at=at), child.public_id)


@maker("ending_requests")
def _ending_request(at: datetime) -> Made:
    parent = factories.make_parent()
    row = EndingRequest.objects.create(
        guardianship=parent.guardianships.get(), asked_by=parent, outcome="kept", answered_at=at
    )
    return Made(row, parent.public_id)


@maker("invitations")
def _invitation(at: datetime) -> Made:
    parent = factories.make_parent()
    child = parent.children.get()
    row = Invitation.objects.create(
        kind="guardian",
        child=child,
        invited_by=parent,
        token_digest=uuid4().hex,
        code_digest=uuid4().hex,
        expires_at=at + 5 * HOUR,
        revoked_at=at,
    )
    return Made(row, child.public_id)


@maker("screen_time")
def _screen_time(at: datetime) -> Made:
    child = factories.make_child()
    return Made(ScreenTime.objects.create(child=child, day=at.date(), minutes=40, last_seen_at=at), child.public_id)


@maker("complaints")
def _complaint(at: datetime) -> Made:
    user = factories.make_user()
    filed = file_complaint(topic="seen", items=[], what_happened="有人看到了", complainant=user)
    return Made(dated(filed.complaint, closed_at=at, status="closed"), user.public_id)


@maker("council_proposals")
def _council_proposal(at: datetime) -> Made:
    teen = factories.make_teen()
    row = propose_question(text="能不能换一个颜色？", proposed_by=teen)
    return Made(dated(row, answered_at=at, status="not_now"), teen.young_profile.public_id)


@maker("retention_runs")
def _run(at: datetime) -> Made:
    return Made(RetentionRun.objects.create(due_at=at, started_at=at, finished_at=at))


@maker("legal_holds")
def _hold(at: datetime) -> Made:
    staff = factories.make_staff()
    row = LegalHold.objects.create(subject_id=uuid4(), reason="纠纷", set_by=staff, released_by=staff, released_at=at)
    return Made(row, row.subject_id)


@maker("consents")
def _consent(at: datetime) -> Made:
    parent = factories.make_parent()
    child = parent.children.get()
    row = Consent.objects.create(
        child=child,
        grantee_kind=GranteeKind.PERSON,
        grantee_id=uuid4(),
        grantee_label="示例",
        items=["score"],
        purpose="care",
        valid_from=at - 90 * 24 * HOUR,
        valid_until=at + 90 * 24 * HOUR,
        needs=[GivenAs.GUARDIAN],
        text_version="1",
    )
    for kind, moment in ((ConsentEventKind.GRANTED, at - HOUR), (ConsentEventKind.REVOKED, at)):
        ConsentEvent.objects.create(consent=row, kind=kind, given_as=GivenAs.GUARDIAN, by=parent, at=moment)
    return Made(row, child.public_id)


@maker("safety_overrides")
def _override(at: datetime) -> Made:
    child = factories.make_child()
    one, two, three = (factories.make_staff(duties=[]) for _ in range(3))
    row = SafetyOverride.objects.create(
        child=child,
        items=["score"],
        reason="担心",
        hours=2,
        opened_by=one,
        opened_at=at - 9 * HOUR,
        approved_by=two,
        approved_at=at - 8 * HOUR,
        expires_at=at - 6 * HOUR,
        review_due_at=at + HOUR,
        reviewed_by=three,
        reviewed_at=at,
    )
    return Made(row, child.public_id)


@maker("data_requests")
def _request(at: datetime) -> Made:
    user = factories.make_user()
    row = DataRequest.objects.create(
        kind="export", state="done", user=user, subject_id=user.public_id, asked_by=user, finished_at=at
    )
    return Made(row, user.public_id)


@maker("erasure_certificates")
def _certificate(at: datetime) -> Made:
    row = ErasureCertificate.objects.create(number=uuid4().hex[:20], issued_at=at, body={}, sha256="0" * 64)
    return Made(row)
