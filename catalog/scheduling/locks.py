"""Every row lock of scheduling. Order: provider, room, child with the person who books, occupancy, booking.

The locks leave keys alone (FOR NO KEY UPDATE): a row that merely points to a provider need not wait for a booking.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from catalog.catalogue.enums import SaleState
from marketplace.families.age_rules import ADULT_AT
from marketplace.families.ages import latest_birth_of_age
from marketplace.families.enums import GuardianshipStatus

from .models import Booking
from .sql import rows_of


def lock_providers_of_bookings(booking_ids: Collection[int]) -> None:
    """Lock the providers of these bookings in id order; whoever changes their time waits for us."""
    rows_of(
        """
        SELECT id FROM scheduling_provider
        WHERE id IN (
            SELECT occupancy.provider_id FROM scheduling_booking booking
            JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
            WHERE booking.id = ANY(%s)
        )
        ORDER BY id FOR NO KEY UPDATE
        """,
        list(booking_ids),
    )


def lock_provider(provider_id: int) -> None:
    """Lock one provider."""
    rows_of("SELECT id FROM scheduling_provider WHERE id = %s FOR NO KEY UPDATE", provider_id)


def lock_provider_of_service(*, provider_id: int, service_id: int) -> bool:
    """Lock a provider; whether it is active and gives this service while that is on sale."""
    return bool(
        rows_of(
            """
            SELECT provider.id FROM scheduling_provider provider
            JOIN scheduling_healthcareservice_providers given ON given.provider_id = provider.id
            JOIN scheduling_healthcareservice service ON service.id = given.healthcareservice_id
            JOIN catalogue_product product ON product.id = service.product_id
            WHERE provider.id = %s AND service.id = %s
              AND provider.is_active AND product.is_public AND product.sale_state = %s
            FOR NO KEY UPDATE OF provider
            """,
            provider_id,
            service_id,
            SaleState.ON_SALE.value,
        )
    )


def lock_for_holding(
    *,
    provider_ids: Collection[int],
    service_ids: Collection[int],
    child_ids: Collection[int],
    busy_from: datetime,
    busy_until: datetime,
    needs_room: bool,
    now: datetime,
) -> dict[int, list[int]]:
    """Lock these providers, and those whose holds have ended but still stand in the way of these children or of a room.

    All in one go, by id. Returns for each provider which of these services they give at the moment: none when not active,
    or the service not on sale.
    """
    return dict(
        rows_of(
            """
            SELECT provider.id, ARRAY(
                SELECT given.healthcareservice_id FROM scheduling_healthcareservice_providers given
                JOIN scheduling_healthcareservice service ON service.id = given.healthcareservice_id
                JOIN catalogue_product product ON product.id = service.product_id
                WHERE given.provider_id = provider.id AND service.id = ANY(%s)
                  AND provider.is_active AND product.is_public AND product.sale_state = %s
            )
            FROM scheduling_provider provider WHERE provider.id IN (
                SELECT unnest(%s::bigint[])
                UNION
                SELECT occupancy.provider_id FROM scheduling_booking booking
                JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
                WHERE booking.status = 'pending' AND booking.held_until <= %s
                  AND occupancy.busy_from < %s AND occupancy.busy_until > %s
                  AND (booking.child_id = ANY(%s) OR (%s AND occupancy.room_id IS NOT NULL))
            )
            ORDER BY provider.id FOR NO KEY UPDATE OF provider
            """,
            list(service_ids),
            SaleState.ON_SALE.value,
            list(provider_ids),
            now,
            busy_until,
            busy_from,
            list(child_ids),
            needs_room,
        )
    )


def lock_rooms(location_ids: Collection[int]) -> None:
    """Lock the rooms of these locations by id, after the providers: whoever takes one waits for us."""
    rows_of(
        "SELECT id FROM scheduling_room WHERE location_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", list(location_ids)
    )


def lock_children(child_ids: Collection[int]) -> None:
    """Lock several children by id, before the people who book for them."""
    rows_of("SELECT id FROM families_child WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", list(child_ids))


def lock_family(*, person_id: int, child_id: int) -> bool:
    """Lock a child and the person who books for it; whether that person may: a guardian in force, or the child itself."""
    return lock_guardianship(guardian_id=person_id, child_id=child_id) or bool(
        rows_of(
            """
            SELECT child.id FROM families_child child JOIN accounts_user person ON person.id = child.account_id
            WHERE person.id = %s AND child.id = %s AND child.archived_at IS NULL
            FOR NO KEY UPDATE OF child, person
            """,
            person_id,
            child_id,
        )
    )


def lock_guardianship(*, guardian_id: int, child_id: int) -> bool:
    """Lock a child and the person who books for it; whether that person cares for it, as a guardian of any scope.

    The child's lock keeps it from two places at once, the person's keeps the limit of holds. The guardianship is locked
    too: one that ended while we waited is read again, and no longer counts.
    """
    return bool(
        rows_of(
            """
            SELECT child.id FROM families_guardianship guardianship
            JOIN families_child child ON child.id = guardianship.child_id
            JOIN accounts_user guardian ON guardian.id = guardianship.guardian_id
            WHERE guardian.id = %s AND child.id = %s AND child.archived_at IS NULL
              AND guardianship.status = %s AND child.born_on > %s
            FOR NO KEY UPDATE OF child, guardian, guardianship
            """,
            guardian_id,
            child_id,
            GuardianshipStatus.ACTIVE.value,
            latest_birth_of_age(ADULT_AT, timezone.localdate()),
        )
    )


def lock_child(child_id: int) -> None:
    """Lock a child: nobody else books for it meanwhile."""
    rows_of("SELECT id FROM families_child WHERE id = %s FOR NO KEY UPDATE", child_id)


def lock_bookings(booking_ids: Collection[int]) -> list[tuple[int, str]]:
    """Lock these bookings with their occupancies after their providers; return ids and statuses, by id."""
    lock_providers_of_bookings(booking_ids)
    return rows_of(
        """
        SELECT booking.id, booking.status FROM scheduling_booking booking
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
        WHERE booking.id = ANY(%s) ORDER BY booking.id
        FOR NO KEY UPDATE OF booking, occupancy
        """,
        list(booking_ids),
    )


def locked_bookings(booking_ids: Collection[int]) -> list[Booking]:
    """Return these bookings with their occupancies, locked with their occupancies after their providers, by id.

    Every change of a booking takes its provider's lock first, so what is read here stays as it is.
    """
    locked = [pk for pk, _ in lock_bookings(booking_ids)]
    return list(Booking.objects.filter(pk__in=locked).select_related("occupancy").order_by("pk"))
