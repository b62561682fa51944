"""The whole load, in the order in which rows need each other."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.browse.services import refresh_listings

from ..data.everything import fingerprint
from ..errors import DemoRefused
from ..models import LoadedData
from .activity import make_activity
from .asks import make_ask
from .calendars import make_calendars
from .care_plans import make_care_plan
from .community import make_community
from .complaints import make_complaints
from .consents import make_consents
from .consultations import make_session_now
from .council import make_council
from .diary import make_diary, make_letters
from .doors import open_doors
from .feedback import make_feedback
from .library import make_library
from .measures import make_measures
from .moderation import make_moderation
from .money import make_money, publish_rules
from .organisations import load_organisations, load_providers
from .packages import make_packages
from .people import load_people
from .plans import make_plans
from .practices import make_practices
from .privacy import make_privacy
from .products import load_products
from .safety import make_safety
from .talks import make_talks
from .timetable import roll_timetable_forward
from .waitlist import make_waitlist
from .ways import make_ways


def load_demo_data() -> bool:
    """Load demo data, or move its times ahead where it is loaded already; return whether anything was written.

    Safe to repeat; what was broken off goes on. Families' own rows are never touched.

    Raises:
        DemoRefused: outside the demo.
    """
    if not settings.DEMO:
        raise DemoRefused
    has_loaded, has_rolled = _load()
    open_doors()
    if has_loaded or has_rolled:
        refresh_listings()
    changed = [
        publish_rules(),
        make_activity(),
        make_calendars(),
        make_packages(),
        make_plans(),
        make_money(),
        make_ask(),
        make_consents(),
        make_measures(),
        make_care_plan(),
        make_feedback(),
        make_waitlist(),
        make_ways(),
        make_privacy(),
        make_complaints(),
        make_council(),
        make_community(),
        make_safety(),
        make_diary(),
        make_practices(),
        make_letters(),
        make_library(),
        make_talks(),
        make_moderation(),
        make_session_now(),
    ]
    return any(changed) or has_loaded or has_rolled


@transaction.atomic(durable=True)
def _load() -> tuple[bool, bool]:
    state, _ = LoadedData.objects.select_for_update().get_or_create(pk=1)
    is_new = state.fingerprint != fingerprint()
    if is_new:
        partners = load_organisations()
        providers = load_providers(partners)
        load_products(partners, providers)
        load_people(partners, providers)
        state.fingerprint, state.loaded_at = fingerprint(), timezone.now()
    until = roll_timetable_forward(since=state.timetable_until)
    has_rolled = until != state.timetable_until
    state.timetable_until = until
    if is_new or has_rolled:
        state.save()
    return is_new, has_rolled
