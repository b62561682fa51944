"""The topics and whom they are for."""

from django.db.models import QuerySet

from ..models import Topic
from ..rules import Reader


def topics_for(reader: Reader) -> list[tuple[str, str, list[Topic]]]:
    """Return (band, its name, topics) for every band somebody reads, their own first; one query."""
    by_band: dict[str, list[Topic]] = {band: [] for band in reader.bands}
    names: dict[str, str] = {}
    for topic in topics().filter(band__in=reader.bands):
        by_band[topic.band].append(topic)
        names[topic.band] = topic.get_band_display()
    return [(band, names[band], found) for band, found in by_band.items() if found]


def topics() -> "QuerySet[Topic]":
    """Every topic in its order."""
    return Topic.objects.order_by("position", "pk")
