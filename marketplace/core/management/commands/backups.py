"""`manage.py backups`: take, check and restore backups. A command, and not a script like deploy/verify_audit.py: it needs the
settings' database, key service and registered apps, and only with all of them can it say that a restored site works."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.core.backups import erasures, services
from marketplace.core.backups.errors import BackupFault
from marketplace.core.backups.sealing import Sealer, make_key_file
from marketplace.core.encryption import journal
from marketplace.core.encryption.errors import JournalBroken


class Command(BaseCommand):
    """One action each; the last line on standard output is JSON, the exit code is 1 where something is wrong."""

    help = "Take, check and restore sealed backups; see docs/running.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, argument, text in (
            ("new-key", "path", "make a key file; keep a copy away from the backups"),
            ("take", "folder", "write a backup into a new folder below this one"),
            ("check", "backup", "open a whole backup without writing anything"),
            ("restore", "backup", "restore into the empty database and media folder of the settings"),
        ):
            actions.add_parser(name, help=text).add_argument("path", type=Path, metavar=argument)
        erased = actions.add_parser("erasures", help="say whether erased persons' keys are in the database again")
        erased.add_argument("--again", action="store_true", help="erase them again")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        actions = {
            "new-key": self._new_key, "take": self._take, "check": self._check, "restore": self._restore,
            "erasures": self._erasures,
        }  # fmt: skip
        try:
            found = actions[action](options)
        except (BackupFault, JournalBroken) as fault:
            raise CommandError(f"{type(fault).__name__}: {fault}") from fault
        self.stdout.write(json.dumps(found))

    @staticmethod
    def _new_key(options: dict[str, Any]) -> dict[str, Any]:
        make_key_file(options["path"])
        return {"key_file": str(options["path"])}

    @staticmethod
    def _take(options: dict[str, Any]) -> dict[str, Any]:
        services.discard_unfinished(options["path"])
        return {"backup": str(services.take_backup(into=options["path"], sealer=_sealer()))}

    @staticmethod
    def _check(options: dict[str, Any]) -> dict[str, Any]:
        said = services.check_backup(folder=options["path"], sealer=_sealer())
        return {"taken_at": said.taken_at, "rows": sum(said.tables.values()), "kek_uris": said.kek_uris}

    @staticmethod
    def _restore(options: dict[str, Any]) -> dict[str, Any]:
        return services.restore_backup(folder=options["path"], sealer=_sealer())

    @staticmethod
    def _erasures(options: dict[str, Any]) -> dict[str, Any]:
        if options["again"]:
            erasures.erase_again()
        if back := erasures.came_back():
            raise CommandError(f"{len(back)} destroyed keys are in the database again: backups erasures --again")
        return {"journal": len(journal.entries()), "came_back": 0}


def _sealer() -> Sealer:
    if not settings.BACKUP_KEY_FILE:
        raise CommandError("BACKUP_KEY_FILE must name the key backups are sealed with")
    return Sealer(Path(settings.BACKUP_KEY_FILE))
