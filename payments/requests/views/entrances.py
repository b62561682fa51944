"""How somebody came to an ask: by its secret link, or as a guardian who is signed in. The same pages for both."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from marketplace.accounts.models import User
from payments.models import PaymentIntent
from payments.payables import NeutralDescription, payable_for
from payments.requests.enums import Shown
from payments.requests.models import PaymentRequest
from payments.requests.purchases import Fact, purchase_of

_ATTEMPTS = "asks_attempts"
_MOST_KEPT = 20


@dataclass(frozen=True)
class Entrance:
    """An ask as one person came to it. `user` is None for somebody without an account."""

    ask: PaymentRequest
    kind: str
    key: str
    user: User | None = None

    def url(self, page: str = "") -> str:
        """The address of one of its pages, by this way."""
        name = f"{self.kind}_{page}" if page else self.kind
        return reverse(f"payment_requests:{name}", args=[self.key])

    @property
    def by_link(self) -> bool:
        """Whether the address itself is the secret."""
        return self.kind == "link"

    @property
    def pay_url(self) -> str:
        return self.url("pay")

    @property
    def decline_url(self) -> str:
        return self.url("decline")

    @property
    def return_url(self) -> str:
        return self.url("return")

    @property
    def status_url(self) -> str:
        return self.url("status")

    @property
    def here(self) -> str:
        return self.url()

    @property
    def intent(self) -> PaymentIntent:
        return self.ask.intent

    @cached_property
    def description(self) -> NeutralDescription:
        """The neutral words, read once for a page."""
        return payable_for(self.intent.payable_kind).describe(self.intent.payable_id)

    @cached_property
    def facts(self) -> list[Fact]:
        """What the one who asks ticked, and for a guardian of record what the consent rules say; read once for a page."""
        purchase = purchase_of(self.intent)
        ticked = purchase.facts(self.intent.payable_id, shown=[Shown(each) for each in self.ask.shown])
        if self.user is None or self.by_link:
            return ticked
        own = purchase.guardian_facts(self.intent.payable_id, guardian=self.user)
        return ticked + [fact for fact in own if fact.label not in {each.label for each in ticked}]

    @cached_property
    def is_licensed(self) -> bool:
        """Whether whoever gives it has a licence on record, read once for a page."""
        return purchase_of(self.intent).is_licensed(self.intent.payable_id)

    @property
    def shows_category(self) -> bool:
        """Whether the page says what kind of thing it is; a guardian hears that anyway."""
        return Shown.CATEGORY in self.ask.shown or not self.by_link

    def page(self, **more: Any) -> dict[str, Any]:
        """What every page of an ask shows."""
        return {"entrance": self, "ask": self.ask, "intent": self.intent, "description": self.description} | more


def private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site hears of it, no search engine keeps it, no cache either."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store, private"
    return response


def own_attempts(request: HttpRequest) -> list[str]:
    """Numbers of the attempts this browser began."""
    return list(request.session.get(_ATTEMPTS, []))


def remember_attempt(request: HttpRequest, number: str) -> None:
    """Know again that this browser began it."""
    if number not in own_attempts(request):
        request.session[_ATTEMPTS] = [*own_attempts(request), number][-_MOST_KEPT:]
