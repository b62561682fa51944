"""Asking a gateway, with exactly three outcomes whatever the company's software throws."""

import logging
from collections.abc import Callable
from typing import TypeVar

from payments.gateways.base import GatewayRefused, GatewayUnclear

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def ask(question: Callable[..., Answer], *about: object) -> Answer:
    """Return the gateway's answer. Raises GatewayRefused or GatewayUnclear, nothing else."""
    try:
        return question(*about)
    except (GatewayRefused, GatewayUnclear):
        raise
    except Exception as error:
        # Anything unforeseen may have happened after the company acted, so it is never a "no".
        logger.exception("A gateway failed in an unforeseen way")
        raise GatewayUnclear from error
