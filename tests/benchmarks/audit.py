"""Whether tampering with the record of looks is found: `make show-audit`.

Looks of three days are written, sealed and exported; then copies of the export are edited, shortened, swapped, added to and
cut, one at a time, and given to deploy/verify_audit.py, run by itself as an auditor would. The untampered export must pass.
SIZE is the number of looks (3,000); SEED decides which rows are touched. The last line is JSON.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from marketplace.core.embedded.locations import CHECKOUT
from tests.support.tampering import TAMPERINGS

from . import ground

SIZE = int(os.environ.get("SIZE", "3000"))
SEED = int(os.environ.get("SEED", "20261122"))
SCRIPT = CHECKOUT / "deploy" / "verify_audit.py"


def write_looks(dice: random.Random) -> None:
    """Looks at twenty people over three days, the last of them today."""
    from django.utils import timezone

    from marketplace.core.audit.enums import Action, Outcome
    from marketplace.core.audit.models import AuditEvent

    now: datetime = timezone.now()
    people = [UUID(int=dice.getrandbits(128), version=4) for _ in range(20)]
    AuditEvent.objects.bulk_create(
        AuditEvent(
            recorded_at=now - timedelta(days=3) * (SIZE - number) / SIZE,
            action=Action.READ,
            actor_id=dice.choice(people),
            actor_label="安和咨询 · 咨询师",
            subject_id=dice.choice(people),
            items=dice.sample(["profile", "booking", "plan", "score", "diary"], 2),
            purpose="care",
            outcome=dice.choice(Outcome.values),
            reason="consent",
        )
        for number in range(SIZE)
    )


def verify(lines: list[str], key: str) -> dict:
    """What the stand-alone script says: the system's Python without site packages, as an auditor's would be."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.jsonl"
        export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        command = [sys.executable, "-I", "-S", str(SCRIPT), str(export), "--key", key]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def main() -> None:
    ground.prepare("show_audit")
    from marketplace.core.audit import keys
    from marketplace.core.audit.services import export_lines, seal_events

    dice = random.Random(SEED)
    write_looks(dice)
    begun = time.perf_counter()
    sealed = seal_events()
    print(f"sealed {sealed} looks in {time.perf_counter() - begun:.2f} s")
    lines = list(export_lines())
    key = keys.public_key_text()

    untouched = verify(lines, key)
    print("untouched:", json.dumps(untouched, ensure_ascii=False))
    if not untouched["ok"] or untouched["events"] != SIZE:
        sys.exit("the untouched export must pass")
    detected = 0
    for name, tamper in TAMPERINGS.items():
        found = verify(tamper(lines, dice), key)
        detected += not found["ok"]
        print(
            f"{name}: {found.get('kind', 'not found')} at line {found.get('line')}, {found.get('where')}: {found.get('why')}"
        )
    ground.leave()
    print(json.dumps({"tampered": len(TAMPERINGS), "detected": detected}))
    if detected != len(TAMPERINGS):
        sys.exit(1)


if __name__ == "__main__":
    main()
