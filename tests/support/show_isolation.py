"""`make show-isolation`: two organisations of each kind, every address, list and form with the other's ids; JSON last."""

import json
import os
import sys
import time

from tests.support import slots
from tests.support.show_doors import _prepare


def main() -> int:
    """Print what is wrong, if anything, and the figures; SEED decides the order. ONLY=clinic,school names kinds."""
    seed = int(os.environ.get("SEED", "0"))
    _prepare()
    begun = time.monotonic()
    from catalog.partner.enums import OrganisationType
    from tests.support.isolation import walk_all
    from tests.support.planted_isolation import EXPECTED, find_planted

    asked = [kind for kind in os.environ.get("ONLY", "").split(",") if kind]
    kinds = [kind for kind in OrganisationType if not asked or kind in asked]
    found = walk_all(kinds, seed=seed)
    planted = find_planted()
    for fault in (*found.leaks, *found.shut):
        print(fault)
    figures = {
        "attempts": found.attempts,
        "leaks": len(found.leaks),
        "allowed_ok": found.allowed_ok,
        "planted_found": len(planted),
        "planted": len(EXPECTED),
        "shut": len(found.shut),
        "kinds": len(kinds),
        "seconds": round(time.monotonic() - begun, 1),
        "seed": seed,
    }
    print(json.dumps(figures))
    return 0 if not found.leaks and not found.shut and len(planted) == len(EXPECTED) else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        slots.leave_servers()
    sys.exit(code)
