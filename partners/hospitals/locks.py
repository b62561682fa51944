"""Referral letters, locked."""

from uuid import UUID

from .models import ReferralLetter


def lock_letter(public_id: UUID) -> ReferralLetter | None:
    """Lock one letter."""
    found = ReferralLetter.objects.select_for_update(of=("self",)).select_related("child", "provider", "hospital")
    return found.filter(public_id=public_id).first()
