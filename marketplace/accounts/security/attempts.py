"""How fast passwords, codes and public forms may be tried: by account and by address.

By account the same whether somebody has it or not, so that nobody learns who has one. An address may be a whole school's:
its limits are wide, and count only what went wrong. A browser from which the person signed in before has a count of its
own (see `devices`), so that somebody else's guessing does not keep them out. Never asked on the crisis pages or when
signing out.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from marketplace.core.throttling import Attempt, Pace, begin_all

from .devices import known_device

_SECOND, _MINUTE, _HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

#: Some 60 guesses a day at one account, from however many addresses.
PASSWORDS = Pace("password", free=5, first_wait=30 * _SECOND, longest_wait=30 * _MINUTE, forgotten_after=_DAY)
#: Three codes, three guesses each; then some 30 a day of a million.
CODES = Pace("code", free=9, first_wait=_MINUTE, longest_wait=_HOUR, forgotten_after=_DAY)
SECOND_STEPS = Pace("second-step", free=5, first_wait=30 * _SECOND, longest_wait=30 * _MINUTE, forgotten_after=_DAY)
CODE_REQUESTS = Pace("code-request", free=5, first_wait=_MINUTE, longest_wait=_HOUR, forgotten_after=_DAY)
#: A hall of people may ask for codes at once.
CODE_REQUESTS_BY_ADDRESS = Pace(
    "code-request-address", free=300, first_wait=2 * _SECOND, longest_wait=_MINUTE, forgotten_after=_HOUR
)
#: Codes that stand in for a password: a printed recovery code, an invitation.
SECRETS = Pace("secret", free=5, first_wait=_MINUTE, longest_wait=_HOUR, forgotten_after=_DAY)
#: Whatever went wrong from one address.
BY_ADDRESS = Pace("address", free=60, first_wait=2 * _SECOND, longest_wait=5 * _MINUTE, forgotten_after=_HOUR)
#: Forms that anybody may send without signing in.
FORMS_BY_ADDRESS = Pace("form", free=40, first_wait=5 * _SECOND, longest_wait=5 * _MINUTE, forgotten_after=_HOUR)


@dataclass
class Trial:
    """One attempt of a person, counted by what it is aimed at and by where it comes from."""

    targets: list[Attempt]
    address: Attempt

    def begin(self) -> bool:
        """Count it; False says that it comes too soon and nothing is to be checked."""
        return begin_all([*self.targets, self.address])

    def succeeded(self) -> None:
        """The person has proven to be the right one. The address keeps what others there did."""
        for target in self.targets:
            target.forget()
        self.address.take_back()


def trial(request: HttpRequest, pace: Pace, names: Iterable[str]) -> Trial:
    """Return an attempt at these names: a phone, an e-mail, a login name, an account's id."""
    targets = [Attempt(pace, _target(request, name)) for name in dict.fromkeys(name.strip().lower() for name in names)]
    return Trial(targets=targets, address=Attempt(BY_ADDRESS, f"{pace.name}:{address_of(request)}"))


def may_send_code(request: HttpRequest, name: str) -> bool:
    """Count a wish for a code to this phone or e-mail, and return whether it is met now."""
    by_address = Attempt(CODE_REQUESTS_BY_ADDRESS, address_of(request))
    return begin_all([Attempt(CODE_REQUESTS, _target(request, name.strip().lower())), by_address])


def may_send_form(request: HttpRequest, form: str) -> bool:
    """Count a public form from one address, and return whether it may be sent now."""
    return Attempt(FORMS_BY_ADDRESS, f"{form}:{address_of(request)}").begin()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of an IPv6 address the network, which is one household's."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def _target(request: HttpRequest, name: str) -> str:
    device = known_device(request, name)
    return f"{name}@{device}" if device else name
