"""`make show-anonymity`: let members write, see all that a stranger sees, and try to tell who wrote what; JSON last.

MEMBERS (200), WRITINGS (2,000) and SEED choose the town. Then builds that leak, one mistake each, are attacked in the same
way in small towns: each must be caught, or the attack proves nothing.
"""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from tests.support import slots
from tests.support.show_doors import _prepare

MEMBERS = int(os.environ.get("MEMBERS", "200"))
WRITINGS = int(os.environ.get("WRITINGS", "2000"))
SEED = int(os.environ.get("SEED", "20261122"))
#: A small town of a planted leak.
FEW_MEMBERS, FEW_WRITINGS = 24, 168
#: From here on the attacker is said to know something.
CAUGHT = 0.6
NEAR = 0.04


def main() -> int:
    """Attack the real build, and beside it every planted one; return the exit code."""
    begun = time.monotonic()
    _prepare()
    command = [sys.executable, "-m", "tests.support.show_anonymity", "planted"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        found, fetched, faults = _attack(nullcontext(), MEMBERS, WRITINGS, topics=4, batch=50, pictures=0.25)
        print(
            f"fetched {fetched} pages and files; attacker's AUC {found.auc:.3f}, {found.links} links proven", flush=True
        )
        assert other.stdout
        planted = [json.loads(line) for line in other.stdout]
    for one in planted:
        caught = "caught" if one["caught"] else "NOT CAUGHT"
        print(f"planted: {one['name']}: AUC {one['auc']:.3f}, {one['links']} links: {caught}")
    figures = {
        "attempts": found.attempts,
        "links": found.links,
        "attacker_auc": round(found.auc, 3),
        "planted_found": sum(one["caught"] for one in planted),
        "planted": len(planted),
        "fetched": fetched,
        "faults": faults,
        "seed": SEED,
        "seconds": round(time.monotonic() - begun, 1),
    }
    print(json.dumps(figures, ensure_ascii=False))
    all_caught = bool(planted) and all(one["caught"] for one in planted)
    return 0 if all_caught and not found.links and not faults and abs(found.auc - 0.5) < NEAR else 1


def planted_builds() -> int:
    """Attack each build that leaks, in a small town; say a line of JSON for each."""
    _prepare()
    from tests.support.anonymity_planted import PLANTED

    for name, leak in PLANTED.items():
        verdict, *_ = _attack(leak(), FEW_MEMBERS, FEW_WRITINGS, topics=2, batch=24, pictures=0.6)
        caught = verdict.auc >= CAUGHT or verdict.links > 0
        print(json.dumps({"name": name, "auc": verdict.auc, "links": verdict.links, "caught": caught}), flush=True)
    return 0


def _attack(
    build: AbstractContextManager, members: int, writings: int, *, topics: int, batch: int, pictures: float
) -> Any:
    from tests.factories import make_teen, signed_in
    from tests.support.anonymity_attack import attack
    from tests.support.anonymity_eyes import look_round
    from tests.support.anonymity_town import make_town, town_time, write_all
    from tests.support.databases import unsaved

    dice = random.Random(SEED)
    with unsaved(), town_time() as clock:
        town = make_town(dice, members=members, topics=topics, pictures=pictures)
        with build:
            write_all(town, dice, clock, count=writings, batch=batch)
            evidence = look_round(town, other=signed_in(make_teen(age=16)), sample=100)
        unseen = sum(public_id not in evidence.seen for public_id in town.author_of)
        faults = [f"{guess} answers" for guess in evidence.answered]
        faults += [f"{evidence.messages} messages"] * bool(evidence.messages)
        faults += [f"{unseen} texts not found, {town.refused} refused"] * bool(unseen or town.refused)
        return attack(town, evidence, dice), evidence.fetched, faults


if __name__ == "__main__":
    try:
        code = planted_builds() if sys.argv[1:] == ["planted"] else main()
    finally:
        slots.leave_servers()
    sys.exit(code)
