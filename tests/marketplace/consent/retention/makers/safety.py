"""Dangers somebody looked after and who was trained for it, worries told, letters, and what the gate found."""

from datetime import datetime
from uuid import uuid4

from marketplace.core.age_bands import AgeBand
from marketplace.core.formatting import in_shanghai
from marketplace.safeguarding.concerns.enums import CallState, EventKind, Outcome, Sealed, Training
from marketplace.safeguarding.concerns.models import Call, ConcernEvent, StepMark, TrainingRecord, Unsealing
from marketplace.safeguarding.enums import Kind, Level, Source
from marketplace.safeguarding.gate.models import Screening
from marketplace.safeguarding.letters.enums import EventKind as ThreadEventKind
from marketplace.safeguarding.letters.enums import Reminder, ThreadStatus, WriterKind
from marketplace.safeguarding.letters.models import Letter, LetterThread, ReminderSent, ThreadEvent
from marketplace.safeguarding.reports.enums import Side, When, Worry
from marketplace.safeguarding.reports.models import Report, ReportEntry
from tests import factories
from tests.factories.concerns import make_concern

from .made import DAY, HOUR, Made, dated, maker


@maker("concerns")
def _concern(at: datetime) -> Made:
    child = factories.make_child(factories.make_user())
    one, two = (factories.make_staff(duties=[]) for _ in range(2))
    row = make_concern(child=child, at=at - DAY)
    note = ConcernEvent.objects.create(concern=row, kind=EventKind.NOTE, text="和外婆通过电话", by=one, at=at - HOUR)
    call = Call.objects.create(
        concern=row, round=1, position=1, person=two, state=CallState.REACHED, asked_at=at - HOUR, marked_at=at - HOUR
    )
    step = StepMark.objects.create(concern=row, step="read", done_by=one, done_at=at - HOUR)
    unsealing = Unsealing.objects.create(
        concern=row,
        what=Sealed.PERSON,
        reason="今晚就要有人去看看",
        asked_by=one,
        asked_at=at - HOUR,
        decided_by=two,
        decided_at=at - HOUR,
        is_granted=True,
    )
    closed = dated(row, closed_at=at, closed_by=one, outcome=Outcome.SUPPORT)
    opened = row.events.get(kind=EventKind.OPENED)
    return Made(closed, child.public_id, [opened, note, call, step, unsealing])


@maker("safety_trainings")
def _training(at: datetime) -> Made:
    user, until = factories.make_staff(duties=[]), in_shanghai(at).date()
    row = TrainingRecord.objects.create(
        user=user, training=Training.DESK, done_on=until - 365 * DAY, valid_until=until, recorded_at=at - 365 * DAY
    )
    return Made(row, user.public_id)


@maker("worried_reports")
def _report(at: datetime) -> Made:
    row = Report.objects.create(
        digest=uuid4().hex,
        reporter_id=uuid4(),
        worry=Worry.HURTS_SELF,
        how_soon=When.TODAY,
        about="初二三班的小宁",
        words="她把手链送给了我",
        name="同桌阿澈",
        contact="微信 ache",
        written_at=at - DAY,
        latest_at=at,
    )
    asked = ReportEntry.objects.create(report=row, side=Side.DESK, text="她今天来了吗？", written_at=at - HOUR)
    said = ReportEntry.objects.create(report=row, side=Side.REPORTER, text="今天没有来。", written_at=at)
    return Made(row, others=[asked, said])


@maker("letter_threads")
def _thread(at: datetime) -> Made:
    writer = factories.make_teen()
    row = LetterThread.objects.create(
        writer=writer,
        child=writer.young_profile,
        writer_kind=WriterKind.YOUNG,
        band=AgeBand.OLDER_TEEN,
        signed_as="一颗小石头",
        office="ours",
        status=ThreadStatus.ANSWERED,
        opened_at=at - 2 * DAY,
        last_letter_at=at,
    )
    letter = Letter.objects.create(
        thread=row, text="这次没考好。", sent_at=at - 2 * DAY, answer_by=at + DAY, answered_at=at
    )
    reminder = ReminderSent.objects.create(letter=letter, hours=Reminder.FIRST, told_at=at - DAY)
    answer = Letter.objects.create(thread=row, is_answer=True, text="谢谢你写下来。", sent_at=at)
    note = ThreadEvent.objects.create(thread=row, kind=ThreadEventKind.NOTE, text="我来回这封信", at=at - HOUR)
    return Made(row, writer.public_id, [letter, reminder, answer, note])


@maker("gate_screenings")
def _screening(at: datetime) -> Made:
    row = Screening.objects.create(
        source=Source.INTAKE,
        ref=str(uuid4()),
        kind=Kind.SELF_HARM,
        level=Level.CONCERN,
        score=0.8,
        signs=["self_harm.wish"],
        screened_at=at,
    )
    return Made(row)
