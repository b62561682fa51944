"""An order as those see it who are asked to pay it, or who speak on it as guardians (payments.requests.purchases)."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.scheduling.enums import Mode
from catalog.scheduling.selectors import family_sight
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.core.formatting import moment_text
from payments.requests.enums import Shown
from payments.requests.purchases import Fact

from . import selectors, services
from .models import Line


class OrderPurchase:
    """Facts about an order, each shown only to whom it may be shown."""

    def facts(self, payable_id: int, *, shown: Collection[Shown]) -> list[Fact]:
        lines = selectors.lines_of_order(payable_id)
        facts = []
        if Shown.TITLE in shown:
            facts.append(Fact(_("是什么"), _joined(line.title for line in lines)))
        if Shown.PROVIDER in shown:
            facts.append(Fact(_("和谁"), _joined(_who(line) for line in lines)))
        if Shown.TIME in shown:
            facts.append(Fact(_("时间"), _joined(_when(line) for line in lines)))
        return [fact for fact in facts if fact.value]

    def guardian_facts(self, payable_id: int, *, guardian: User) -> list[Fact]:
        sight = family_sight(guardian)
        open_ids = set(sight.open_children(DataItem.BILL))
        lines = [line for line in selectors.lines_of_order(payable_id) if line.child_id in open_ids]
        if not lines:
            return []
        services.note_bills_seen(lines, sight)
        detailed = [bill.line for bill in selectors.bills(lines, sight) if bill.shows_detail]
        facts = [
            Fact(_("时间"), _joined(_when(line) for line in lines)),
            Fact(_("地点或方式"), _joined(_where(line) for line in lines)),
            Fact(_("机构"), _joined(line.partner_name for line in lines)),
            Fact(_("是什么"), _joined(line.title for line in detailed)),
        ]
        return [fact for fact in facts if fact.value]

    def is_licensed(self, payable_id: int) -> bool:
        return not Line.objects.filter(Q(partner=None) | Q(partner__license_note=""), order=payable_id).exists()

    def undo(self, payable_id: int, *, guardian: User) -> bool:
        return services.undo_order(order_id=payable_id, guardian=guardian)


def _who(line: Line) -> str:
    return f"{line.booking.occupancy.provider} · {line.partner_name}" if line.booking else line.partner_name


def _when(line: Line) -> str:
    return moment_text(line.booking.occupancy.starts_at) if line.booking else ""


def _where(line: Line) -> str:
    if line.booking is None:
        return ""
    location = line.booking.occupancy.location
    return (
        str(location.name) if line.booking.mode == Mode.IN_PERSON and location else str(Mode(line.booking.mode).label)
    )


def _joined(words: Iterable[str]) -> str:
    """Return different words once each, in their order."""
    return _("、").join(dict.fromkeys(word for word in words if word))
