"""The official SDK, held to three answers.

The API version is written here and not left to whatever the SDK of the day speaks. Nothing is tried again behind our
back: a retry is ours. The SDK makes up an idempotency key where none is given, which would turn a retry that creates or
moves something into a second act, so such a call names its own. A call that only puts something into a state (ended, voided,
renewing) leaves the key to the SDK: twice is once anyway, and a key of ours would repeat a failure for a day.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import stripe

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.stripe.config import StripeConfig

#: What our code reads and the webhook endpoint must be set to; the fields move between versions.
API_VERSION = "2026-10-28.endive"
#: Seconds to connect, and to wait for an answer.
_TIMEOUT = (3.05, 12.0)
NO_SUCH_THING = "resource_missing"
#: Stripe keeps the first answer of a key, a failure too, and repeats it: see `ReplayedFailure`.
_REPLAYED = "idempotent-replayed"
# At INFO the SDK writes down every address it asks.
logging.getLogger("stripe").setLevel(logging.WARNING)


class ReplayedFailure(GatewayUnclear):
    """The first answer under this key was a failure on Stripe's side, and the key will say nothing else for a day."""


class KeyReused(GatewayUnclear):
    """Our key with other parameters: a fault of ours, never answered by a new key, for the first may have worked."""


class StripeApi:
    """A client, and the one place where the SDK's exceptions become ours."""

    def __init__(self, config: StripeConfig) -> None:
        self.config = config
        stripe.enable_telemetry = False
        self.v1 = stripe.StripeClient(
            config.secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": config.gateway_url},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=_TIMEOUT),
        ).v1

    def call(self, method: Callable[..., Any], *args: Any, key: str = "") -> dict[str, Any]:
        """The object that a method of a service answers with. Raises GatewayRefused or GatewayUnclear.

        `key`: the idempotency key of a call that creates something or moves money.
        """
        found: dict[str, Any] = _heard(lambda: method(*args, **_options(key)).to_dict())
        return found

    def all(self, method: Callable[..., Any], params: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All objects of a list, page by page. Raises as `call` does."""
        pages: Iterable[Any] = _heard(lambda: method(params).auto_paging_iter())
        rows = iter(pages)
        while (row := _heard(lambda: next(rows, None))) is not None:
            yield row.to_dict()


def _options(key: str) -> dict[str, Any]:
    return {"options": {"idempotency_key": key}} if key else {}


def _heard(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except stripe.IdempotencyError as error:
        raise KeyReused(f"idempotency_error: {error.user_message}") from error
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        raise GatewayRefused(error.code or "invalid_request_error", error.user_message or "") from error
    except stripe.AuthenticationError as error:
        # Nothing happened, but the fault is in our settings: mended there, the same question works.
        raise GatewayUnclear("Stripe does not take our key") from error
    except stripe.StripeError as error:
        if (error.headers or {}).get(_REPLAYED) == "true":
            raise ReplayedFailure from error
        raise GatewayUnclear(f"{type(error).__name__} {error.http_status}") from error
    except Exception as error:
        # An answer that cannot be read may be the answer to something that was done.
        raise GatewayUnclear from error
