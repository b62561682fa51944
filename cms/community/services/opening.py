"""Opening the community: the topics there are."""

from django.db import transaction

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need

from ..models import Topic
from ..openings import BANDS, CHILD_INTRO, INTROS


@transaction.atomic
def open_topics() -> int:
    """Make the topics that are missing; return how many. What somebody changed stays as it is."""
    wanted = [
        Topic(
            slug=f"{need.value}-{band.value}",
            need=need,
            band=band,
            picture=need.value,
            intro=CHILD_INTRO if band == AgeBand.CHILD else INTROS[need],
            position=number,
        )
        for number, need in enumerate(Need)
        for band in BANDS
    ]
    before = Topic.objects.count()
    Topic.objects.bulk_create(wanted, ignore_conflicts=True)
    return Topic.objects.count() - before
