"""`make show-backup`: back up a world, tamper with the backup, erase people, restore, and say what was found; JSON last.

Runs on the tests' own servers, in two databases of its own. SEED decides what is tampered with, and where.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import slots
from tests.support.show_doors import _prepare

if TYPE_CHECKING:
    from tests.marketplace.consent.rights.life import Life
    from tests.support.backup_drill import Drill


def main(folder: Path) -> int:
    """Print each tampering with what found it; return the exit code."""
    dice = random.Random(int(os.environ.get("SEED", "20261122")))
    from tests.support.backup_drill import Drill

    drill = Drill(folder)
    try:
        return _walk(drill, dice)
    finally:
        drill.drop()


def _walk(drill: "Drill", dice: random.Random) -> int:
    from django.db import connection

    from marketplace.core.backups import services
    from marketplace.core.encryption import journal
    from tests.marketplace.consent.rights.life import make_life
    from tests.support.backup_drill import bring_back, wrapped_keys

    life = make_life()
    drill.make_media(dice)
    first = services.take_backup(into=drill.backups, sealer=drill.sealer)
    connection.ensure_connection()
    old_keys = wrapped_keys(connection.connection)
    other = services.take_backup(into=drill.backups, sealer=drill.sealer)
    print(f"untouched: {services.check_backup(folder=first, sealer=drill.sealer).taken_at}")
    found = _tamper_with_files(drill, first, other, dice)

    _erase(life)
    erased = [entry.subject_id for entry in journal.entries()]
    last = services.take_backup(into=drill.backups, sealer=drill.sealer)
    found |= _tamper_with_journal(drill, last, dice)
    report = drill.restore(first)
    print("restored:", json.dumps(report))
    left = _planted_left(drill, life)
    print(f"planted words of the erased in the restored database: {sorted(left) or 'none'}")
    with drill.restored() as eye:
        back = dice.choice([subject for subject in erased if subject in old_keys])
        bring_back(eye, back, old_keys[back])
    found["an erased key coming back"] = drill.manage("erasures").returncode != 0
    is_closed_again = drill.manage("erasures", "--again").returncode == 0
    for name, was_found in found.items():
        print(f"{'found' if was_found else 'NOT FOUND':<10} {name}")
    figures = {
        "tampered": len(found),
        "detected": sum(found.values()),
        "restored_rows_equal": report["restored_rows_equal"],
        "erased_stay_erased": report["erased_stay_erased"] and not left and is_closed_again,
        "erased": len(erased),
        "came_back_with_the_backup": report["keys_that_came_back"],
        "rows": report["rows"],
        "sealed_texts_opened": report["sealed_texts_opened"],
    }
    print(json.dumps(figures))
    is_well = (
        figures["detected"] == figures["tampered"] and figures["erased_stay_erased"] and report["sealed_texts_opened"]
    )
    return 0 if is_well and report["keys_that_came_back"] else 1


def _tamper_with_files(drill: "Drill", backup: Path, other: Path, dice: random.Random) -> dict[str, bool]:
    from marketplace.core.backups import services
    from marketplace.core.backups.errors import BackupFault, NotWhole
    from marketplace.core.backups.sealing import Sealer, make_key_file
    from tests.support.backup_drill import TAMPERINGS

    found = {}
    for name, tamper in TAMPERINGS.items():
        copy = drill.folder / "copy"
        shutil.copytree(backup, copy)
        tamper(copy, other, dice)
        found[name] = _raises(NotWhole, lambda copy=copy: services.check_backup(folder=copy, sealer=drill.sealer))
        shutil.rmtree(copy)
    make_key_file(drill.folder / "another-key.json")
    stranger = Sealer(drill.folder / "another-key.json")
    found["another key"] = _raises(BackupFault, lambda: services.check_backup(folder=backup, sealer=stranger))
    return found


def _tamper_with_journal(drill: "Drill", backup: Path, dice: random.Random) -> dict[str, bool]:
    """The list that keeps the erased erased is cut, and changed: the restore must not begin."""
    from django.conf import settings

    from marketplace.core.backups import services
    from marketplace.core.backups.errors import NotAsItWas
    from marketplace.core.encryption.errors import JournalBroken

    path = Path(settings.ERASURE_JOURNAL)
    whole = path.read_text()
    lines = whole.splitlines(keepends=True)
    changed = lines[0].replace('"reason": "', '"reason": "x')
    tampered = {
        "journal cut": "".join(lines[: dice.randrange(len(lines))]),
        "journal's first line changed": changed + "".join(lines[1:]),
    }
    found = {}
    for name, text in tampered.items():
        path.write_text(text)
        found[name] = _raises(
            (NotAsItWas, JournalBroken), lambda: services.restore_backup(folder=backup, sealer=drill.sealer)
        )
    path.write_text(whole)
    return found


def _raises(kinds, act) -> bool:
    try:
        act()
    except kinds as fault:
        print(f"  {type(fault).__name__}: {fault}")
        return True
    return False


def _erase(life: "Life") -> None:
    from marketplace.consent.rights import services
    from tests.marketplace.consent.rights.life import later

    for subject in (life.child, life.parent):
        services.ask_for_erasure(asker=life.parent, subject_id=subject.public_id)
    for days in (8, 9):
        services.run_due_requests(now=later(days))


def _planted_left(drill: "Drill", life: "Life") -> set[str]:
    """Words of the erased that can be read in the restored database."""
    from tests.marketplace.consent.rights.test_erasure import found_in

    return found_in(drill.restored_text(), life.of_parent | {"child": life.of_child["nickname"]})


if __name__ == "__main__":
    _prepare()
    try:
        with tempfile.TemporaryDirectory() as own:
            code = main(Path(own))
    finally:
        slots.leave_servers()
    sys.exit(code)
