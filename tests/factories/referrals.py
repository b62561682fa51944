"""Referral letters, and a family that agrees to them."""

from typing import Any

from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.consent.enums import Purpose
from marketplace.consent.models import Consent
from marketplace.consent.rules import agreements_needed
from marketplace.families.models import Child
from partners.hospitals.models import ReferralLetter
from partners.hospitals.selectors import NEEDED

from .consent import make_consent


def agree_to_referral(child: Child, hospital: Partner, **fields: Any) -> Consent:
    """The family agrees that a hospital sees what a letter needs."""
    fields.setdefault("needs", agreements_needed(child.born_on, timezone.localdate(), Purpose.REFERRAL))
    return make_consent(child, hospital, items=NEEDED, purpose=Purpose.REFERRAL, **fields)


def make_letter(child: Child, provider: Provider, hospital: Partner, **fields: Any) -> ReferralLetter:
    """A letter that waits for the hospital."""
    words = {"words": "最近睡得不好，想请医院看一看。"}
    return ReferralLetter.objects.create(child=child, provider=provider, hospital=hospital, **words | fields)
