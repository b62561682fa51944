"""What the community keeps: topics, what is said in them under which name, and how people of ours look after it."""

from .aliases import Alias, Block, Drawer, Hug, Mute
from .moderation import Appeal, CareBreak, Case, Claim, Decision, Report, TrainingRecord
from .pictures import Attachment
from .postvention import HoldEntry, HoldMode, Sight
from .topics import Topic
from .unmasking import Unmasking
from .writings import Post, Reply, Writing

__all__ = [
    "Alias",
    "Appeal",
    "Attachment",
    "Block",
    "CareBreak",
    "Case",
    "Claim",
    "Decision",
    "Drawer",
    "HoldEntry",
    "HoldMode",
    "Hug",
    "Mute",
    "Post",
    "Reply",
    "Report",
    "Sight",
    "Topic",
    "TrainingRecord",
    "Unmasking",
    "Writing",
]
