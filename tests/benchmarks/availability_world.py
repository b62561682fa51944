"""The invented providers and bookings whose free times are read: the same for the same SEED. Needs Django to be set up.

What lies behind us is written by the database itself, past its guards; keys and indexes are put back at the end, the
exclusion constraints are not: no reading uses them, and a million rows of them take minutes.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import AvailabilityException, HealthcareService, Occupancy, Provider, WeeklyAvailability
from catalog.scheduling.timetable import SHANGHAI
from marketplace.accounts.models import User
from marketplace.families.models import Child
from tests.factories import make_partner, product_class

PROVIDERS = 200
CHILDREN = 2_000
DAYS_AHEAD = 28
PER_DAY = 8  # sessions a day in the past, of every provider
HOURS = range(9, 21)
BOOKED_AHEAD = 8_000


def make_world(seed: int) -> None:
    """Make the providers, one service each, their hours and exceptions, and the bookings that lie ahead."""
    dice = random.Random(seed)
    providers = _providers(dice)
    _services(providers)
    _people()
    _write_bookings(dice.sample(_hours_ahead(), BOOKED_AHEAD), dice)


def _providers(dice: random.Random) -> list[Provider]:
    partners = [make_partner() for _ in range(20)]
    providers = Provider.objects.bulk_create(
        Provider(
            partner=partners[place % 20],
            name=f"咨询师{place}",
            keeps_holidays=place % 3 != 0,
            shifted_days_as=place % 5 if place % 4 == 0 else None,
            sessions_per_day=10 if place % 5 == 0 else None,
        )
        for place in range(PROVIDERS)
    )
    WeeklyAvailability.objects.bulk_create(
        WeeklyAvailability(
            provider=provider, weekday=weekday, from_time=time(begin), to_time=time(end), modes=list(Mode.values)
        )
        for provider in providers
        for weekday in sorted(dice.sample(range(7), 5))
        for begin, end in ((9, 12), (13, 21))
    )
    today = timezone.now().astimezone(SHANGHAI).date()
    AvailabilityException.objects.bulk_create(
        AvailabilityException(provider=provider, starts_at=start, ends_at=start + timedelta(hours=4), is_open=is_open)
        for provider in providers
        for is_open in (False, True)
        for start in [_moment(today + timedelta(days=dice.randrange(1, 28)), 9)]
    )
    return providers


def _services(providers: Sequence[Provider]) -> None:
    kind = product_class(ProductKind.SESSION)
    products = Product.objects.bulk_create(
        Product(
            title=f"咨询 {place}", slug=f"bench-{place}", upc=f"bench-{place}", product_class=kind,
            kind=ProductKind.SESSION, is_demo=True,
        )
        for place in range(len(providers))
    )  # fmt: skip
    services = HealthcareService.objects.bulk_create(
        HealthcareService(product=product, modes=list(Mode.values), horizon_days=14) for product in products
    )
    through = HealthcareService.providers.through
    through.objects.bulk_create(
        through(healthcareservice=service, provider=provider)
        for service, provider in zip(services, providers, strict=True)
    )


def _people() -> None:
    password = make_password(None)
    User.objects.bulk_create(User(nickname="家长", password=password) for _ in range(CHILDREN))
    Child.objects.bulk_create(Child(nickname="孩子", born_on=date(2012, 1, 1)) for _ in range(CHILDREN))


def fill_half(seed: int) -> None:
    """Book more of the coming month, until half of it is taken."""
    dice = random.Random(seed)
    taken = set(Occupancy.objects.filter(starts_at__gt=timezone.now()).values_list("provider_id", "starts_at"))
    free = [place for place in _hours_ahead() if place not in taken]
    _write_bookings(dice.sample(free, len(free) - len(_hours_ahead()) // 2), dice)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) scheduling_occupancy, scheduling_booking")


def _hours_ahead() -> list[tuple[int, datetime]]:
    today = timezone.now().astimezone(SHANGHAI).date()
    provider_ids = Provider.objects.order_by("pk").values_list("pk", flat=True)
    return [
        (provider_id, _moment(today + timedelta(days=ahead), hour))
        for ahead in range(1, DAYS_AHEAD + 1)
        for hour in HOURS
        for provider_id in provider_ids
    ]


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def _write_bookings(places: Sequence[tuple[int, datetime]], dice: random.Random) -> None:
    """Book these places; one in fifty is a hold, and every other of these has ended."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE wished (n bigserial, provider_id bigint, starts_at timestamptz, chance real)")
        with cursor.copy("COPY wished (provider_id, starts_at, chance) FROM STDIN") as copy:
            for provider_id, starts_at in places:
                copy.write_row((provider_id, starts_at, dice.random()))
    _book_wished()


def _book_wished() -> None:
    """Turn the table of wishes into sessions, each with a booking of somebody who has no other at that hour."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE)
        cursor.execute("ANALYZE wished, people")
        cursor.execute("SELECT coalesce(max(id), 0) FROM scheduling_occupancy")
        base = cursor.fetchone()[0]
        cursor.execute(_OCCUPANCIES, [base])
        cursor.execute(_BOOKINGS, [base])
        cursor.execute("SELECT setval('scheduling_occupancy_id_seq', (SELECT max(id) FROM scheduling_occupancy))")
        cursor.execute("DROP TABLE wished, people")


_PEOPLE = """
CREATE TEMP TABLE people AS
SELECT child.place, child.id AS child_id, adult.id AS adult_id
FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM families_child) child
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_user) adult USING (place)
"""
_OCCUPANCIES = """
INSERT INTO scheduling_occupancy (id, public_id, provider_id, service_id, kind, busy_from, starts_at, ends_at, busy_until,
                                  is_live, seats, seats_taken, minimum_seats)
SELECT %s + n, gen_random_uuid(), provider_id, given.healthcareservice_id, 'individual', starts_at, starts_at,
       starts_at + interval '50 minutes', starts_at + interval '60 minutes', true, 1, 1, 0
FROM wished JOIN scheduling_healthcareservice_providers given USING (provider_id)
"""
_BOOKINGS = """
INSERT INTO scheduling_booking (public_id, occupancy_id, service_id, child_id, booked_by_id, attendee, mode, status,
                                starts_at, ends_at, held_until, cancelled_by, moved_count, created_at, cancellation_windows)
SELECT gen_random_uuid(), %s + n, given.healthcareservice_id, child_id, adult_id, 'child', 'phone',
       CASE WHEN starts_at < now() THEN 'fulfilled' WHEN chance < 0.02 THEN 'pending' ELSE 'booked' END,
       starts_at, starts_at + interval '50 minutes',
       CASE WHEN starts_at >= now() AND chance < 0.02
            THEN now() + (CASE WHEN chance < 0.01 THEN -1 ELSE 1 END) * interval '6 hours' END,
       '', 0, starts_at - interval '5 days', '[]'
FROM wished JOIN scheduling_healthcareservice_providers given USING (provider_id)
JOIN people ON people.place = (provider_id + 200 * (date_part('epoch', starts_at)::bigint / 3600)) %% 2000
"""

#: What makes writing a million rows slow; dropped before and made again after, so that all of it is true in the end.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid IN ('scheduling_occupancy'::regclass, 'scheduling_booking'::regclass) AND contype IN ('x', 'f', 'u')
      AND conname NOT LIKE '%_pkey' AND NOT EXISTS (
        SELECT 1 FROM pg_constraint other WHERE other.confrelid = conrelid AND other.conindid = pg_constraint.conindid
          AND other.oid <> pg_constraint.oid
      )
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid IN ('scheduling_occupancy'::regclass, 'scheduling_booking'::regclass) AND NOT indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


def live_through(bookings: int) -> int:
    """Let so many sessions lie behind us, the same number a day for every provider; return how many bookings there are."""
    days = -(-bookings // (PROVIDERS * PER_DAY))
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS)
        constraints = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("ALTER TABLE scheduling_booking DISABLE TRIGGER USER")
        cursor.execute(
            """
            CREATE TEMP TABLE wished AS
            SELECT row_number() OVER () AS n, provider.id AS provider_id, 1.0::real AS chance,
                   (current_date - day)::timestamp AT TIME ZONE 'Asia/Shanghai' + (hour + 9) * interval '1 hour' AS starts_at
            FROM generate_series(1, %s) day, generate_series(0, %s) hour, scheduling_provider provider
            ORDER BY day DESC, hour, provider.id LIMIT %s
            """,
            [days, PER_DAY - 1, bookings],
        )
    _book_wished()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scheduling_booking ENABLE TRIGGER USER")
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in sorted(constraints, key=lambda each: each[2].startswith("FOREIGN")):
            if not definition.startswith("EXCLUDE"):  # reading never uses them, and they take minutes
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute("VACUUM (ANALYZE) scheduling_occupancy, scheduling_booking, scheduling_provider")
        cursor.execute("SELECT count(*) FROM scheduling_booking")
        return int(cursor.fetchone()[0])
