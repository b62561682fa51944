"""Things of our staff's own desks: colleagues, changes of duties, what is sold."""

from marketplace.accounts.duty.selectors import waiting_changes
from marketplace.accounts.enums import ChangeReason, Duty
from marketplace.accounts.models import DutyChange
from tests import factories

from .door_things import Person, Thing, thing


@thing("colleague")
def _colleague(person: Person) -> Thing:
    colleague = factories.make_staff(duties=[])
    return Thing({"public_id": colleague.public_id}, colleague, data={"duties": ["support"], "reason": "joins"})


@thing("change of duties")
def _change(person: Person) -> Thing:
    row = waiting_changes().first() or DutyChange.objects.create(
        person=factories.make_staff(duties=[]),
        after=[Duty.SUPPORT],
        reason=ChangeReason.JOINS,
        asked_by=factories.make_staff(duties=[], is_superuser=True),
    )
    return Thing({"public_id": row.public_id}, row, data={"act": "agree"})


@thing("product at the desk")
def _product(person: Person) -> Thing:
    product = person.side.service.product
    return Thing({"pk": product.pk}, product, is_open=True, data={"sale_state": "on_sale"})
