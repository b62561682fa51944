"""One young person who waits for a parent to pay, so that both sides can be looked at."""

from django.utils import timezone

from catalog.basket.services import put_session_in_basket
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from payments.requests.enums import Shown
from payments.requests.selectors import open_ask_of
from payments.requests.services import Ask

from ..data.activity import ASK
from ..keys import product_code, stable_id
from .activity import empty_basket, first_slot, placed_order


def make_ask() -> bool:
    """Let the young person ask again when nothing waits any more; return whether they did.

    An ask ends within half a day, so every start of the demo looks after it. One whose time is over is ended by the next
    beat; until then nobody asks anew.
    """
    teen = User.objects.get(public_id=stable_id("user", ASK.person))
    if open_ask_of(teen) is not None:
        return False
    service = HealthcareService.objects.select_related("product").get(product__upc=product_code(ASK.item))
    slot = first_slot(service, ASK.days)
    if slot is None:
        return False
    empty_basket(teen)
    try:
        put_session_in_basket(
            user=teen,
            service=service,
            child=Child.objects.get(public_id=stable_id("child", ASK.child)),
            mode=Mode.IN_PERSON if Mode.IN_PERSON in slot.modes else Mode.PHONE,
            starts_at=slot.starts_at,
        )
    except Refusal:  # the visitors of the demo have taken that time, or hold too many
        return False
    guardian = User.objects.get(public_id=stable_id("user", ASK.guardian))
    placed_order(teen, timezone.now(), ask=Ask(guardian=guardian, shown=[Shown.CATEGORY], message=ASK.message))
    return True
