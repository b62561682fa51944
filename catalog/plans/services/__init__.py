"""What can be done with plans, one function per use case; every one takes keywords only."""

from .booking import book_step, drop_waiting
from .ending import discard_draft, end_plan
from .following import note_attended, note_booked, note_ended
from .parts import add_goal, add_step, change_goal, change_step, move_step
from .pathways import start_middle_pathway
from .tending import tend_plans
from .writing import begin_plan, change_words, start_plan

__all__ = [
    "add_goal",
    "add_step",
    "begin_plan",
    "book_step",
    "change_goal",
    "change_step",
    "change_words",
    "discard_draft",
    "drop_waiting",
    "end_plan",
    "move_step",
    "note_attended",
    "note_booked",
    "note_ended",
    "start_middle_pathway",
    "start_plan",
    "tend_plans",
]
