"""Who is trained."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User

from ..enums import Training
from ..models import TrainingRecord
from .staff import keepers

#: Without these nobody should look after others' safety.
NEEDED = (Training.GATEKEEPER, Training.DESK, Training.MANDATORY_REPORT)
#: How far ahead the rota is looked at, and from when on an end is near.
ROTA_AHEAD = timedelta(days=14)
NEAR_END = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One person's trainings: until when each counts (None: never done)."""

    person: User
    until: dict[Training, date | None]
    today: date

    @property
    def missing(self) -> list[Training]:
        """What has to be learned (again) before a shift."""
        return [each for each in NEEDED if not self._counts(each)]

    @property
    def ends_soon(self) -> list[Training]:
        """What counts now and ends within a month."""
        near = self.today + NEAR_END
        return [each for each in NEEDED if self._counts(each) and (self.until[each] or near) < near]

    @property
    def cells(self) -> list[tuple[Training, date | None, bool]]:
        """Each training, until when it counts, and whether it does today."""
        return [(each, self.until.get(each), self._counts(each)) for each in Training]

    def _counts(self, training: Training) -> bool:
        until = self.until.get(training)
        return until is not None and until >= self.today


def training_rows(today: date, people: list[User] | None = None) -> list[TrainingRow]:
    """Return everybody with safety duty and what they have learned. Two queries."""
    people = list(keepers()) if people is None else people
    latest: dict[int, dict[Training, date | None]] = defaultdict(dict)
    for record in TrainingRecord.objects.filter(user__in=people).order_by("valid_until"):
        latest[record.user_id][Training(record.training)] = record.valid_until
    return [TrainingRow(person, latest[person.pk], today) for person in people]


def is_trained(user: User, today: date) -> bool:
    """Return whether a person has learned all that safety duty needs, and it still counts."""
    return not training_rows(today, [user])[0].missing


def untrained_on_rota(now: datetime, today: date) -> list[TrainingRow]:
    """Return whoever has a safety shift now or soon, and lacks a training."""
    ahead = DutyShift.objects.filter(duty=Duty.SAFETY, ends_at__gt=now, begins_at__lt=now + ROTA_AHEAD)
    people = list(User.objects.filter(pk__in=ahead.values("user")).order_by("pk"))
    return [row for row in training_rows(today, people) if row.missing]
