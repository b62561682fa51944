"""What can be done on the waiting list, one function per use case; every one takes keywords only."""

from .answering import accept_offer, decline_offer
from .banding import set_need_band
from .joining import join_waitlist
from .leaving import leave_waitlist, pause_entry, resume_entry
from .needing import wait_until
from .offering import offer_times, set_offering_going
from .settling import note_booked, note_ended
from .tending import tend_waitlist

__all__ = [
    "accept_offer",
    "decline_offer",
    "join_waitlist",
    "leave_waitlist",
    "note_booked",
    "note_ended",
    "offer_times",
    "pause_entry",
    "resume_entry",
    "set_need_band",
    "set_offering_going",
    "tend_waitlist",
    "wait_until",
]
