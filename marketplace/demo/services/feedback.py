"""What demo families said about sessions they attended, made by the same services that families use."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from catalog.consultations.feedback.enums import Helped
from catalog.consultations.feedback.models import Feedback
from catalog.consultations.feedback.services import decide_words, give_feedback
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from ..keys import stable_id


@dataclass(frozen=True)
class _Said:
    """What somebody said about their child's session number so many, the first being 0."""

    person: str
    child: str
    session: int
    rating: int
    words: str = ""
    helped: tuple[Helped, ...] = ()
    is_published: bool = True


_SAID = (
    _Said("lin", "xiao-he", 0, 4, "（示例）前台说明得很清楚。孩子回来愿意说几句了。", (Helped.LISTENED, Helped.CLEAR)),
    _Said("lin", "xiao-he", 1, 5, "", (Helped.METHOD,)),
    _Said("xiao-he-self", "xiao-he", 0, 5, "（示例）没有催我说，我想好了才开口。", (Helped.LISTENED, Helped.SAFE)),
    _Said("xiao-he-self", "xiao-he", 2, 4, "（示例）呼吸的办法在考试前用上了。", (Helped.METHOD,), is_published=False),
    _Said("chen", "an-an", 0, 3, "（示例）老师很好，不过晚了十分钟才开始。", (Helped.SAFE,)),
    _Said("chen", "an-an", 1, 5, "（示例）孩子出来第一句话是：下次还来。", (Helped.SAFE, Helped.ON_TIME)),
)


def make_feedback() -> bool:
    """Let the demo's families have said something, once; return whether anything was said."""
    if Feedback.objects.filter(person__public_id__in=[stable_id("user", said.person) for said in _SAID]).exists():
        return False
    return sum(_say(said) for said in _SAID) > 0


def _say(said: _Said) -> bool:
    held = Booking.objects.filter(child__public_id=stable_id("child", said.child), status=BookingStatus.FULFILLED)
    booking = held.order_by("starts_at")[said.session : said.session + 1].first()
    person = User.objects.get(public_id=stable_id("user", said.person))
    if booking is None:
        return False
    at = min(booking.ends_at + timedelta(days=1), timezone.now())
    given = give_feedback(
        booking_id=booking.pk, rating=said.rating, words=said.words, helped=said.helped, given_by=person, now=at
    )
    if said.words and said.is_published:
        staff = User.objects.get(public_id=stable_id("user", "staff"))
        decide_words(public_id=given.public_id, publishes=True, decided_by=staff, now=at + timedelta(hours=5))
    return True
