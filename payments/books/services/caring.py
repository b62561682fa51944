"""Who looks after an incident, and how it ends."""

from django.db import transaction
from django.utils import timezone

from payments.books.errors import CaseClosed, MoneyStillHeld, NoteMissing
from payments.books.models import IncidentCase
from payments.enums import AttemptState
from payments.models import PaymentIncident


@transaction.atomic(durable=True)
def take_incident(*, incident_id: int, taken_by_id: int) -> IncidentCase:
    """Say that one looks after an incident; who takes it last has it. Raises CaseClosed."""
    incident = _open_incident(incident_id)
    return IncidentCase.objects.update_or_create(
        incident_key=incident.key, defaults={"taken_by_id": taken_by_id, "taken_at": timezone.now()}
    )[0]


@transaction.atomic(durable=True)
def close_incident(*, incident_id: int, note: str, closed_by_id: int) -> IncidentCase:
    """End an incident with words. Raises CaseClosed, NoteMissing, MoneyStillHeld while its money is in suspense."""
    incident = _open_incident(incident_id)
    note = note.strip()
    if not note:
        raise NoteMissing
    if incident.attempt is not None and incident.attempt.state == AttemptState.SUSPENSE:
        raise MoneyStillHeld
    now = timezone.now()
    case, _ = IncidentCase.objects.get_or_create(
        incident_key=incident.key, defaults={"taken_by_id": closed_by_id, "taken_at": now}
    )
    case.note, case.closed_by_id, case.closed_at = note, closed_by_id, now
    case.save()
    incident.closed_at = now
    incident.save(update_fields=["closed_at"])
    return case


def _open_incident(incident_id: int) -> PaymentIncident:
    incident = PaymentIncident.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=incident_id)
    if incident.closed_at is not None:
        raise CaseClosed
    return incident
