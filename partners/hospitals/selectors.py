"""Reads of referral letters, and of whether a family has agreed to one."""

from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, Provider
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.models import StandingConsent
from marketplace.consent.rules import agreements_needed
from marketplace.families.models import Child

from .models import ReferralLetter

#: What a family agrees to show a hospital, so that a letter can reach it: who it is, and the report itself.
NEEDED = (DataItem.PROFILE, DataItem.REPORT)


def hospitals_agreed_to(child: Child) -> QuerySet[Partner]:
    """The hospitals to which the family has agreed that a letter goes, now; who has to agree follows today's age."""
    now = timezone.now()
    needs = agreements_needed(child.born_on, timezone.localdate(now), Purpose.REFERRAL)
    hospitals = Partner.objects.filter(organisation_type=OrganisationType.HOSPITAL)
    for item in NEEDED:
        standing = StandingConsent.objects.filter(
            child=child, purpose=Purpose.REFERRAL, item=item, record=None, is_live=True, consent__needs=needs
        )
        standing = standing.filter(begins_at__lte=now, ends_at__gt=now)
        hospitals = hospitals.filter(public_id__in=standing.values("grantee_id"))
    return hospitals.order_by("name")


def carer_of(user: User, booking_id: UUID) -> Booking | None:
    """A booking that this person gives or gave themselves, with whom it is about."""
    found = Booking.objects.filter(public_id=booking_id, occupancy__provider__user=user)
    return found.exclude(status=BookingStatus.CANCELLED).select_related("child", "occupancy__provider__partner").first()


def cares_for(provider: Provider, child: Child) -> bool:
    """Whether a young person has or had a session with somebody."""
    bookings = Booking.objects.filter(child=child, occupancy__provider=provider)
    return bookings.exclude(status__in=(BookingStatus.CANCELLED, BookingStatus.PENDING)).exists()


def letters_by(user: User) -> QuerySet[ReferralLetter]:
    """What somebody wrote, the newest first; without words."""
    found = ReferralLetter.objects.filter(provider__user=user).defer("words", "answer")
    return found.select_related("child", "hospital", "provider")


def letters_to(hospital: Partner) -> QuerySet[ReferralLetter]:
    """What came to a hospital: what is open first, of it what is urgent, then the oldest; without words."""
    found = ReferralLetter.objects.filter(hospital=hospital).exclude(state="withdrawn").defer("words", "answer")
    order = (F("ended_at").desc(nulls_first=True), "-is_urgent", "sent_at", "pk")
    return found.select_related("child", "provider__partner").order_by(*order)


def doctors_of(hospital: Partner) -> QuerySet[User]:
    """Who is told that a letter came: those who give care there."""
    return User.objects.filter(provider__partner=hospital, is_active=True).order_by("pk")
