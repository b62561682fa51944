"""Every row lock of consultations. Order: encounter, visit."""

from django.db.models import QuerySet

from .models import Emergency, Encounter, Visit


def locked_encounters() -> QuerySet[Encounter]:
    """Encounters, each locked while it is changed; by id."""
    return Encounter.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")


def locked_visits() -> QuerySet[Visit]:
    """Visits, each locked while it is changed; by id."""
    return Visit.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")


def locked_emergencies() -> QuerySet[Emergency]:
    """Emergencies, each locked while it is taken; by id."""
    return Emergency.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
