"""Parents of `make show-booking`: they keep times and let them go, pay, move, cancel, and wait."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from .booking_browser import Answer, Browser
from .booking_client import Choice, Client
from .booking_town import Group, Offered, Parent, Town

_MINE = """
    SELECT booking.id, booking.public_id, booking.status, booking.starts_at, booking.mode, booking.service_id,
        booking.together_id, occupancy.kind, occupancy.provider_id, series.public_id AS series,
        (SELECT line.id FROM basket_line line JOIN basket_basket basket ON basket.id = line.basket_id
         WHERE line.booking_id = booking.id AND basket.status = 'Open') AS line
    FROM scheduling_booking booking
    JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
    LEFT JOIN scheduling_bookingseries series ON series.id = booking.series_id
    WHERE booking.booked_by_id = %s AND booking.status IN ('pending', 'proposed', 'booked') ORDER BY booking.id
"""
_OFFERS = """
    SELECT offer.public_id, offer.state, ARRAY(
        SELECT booking_id FROM waitlist_offeredplace WHERE offer_id = offer.id ORDER BY booking_id
    ) AS places
    FROM waitlist_waitlistoffer offer JOIN waitlist_waitlistentry entry ON entry.id = offer.entry_id
    WHERE entry.joined_by_id = %s AND offer.state = 'open'
"""
_WAITING = """
    SELECT id, public_id FROM waitlist_waitlistentry
    WHERE joined_by_id = %s AND state IN ('waiting', 'offered', 'paused') ORDER BY id
"""
_UNPAID = "SELECT id, public_id FROM order_order WHERE user_id = %s AND status = 'pending' ORDER BY id"
_HELD = """
    SELECT id FROM scheduling_booking
    WHERE booked_by_id = %s AND child_id = %s AND service_id = %s AND status <> 'cancelled'
    ORDER BY starts_at = %s DESC, id DESC LIMIT 1
"""
_NEW = """
    SELECT id, starts_at FROM scheduling_booking
    WHERE booked_by_id = %s AND created_at >= %s AND status <> 'cancelled'
      AND id NOT IN (SELECT booking_id FROM waitlist_offeredplace)  -- the waiting list may keep something meanwhile
    ORDER BY id
"""
_ORDERED = """
    SELECT line.booking_id AS id FROM order_line line JOIN order_order bought ON bought.id = line.order_id
    WHERE bought.public_id = %s AND line.booking_id IS NOT NULL
"""
_LAPSE = """
    UPDATE scheduling_booking SET held_until = now() - interval '1 second'
    WHERE id = ANY(%s) AND status = 'pending'
"""
_CONTACT = {"contact_name": "示例家长", "contact_phone": "13800000000", "note": ""}


class Family(Client):
    """One parent. The other parent of the household books for the same children."""

    def __init__(self, browser: Browser, town: Town, database: str, dice: random.Random, parent: Parent) -> None:
        super().__init__(browser, town, database, dice)
        self.parent = parent
        self.mine: list[Any] = []

    def choices(self) -> Sequence[Choice]:
        """Look at what one has, and see what could be done with it."""
        self.mine = self.rows(_MINE, self.parent.user)
        offers, waiting = self.rows(_OFFERS, self.parent.user), self.rows(_WAITING, self.parent.user)
        unpaid = self.rows(_UNPAID, self.parent.user)
        lines = [each for each in self.mine if each.line]
        paid = [each for each in self.mine if each.status in ("booked", "proposed")]
        booked = [each for each in paid if each.status == "booked"]
        series = [each for each in paid if each.series]
        waits = [] if len(waiting) else [self.join_waitlist]
        one: list[tuple[int, str, Callable[..., Answer | None], Sequence[Any]]] = [
            (3, "let go", self.let_go, lines),
            (12 if len(lines) > 1 else 4, "book", self.book, lines and [True]),
            (2, "order unpaid", self.order_unpaid, [] if unpaid else lines and [True]),
            (8, "give up order", self.give_up, unpaid),
            (2, "time passes", self.let_time_pass, [*lines, *offers]),
            (8, "move", self.move, booked),
            (5, "switch mode", self.switch_mode, paid),
            (9 if len(paid) > 6 else 4, "cancel", self.cancel, paid),
            (2, "cancel series", self.cancel_series, series),
            (4, "join waiting list", lambda join: join(), waits),
            (1, "leave waiting list", self.leave_waitlist, waiting),
            (6, "accept offer", self.accept, offers),
            (3, "decline offer", self.decline, offers),
        ]
        return [
            *self._holds(),
            *((weight, name, self._with_one(do, things)) for weight, name, do, things in one if things),
        ]

    def _with_one(self, do: Callable[..., Answer | None], things: Sequence[Any]) -> Callable[[], Answer | None]:
        return lambda: do(self.dice.choice(things))

    def _holds(self) -> list[Choice]:
        return [
            (8, "hold", lambda: self.hold("talk")),
            (6, "hold with room", lambda: self.hold("room", mode="in_person")),
            (3, "hold request", lambda: self.hold("request")),
            (3, "hold scarce", lambda: self.hold("scarce")),
            (5, "group seat", self.group_seat),
            (2, "hold series", self.hold_series),
            (2, "hold side by side", self.hold_side_by_side),
            (3, "hold group together", self.hold_group_together),
        ]

    # --- keeping ---------------------------------------------------------------------------------

    def _moment(self, service: Offered) -> datetime:
        start = self.dice.randrange(self.town.hours[0] * 60, (self.town.hours[-1] + 1) * 60 - 30, service.step_minutes)
        return self.town.moment(self.dice.choice(self.town.days), start)

    def hold(self, name: str, mode: str = "") -> Answer:
        """A time of somebody, or of anyone who is free."""
        service = self.town.services[name]
        starts_at = self._moment(service)
        query: dict[str, Any] = {"service": service.pk, "start": starts_at.isoformat()}
        if self.dice.random() < 0.7:
            query["provider"] = self.dice.choice(service.providers)
        return self._choose(service.pk, starts_at, mode or self.dice.choice(service.modes), query)

    def group_seat(self) -> Answer:
        """A seat of a group, at the time its page says."""
        group, starts_at = self._group()
        query = {"service": group.service, "start": starts_at.isoformat(), "occupancy": group.public_id}
        return self._choose(group.service, starts_at, "video", query)

    def _group(self) -> tuple[Group, datetime]:
        group = self.dice.choice(self.town.groups)
        [row] = self.rows("SELECT starts_at FROM scheduling_occupancy WHERE id = %s", group.pk)
        return group, row.starts_at

    def _choose(self, service: int, starts_at: datetime, mode: str, query: dict[str, Any]) -> Answer:
        child, public_id = self.dice.choice(self.parent.children)
        answer = self.browser.post(reverse("basket:choose"), {"child": public_id, "mode": mode}, **query)
        if answer.leads_to(reverse("checkout:index")):
            found = self.rows(_HELD, self.parent.user, child, service, starts_at)
            self.told("booking", [row.id for row in found] or [None], "held", starts_at=starts_at, mode=mode)
        return answer

    def hold_series(self) -> Answer:
        """Some weeks one after the other."""
        service, count = self.town.services["series"], self.dice.randint(2, 3)
        starts_at, mode = self._moment(service), self.dice.choice(service.modes)
        starts = [starts_at + timedelta(weeks=week) for week in range(count)]
        fields = {"child": self.dice.choice(self.parent.children)[1], "mode": mode, "every": 1, "count": count}
        query = {"service": service.pk, "start": starts_at.isoformat(), "provider": self.dice.choice(service.providers)}
        dates = {f"date-{number}": moment.isoformat() for number, moment in enumerate(starts)}
        answer = self.browser.post(reverse("basket:series"), fields | dates, **query)
        return self._kept_together(answer, starts, mode)

    def hold_side_by_side(self) -> Answer:
        """Both children at one time, each with somebody."""
        service = self.town.services["talk"]
        starts_at, mode = self._moment(service), self.dice.choice(service.modes)
        fields = {"children": [public_id for _, public_id in self.parent.children], "mode": mode}
        query = {"service": service.pk, "start": starts_at.isoformat()}
        answer = self.browser.post(reverse("basket:together"), fields, **query)
        return self._kept_together(answer, [starts_at] * len(self.parent.children), mode)

    def hold_group_together(self) -> Answer:
        """Both children in a group, or one with the parent beside."""
        group, starts_at = self._group()
        children = [public_id for _, public_id in self.parent.children]
        fields: dict[str, Any] = {"mode": "video", "children": children}
        if self.dice.random() < 0.5:
            fields |= {"children": children[:1], "with_guardian": "on"}
        query = {"service": group.service, "start": starts_at.isoformat(), "occupancy": group.public_id}
        answer = self.browser.post(reverse("basket:together"), fields, **query)
        return self._kept_together(answer, [starts_at] * 2, "video")

    def _kept_together(self, answer: Answer, starts: Sequence[datetime], mode: str) -> Answer:
        """All of them, or none: what is missing is lost."""
        if answer.leads_to(reverse("checkout:index")):
            new = [row.id for row in self.rows(_NEW, self.parent.user, self.began)]
            # The same wish twice is held once: then nothing is new.
            for starts_at, booking in zip(starts, new or [], strict=False):
                self.told("booking", [booking], "held", starts_at=starts_at, mode=mode)
            if new:
                self.told("booking", [None] * (len(starts) - len(new)), "held")
            elif not any(each.line and each.starts_at in starts for each in self.mine):
                self.told("booking", [None], "held")
        return answer

    def let_go(self, one: Any) -> Answer:
        """Out of the basket, and with it what was taken together."""
        answer = self.browser.post(reverse("basket:remove", args=[one.line]), {})
        if answer.leads_to(reverse("basket:summary")):
            self.told("booking", self._with_those_together(one), "ended")
        return answer

    def _with_those_together(self, one: Any) -> list[int]:
        return [each.id for each in self.mine if each.id == one.id or one.together_id == each.together_id is not None]

    def let_time_pass(self, one: Any) -> None:
        """A hold's half hour, or an offer's two, are over: nothing anybody sends."""
        is_hold = hasattr(one, "line")
        places = self._with_those_together(one) if is_hold else one.places
        self.told("booking", places, "lapsed")
        self.connection.execute(_LAPSE, [places])

    # --- paying ----------------------------------------------------------------------------------

    def book(self, _: Any) -> Answer:
        """Pay what lies in the basket from the package."""
        return self._check_out("booked")

    def order_unpaid(self, _: Any) -> Answer:
        """Want to pay with money, and be led to the cashier."""
        return self._check_out("held")

    def _check_out(self, became: str) -> Answer:
        lines = [f"money={each.line}" for each in self.mine if each.line and became == "held"]
        page = self.browser.get(f"{reverse('checkout:index')}?{'&'.join(lines)}")
        if page.status != 200:
            return page
        answer = self.browser.post(reverse("checkout:index"), page.hidden() | _CONTACT)
        if answer.leads_to(reverse("orders:list")):
            public_id = answer.location.strip("/").rpartition("/")[2]
            self.told("booking", [row.id for row in self.rows(_ORDERED, public_id)] or [None], "booked")
        elif answer.status == 302 and became == "held":
            self.told("booking", [each.id for order in self._unpaid() for each in order], "held")
        return answer

    def _unpaid(self) -> list[list[Any]]:
        return [self.rows(_ORDERED, order.public_id) for order in self.rows(_UNPAID, self.parent.user)]

    def give_up(self, order: Any) -> Answer:
        """Not to pay after all."""
        places = [row.id for row in self.rows(_ORDERED, order.public_id)]
        answer = self.browser.post(reverse("orders:cancel", args=[order.public_id]), {})
        if answer.is_success:
            self.told("booking", places, "ended")
        return answer

    # --- changing --------------------------------------------------------------------------------

    def move(self, one: Any) -> Answer:
        """Another time; what was taken together moves by as much."""
        by_id = {service.pk: service for service in self.town.services.values()}
        group = one.kind == "group"
        starts_at = self._group()[1] if group else self._moment(by_id[one.service_id])
        answer = self.browser.post(reverse("bookings:move", args=[one.public_id]), {"slot": starts_at.isoformat()})
        if answer.is_success:
            for each in self.mine:
                if each.id in self._with_those_together(one):
                    self.told("booking", [each.id], starts_at=each.starts_at + (starts_at - one.starts_at))
        return answer

    def switch_mode(self, one: Any) -> Answer:
        """Another way, at the same time."""
        mode = self.dice.choice(["phone", "video", "text", "in_person"])
        answer = self.browser.post(reverse("bookings:mode", args=[one.public_id]), {"mode": mode})
        if answer.is_success:
            self.told("booking", [one.id], mode=mode)
        return answer

    def cancel(self, one: Any) -> Answer:
        """Give up a paid place, for the package's session."""
        answer = self.browser.post(reverse("orders:cancel_booking", args=[one.public_id]), {"refund_fen": 0})
        if answer.is_success:
            self.told("booking", self._with_those_together(one), "ended")
        return answer

    def cancel_series(self, one: Any) -> Answer:
        """Give up what is left of it."""
        places = [each.id for each in self.mine if each.series == one.series and each.status != "pending"]
        answer = self.browser.post(reverse("orders:cancel_series", args=[one.series]), {"refund_fen": 0})
        if answer.is_success:
            self.told("booking", places, "ended")
        return answer

    # --- waiting ---------------------------------------------------------------------------------

    def join_waitlist(self) -> Answer:
        """Wait for what is scarce."""
        service = self.town.services["scarce"]
        fields = {"children": [self.dice.choice(self.parent.children)[1]], "modes": list(service.modes)}
        answer = self.browser.post(reverse("waitlist:join", args=[service.pk]), fields)
        if answer.is_success:
            found = self.rows("SELECT id FROM waitlist_waitlistentry WHERE joined_by_id = %s ORDER BY id DESC LIMIT 1",
                              self.parent.user)  # fmt: skip
            self.told("entry", [row.id for row in found] or [None])
        return answer

    def leave_waitlist(self, entry: Any) -> Answer:
        """Off the list."""
        return self.browser.post(reverse("waitlist:leave", args=[entry.public_id]), {})

    def accept(self, offer: Any) -> Answer:
        """Take what was kept, into the basket."""
        answer = self.browser.post(reverse("waitlist:accept", args=[offer.public_id]), {})
        if answer.leads_to(reverse("checkout:index")):
            self.told("booking", offer.places, "held")
        return answer

    def decline(self, offer: Any) -> Answer:
        """Let it go to the next."""
        answer = self.browser.post(reverse("waitlist:decline", args=[offer.public_id]), {})
        if answer.is_success:
            self.told("booking", offer.places, "ended")
        return answer
