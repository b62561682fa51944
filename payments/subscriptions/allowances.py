"""Who counts the sessions used of a period's allowance. The shop stands above payments and registers itself."""

from collections.abc import Callable

#: Takes a BillingCycle's id; returns how many of its sessions were used or stand booked.
UsedSessions = Callable[[int], int]

_counters: list[UsedSessions] = []


def register_used_sessions(counter: UsedSessions) -> None:
    """Let `counter` count; the last registration wins."""
    _counters[:] = [counter]


def used_sessions(cycle_id: int) -> int:
    """How many sessions of a period's allowance were used or stand booked."""
    return _counters[0](cycle_id) if _counters else 0
