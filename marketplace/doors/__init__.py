"""The door map: every address of the site, who may open it, and whose data is behind it.

One line per URL name, checked by `make show-doors` and tests/house/test_doors.py: they walk every address of the resolver
as everyone below and as a stranger of the same kind (another family, another clinic), and fail on an address without a
line here, on a door that opens to somebody not named here, and on one that stays shut to somebody who is.

A new address gets a line in one of the files beside this one. Where it takes a parameter, `of` names the thing it is
about; how such a thing is made for a person stands in tests/support/door_things.py.
"""

from .free_side import FREE_SIDE
from .kinds import CONTENT_ON_DUTY, FAMILIES, SUPERUSERS, Door, Visitor, Whose
from .portals import PORTALS
from .shared import SHARED
from .shop import SHOP

#: By URL name, namespace included.
DOORS: dict[str, Door] = {**SHARED, **FREE_SIDE, **SHOP, **PORTALS}

#: WebSockets, by path: tried as everybody in tests/catalog/consultations/test_room_doors.py.
SOCKETS: dict[str, Door] = {
    "ws/room/<uuid:occupancy_id>/": Door(FAMILIES | {Visitor.PRACTITIONER}, Whose.OWN, of="session"),
}

#: Whole sites of packages, by path: Django's admin and Wagtail have hundreds of addresses with rules of their own.
SITES: dict[str, Door] = {
    "django-admin/": Door(SUPERUSERS, Whose.STAFF_QUEUE),
    "editor/": Door(CONTENT_ON_DUTY | SUPERUSERS, Whose.STAFF_QUEUE),
}
