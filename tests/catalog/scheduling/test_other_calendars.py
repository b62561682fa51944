"""Other calendars: fetched from public addresses only, read with little trust, kept when reading fails."""

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.scheduling import services
from catalog.scheduling.enums import CalendarTrouble
from catalog.scheduling.errors import AddressNotReadable, SlotTaken, TooManyCalendars
from catalog.scheduling.models import BusyTime
from catalog.scheduling.outside_calendars import Unreadable, busy_times, fetch, fetching, parsing
from catalog.scheduling.selectors import open_slots
from catalog.scheduling.signals import availability_changed
from catalog.scheduling.timetable import moment_of
from tests.factories import make_parent, make_provider, make_service, next_weekday, shanghai

from .calendar_host import calendar_host

SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)


def event(start=TEN, hours=1, uid="1@elsewhere", *lines):
    def stamp(moment):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp(start)}", f"DTSTART:{stamp(start)}",
        f"DTEND:{stamp(start + timedelta(hours=hours))}", "SUMMARY:牙医", *lines, "END:VEVENT",
    ]  # fmt: skip


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//elsewhere//EN", *(line for each in events for line in each)]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with calendar_host(tmp_path_factory.mktemp("host")) as running:
        yield running


@pytest.fixture
def trusted(host, monkeypatch):
    """Let this machine's own server count as a public one with a good certificate."""
    host.asked.clear()
    monkeypatch.setattr(fetching, "is_public", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(fetching, "tls_context", lambda: ssl.create_default_context(cafile=host.certificate))
    # The server listens on one address only; names of this machine have two.
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [e for e in real(*a, **k) if e[0] == socket.AF_INET])
    return host


class TestFetching:
    @pytest.mark.parametrize(
        "name",
        [
            "localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "10.0.0.8", "172.16.3.4",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "224.0.0.1", "255.255.255.255",
            "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.8]", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
        ],
    )  # fmt: skip
    def test_nothing_inside_is_ever_asked(self, host, name):
        host.serve(calendar(event()))
        host.asked.clear()
        with pytest.raises(Unreadable) as refusal:
            fetch(f"https://{name}:{host.port}/calendar.ics")
        assert refusal.value.trouble == CalendarTrouble.UNREACHABLE
        assert host.asked == []

    @pytest.mark.parametrize("ip", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1"])
    def test_the_internet_is_open(self, ip):
        assert fetching.is_public(ip)

    def test_a_name_with_one_inner_address_among_public_ones_is_refused(self, host, monkeypatch):
        answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("1.1.1.1", "10.0.0.8")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
        with pytest.raises(Unreadable):
            fetching.public_ip("calendar.example", 443)

    def test_the_address_looked_at_is_the_one_connected_to(self, trusted, monkeypatch):
        """A name server that says something else the second time leads nowhere: it is asked once."""
        trusted.serve(calendar(event()))
        asked, real = [], socket.getaddrinfo

        def answer_once(name, *rest, **options):
            if name == "localhost":
                asked.append(name)
                assert len(asked) == 1
            return real(name, *rest, **options)

        monkeypatch.setattr(socket, "getaddrinfo", answer_once)
        assert fetch(trusted.address()).content
        assert asked == ["localhost"]

    @pytest.mark.parametrize("scheme", ["http", "file", "ftp", "gopher", "data", ""])
    def test_only_https_is_asked(self, host, scheme):
        host.asked.clear()
        with pytest.raises(Unreadable):
            fetch(f"{scheme}://localhost:{host.port}/calendar.ics")
        assert host.asked == []

    def test_webcal_means_https(self, trusted):
        trusted.serve(calendar(event()))
        with pytest.raises(Unreadable):  # the scheme stays what it is; whoever adds one writes https
            fetch(trusted.address().replace("https", "http"))
        assert fetch(trusted.address().replace("https", "webcal")).content == calendar(event())

    def test_redirects_are_looked_at_like_the_first_address(self, trusted):
        trusted.serve(calendar(event()))
        trusted.serve(b"", "/moved", status=302, Location="/calendar.ics")
        assert fetch(trusted.address("/moved")).content
        for inside in (
            "https://169.254.169.254/latest",
            f"http://localhost:{trusted.port}/calendar.ics",
            "file:///etc/hosts",
        ):
            trusted.asked.clear()
            trusted.serve(b"", "/inside", status=301, Location=inside)
            with pytest.raises(Unreadable):
                fetch(trusted.address("/inside"))
            assert [path for path, _ in trusted.asked] == ["/inside"]

    def test_a_circle_of_redirects_ends(self, trusted):
        trusted.serve(b"", "/round", status=302, Location="/round")
        with pytest.raises(Unreadable):
            fetch(trusted.address("/round"))

    def test_a_strange_certificate_is_refused(self, trusted, monkeypatch):
        monkeypatch.setattr(fetching, "tls_context", ssl.create_default_context)
        trusted.serve(calendar(event()))
        with pytest.raises(Unreadable):
            fetch(trusted.address())
        assert trusted.asked == []

    @pytest.mark.parametrize(
        ("status", "trouble"),
        [(404, CalendarTrouble.REFUSED), (401, CalendarTrouble.REFUSED), (500, CalendarTrouble.REFUSED)],
    )
    def test_a_refusal_is_said(self, trusted, status, trouble):
        trusted.serve(b"no", "/no", status=status)
        with pytest.raises(Unreadable) as refusal:
            fetch(trusted.address("/no"))
        assert refusal.value.trouble == trouble

    def test_what_is_too_large_or_cut_off_is_not_read(self, trusted, monkeypatch):
        monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
        trusted.serve(b"x" * 1001, "/large")
        with pytest.raises(Unreadable) as refusal:
            fetch(trusted.address("/large"))
        assert refusal.value.trouble == CalendarTrouble.TOO_LARGE
        trusted.serve(b"x" * 100, "/short", **{"Content-Length": "500"})
        with pytest.raises(Unreadable):
            fetch(trusted.address("/short"))

    def test_what_trickles_on_is_ended(self, trusted, monkeypatch):
        monkeypatch.setattr(fetching, "MAX_SECONDS", 1)
        began = time.monotonic()
        with pytest.raises(Unreadable):
            fetch(trusted.trickle("/slow"))
        assert time.monotonic() - began < 20  # of the thirty it would take

    def test_an_unchanged_calendar_is_not_sent_again(self, trusted):
        trusted.serve(calendar(event()), ETag='"1"')
        first = fetch(trusted.address())
        assert first.content and first.etag == '"1"'
        assert fetch(trusted.address(), etag=first.etag) == fetching.Fetched(None, '"1"')


def busy(*events, begin=TEN - timedelta(days=1), end=TEN + timedelta(days=30)):
    times = busy_times(calendar(*events), begin=begin, end=end, own_domain="xinqiao")
    return [(moment_of(start), moment_of(stop)) for start, stop in times]


class TestReading:
    def test_what_repeats_repeats_and_what_overlaps_is_one(self):
        weekly = event(TEN, 1, "1@elsewhere", "RRULE:FREQ=WEEKLY;COUNT=3")
        later = event(TEN + timedelta(minutes=30), 1, "2@elsewhere")
        assert busy(weekly, later) == [
            (TEN, TEN + timedelta(minutes=90)),
            (TEN + timedelta(weeks=1), TEN + timedelta(weeks=1, hours=1)),
            (TEN + timedelta(weeks=2), TEN + timedelta(weeks=2, hours=1)),
        ]

    def test_free_cancelled_and_our_own_do_not_count(self):
        assert busy(
            event(TEN, 1, "1@elsewhere", "TRANSP:TRANSPARENT"),
            event(TEN, 1, "2@elsewhere", "STATUS:CANCELLED"),
            event(TEN, 1, "8b7d@xinqiao"),
        ) == []  # fmt: skip

    def test_an_excepted_day_is_free(self):
        stamp = (TEN + timedelta(days=1)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        days = [start.date() for start, _ in busy(event(TEN, 1, "1@a", "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{stamp}"))]
        assert days == [SATURDAY, SATURDAY + timedelta(days=2)]

    def test_days_without_a_time_are_shanghais(self):
        day = ["BEGIN:VEVENT", "UID:1@a", f"DTSTART;VALUE=DATE:{SATURDAY:%Y%m%d}", "END:VEVENT"]
        assert busy(day) == [(shanghai(SATURDAY, 0), shanghai(SATURDAY, 0) + timedelta(days=1))]

    def test_times_without_a_zone_are_shanghais(self):
        local = ["BEGIN:VEVENT", "UID:1@a", f"DTSTART:{SATURDAY:%Y%m%d}T100000", "DURATION:PT1H", "END:VEVENT"]
        assert busy(local) == [(TEN, TEN + timedelta(hours=1))]

    def test_only_the_window_is_kept(self):
        assert busy(event(TEN - timedelta(hours=1), 2), begin=TEN, end=TEN + timedelta(minutes=10)) == [
            (TEN, TEN + timedelta(minutes=10))
        ]

    @pytest.mark.parametrize(
        "content", [b"", b"<html>", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\xff\xfe\x00", b"BEGIN:VCALENDAR"]
    )
    def test_what_is_no_calendar_is_said(self, content):
        with pytest.raises(Unreadable) as refusal:
            busy_times(content, begin=TEN, end=TEN + timedelta(days=1), own_domain="xinqiao")
        assert refusal.value.trouble == CalendarTrouble.NO_CALENDAR

    def test_a_calendar_that_never_ends_is_ended(self, monkeypatch):
        monkeypatch.setattr(parsing, "SECONDS", 2)
        bombs = [event(datetime(1970, 1, 1, tzinfo=UTC), 0.0001, f"{n}@a", "RRULE:FREQ=SECONDLY") for n in range(50)]
        with pytest.raises(Unreadable) as refusal:
            busy(*bombs)
        assert refusal.value.trouble == CalendarTrouble.TOO_LARGE


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture
    def provider(self):
        return make_provider()

    def test_only_a_calendars_address_is_taken(self, provider):
        for address in ("", "http://a.example/x.ics", "javascript:alert(1)", "https://", "//a.example"):
            with pytest.raises(AddressNotReadable):
                services.add_busy_calendar(provider=provider, label="家里", address=address)

    def test_five_are_enough(self, provider):
        for _ in range(5):
            services.add_busy_calendar(provider=provider, label="家里", address="https://a.example/x.ics")
        with pytest.raises(TooManyCalendars):
            services.add_busy_calendar(provider=provider, label="家里", address="https://a.example/x.ics")

    def test_the_address_is_sealed(self, provider):
        made = services.add_busy_calendar(provider=provider, label="家里", address="webcal://a.example/secret.ics")
        with connection.cursor() as cursor:
            cursor.execute("SELECT address FROM scheduling_busycalendar WHERE id = %s", [made.pk])
            assert b"secret" not in bytes(cursor.fetchone()[0])
        made.refresh_from_db()
        assert made.address == "webcal://a.example/secret.ics"

    def test_it_is_read_soon_after_it_is_added(self, provider, django_capture_on_commit_callbacks, monkeypatch):
        from catalog.scheduling import tasks

        asked = []
        monkeypatch.setattr(tasks.read_one_calendar, "delay", asked.append)
        with django_capture_on_commit_callbacks(execute=True):
            made = services.add_busy_calendar(provider=provider, label="家里", address="https://a.example/x.ics")
        assert asked == [made.pk]

    def test_what_is_busy_elsewhere_cannot_be_booked_here(self, trusted, provider):
        service, parent = make_service(provider), make_parent()
        made = services.add_busy_calendar(provider=provider, label="家里", address=trusted.serve(calendar(event())))
        assert services.read_busy_calendar(calendar_id=made.pk) is None
        starts = [slot.starts_at for slot in open_slots(service=service, from_on=SATURDAY, to_on=SATURDAY)]
        assert TEN not in starts and TEN + timedelta(hours=1) in starts
        with pytest.raises(SlotTaken):
            services.hold_slot(
                service=service, provider=provider, starts_at=TEN, child=parent.children.first(), mode="phone",
                booked_by=parent,
            )  # fmt: skip

    def test_what_it_says_now_replaces_what_it_said_and_only_changes_are_announced(self, trusted, provider):
        heard = []
        availability_changed.connect(listen := lambda *, provider_ids, **_: heard.append(provider_ids))
        made = services.add_busy_calendar(provider=provider, label="家里", address=trusted.serve(calendar(event())))
        services.read_busy_calendar(calendar_id=made.pk)
        services.read_busy_calendar(calendar_id=made.pk)
        trusted.serve(calendar(event(TEN + timedelta(hours=3))))
        services.read_busy_calendar(calendar_id=made.pk)
        availability_changed.disconnect(listen)
        assert [each.starts_at for each in BusyTime.objects.all()] == [TEN + timedelta(hours=3)]
        assert heard == [(provider.pk,)] * 2

    def test_trouble_keeps_what_was_known_and_is_said_since_when(self, trusted, provider):
        now = timezone.now()
        made = services.add_busy_calendar(provider=provider, label="家里", address=trusted.serve(calendar(event())))
        services.read_busy_calendar(calendar_id=made.pk, now=now)
        trusted.serve(b"", status=403)
        for minutes in (15, 30):
            later = now + timedelta(minutes=minutes)
            assert services.read_busy_calendar(calendar_id=made.pk, now=later) == CalendarTrouble.REFUSED
        made.refresh_from_db()
        assert (made.trouble, made.trouble_since, made.read_at) == ("refused", now + timedelta(minutes=15), now)
        assert BusyTime.objects.count() == 1
        trusted.serve(calendar(event()))
        services.read_busy_calendar(calendar_id=made.pk, now=now + timedelta(minutes=45))
        made.refresh_from_db()
        assert (made.trouble, made.trouble_since) == ("", None)

    def test_an_unchanged_calendar_is_passed_over_for_a_day(self, trusted, provider):
        now = shanghai(timezone.localdate(), 12)
        address = trusted.serve(calendar(event(TEN, 1, "1@a", "RRULE:FREQ=DAILY")), ETag='"1"')
        made = services.add_busy_calendar(provider=provider, label="家里", address=address)
        services.read_busy_calendar(calendar_id=made.pk, now=now)
        known = BusyTime.objects.count()
        services.read_busy_calendar(calendar_id=made.pk, now=now + timedelta(hours=1))
        assert BusyTime.objects.count() == known
        services.read_busy_calendar(calendar_id=made.pk, now=now + timedelta(days=3))
        assert BusyTime.objects.latest("starts_at").starts_at > now + timedelta(days=182)

    def test_removing_it_frees_the_time(self, trusted, provider):
        made = services.add_busy_calendar(provider=provider, label="家里", address=trusted.serve(calendar(event())))
        services.read_busy_calendar(calendar_id=made.pk)
        services.remove_busy_calendar(provider=make_provider(), public_id=made.public_id)
        assert BusyTime.objects.exists()
        services.remove_busy_calendar(provider=provider, public_id=made.public_id)
        assert not BusyTime.objects.exists()
        assert services.read_busy_calendar(calendar_id=made.pk) is None

    def test_every_calendar_of_active_providers_is_read(self, trusted):
        address = trusted.serve(calendar(event()))
        for provider in (make_provider(), make_provider(), make_provider(is_active=False)):
            services.add_busy_calendar(provider=provider, label="家里", address=address)
        assert services.read_due_calendars() == 2
        assert BusyTime.objects.count() == 2
