"""`python -m marketplace.core.embedded start|stop demo|test|bench`: the servers alone, for work at the shell."""

import argparse

from . import postgres, redis
from .locations import PURPOSES, Place


def main() -> None:
    """Start or stop both servers of one purpose; after a start, print where they are."""
    parser = argparse.ArgumentParser(prog="python -m marketplace.core.embedded")
    parser.add_argument("action", choices=["start", "stop"])
    parser.add_argument("purpose", choices=PURPOSES)
    arguments = parser.parse_args()
    place = Place(arguments.purpose)
    for server in (postgres, redis):
        address = getattr(server, arguments.action)(place)
        if address:
            print(address)


if __name__ == "__main__":
    main()
