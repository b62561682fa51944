"""What the library keeps."""

from .collections import Collection, CollectionItem
from .events import Event, EventSeat
from .items import Item, LibraryIndex
from .reading import CourseCertificate, HelpReach, ItemSave, LessonProgress
from .reviewers import Reviewer
from .reviews import ItemReview, ProfessionalReview
from .sharing import SharedCopy
from .submissions import Submission

__all__ = [
    "Collection",
    "CollectionItem",
    "CourseCertificate",
    "Event",
    "EventSeat",
    "HelpReach",
    "Item",
    "ItemReview",
    "ItemSave",
    "LessonProgress",
    "LibraryIndex",
    "ProfessionalReview",
    "Reviewer",
    "SharedCopy",
    "Submission",
]
