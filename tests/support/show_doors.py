"""`make show-doors`: walk every address as everyone, on a database of its own, and say what was found; JSON last."""

import json
import os
import sys
import time

from tests.support import slots


def main() -> int:
    """Print what is wrong, if anything, and the figures; SEED decides the order of the walk."""
    seed = int(os.environ.get("SEED", "0"))
    _prepare()
    begun = time.monotonic()
    from tests.support.databases import unsaved
    from tests.support.door_walk import Walk, World, walk_sites
    from tests.support.planted_doors import EXPECTED, find_planted

    with unsaved():
        world = World.make()
        walk = Walk(world)
        found = walk.all(seed=seed)
        walk_sites(world, found)
        planted = find_planted(world)
    for fault in found.faults:
        print(fault)
    figures = {
        "checked": found.checked,
        "allowed_ok": found.allowed_ok,
        "leaks": len(found.leaks) + len(found.undeclared),
        "planted_doors_found": len(planted),
        "planted_doors": len(EXPECTED),
        "shut": len(found.shut) + len(found.orphaned),
        "addresses": found.addresses,
        "seconds": round(time.monotonic() - begun, 1),
        "seed": seed,
    }
    print(json.dumps(figures))
    return 0 if not found.faults and len(planted) == len(EXPECTED) else 1


def _prepare() -> None:
    """A fresh copy of the test database, with the tests' own servers and settings."""
    slot = slots.claim()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "XINQIAO_PURPOSE": "test"}
    slots.start_servers()

    import django

    django.setup()
    import logging

    logging.disable(logging.ERROR)
    from tests.support import clients, databases

    clients.find_static_files_when_asked()
    databases.prepare_template()
    databases.clone(f"xinqiao_{slot}")


if __name__ == "__main__":
    try:
        code = main()
    finally:
        slots.leave_servers()
    sys.exit(code)
