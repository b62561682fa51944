"""How often something may be done in the community: enough for whoever needs to talk, slower and slower for a flood."""

from datetime import timedelta

from marketplace.core.throttling import Pace

WRITING = Pace(
    "community_writing",
    free=24,
    first_wait=timedelta(minutes=10),
    longest_wait=timedelta(hours=12),
    forgotten_after=timedelta(hours=20),
)
