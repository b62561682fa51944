"""How long somebody may play on one day: the games teach something in a few minutes and then end kindly (INT-04)."""

#: All games together, on one Shanghai day.
CAP_SECONDS = 300


def seconds_left(played: int) -> int:
    """Return what is left of today's time after so many seconds."""
    return max(0, CAP_SECONDS - played)


def may_play(played: int) -> bool:
    """Return whether there is time left today."""
    return seconds_left(played) > 0
