"""What the demo families have done so far."""


def make_activity() -> bool:
    return False
