"""Reads of the desk."""

from .events import events_of, texts_of, written_texts
from .figures import drill_results, figures
from .queue import Wish, concern_of, concern_of_text, concerns_to_watch, counts, queue, waiting_calls
from .staff import (
    DeskHours,
    desk_hours,
    is_keeper_now,
    is_staffed,
    keepers,
    keepers_on_duty,
    leads,
    phone_tree,
)
from .trainings import TrainingRow, is_trained, training_rows, untrained_on_rota

__all__ = [
    "DeskHours",
    "TrainingRow",
    "Wish",
    "concern_of",
    "concern_of_text",
    "concerns_to_watch",
    "counts",
    "desk_hours",
    "drill_results",
    "events_of",
    "figures",
    "is_keeper_now",
    "is_staffed",
    "is_trained",
    "keepers",
    "keepers_on_duty",
    "leads",
    "phone_tree",
    "queue",
    "texts_of",
    "training_rows",
    "untrained_on_rota",
    "waiting_calls",
    "written_texts",
]
