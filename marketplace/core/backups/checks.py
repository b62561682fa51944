"""Whether a restored database is what was backed up: rows, the record of looks, and sealed texts that open."""

import json
import subprocess
import sys
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

from marketplace.core.audit import keys
from marketplace.core.audit.services import export_lines
from marketplace.core.encryption.errors import EncryptionFault
from marketplace.core.encryption.fields import EncryptedField

from .errors import NotAsItWas
from .postgres import row_counts

#: Sealed texts read of each column, the newest.
SAMPLE = 3


def other_counts(tables: dict[str, int]) -> list[str]:
    """Tables whose rows are not as many as the manifest says, or that are missing or new."""
    found = row_counts()
    return sorted(name for name in found.keys() | tables if found.get(name) != tables.get(name))


def check_audit(anchors: Iterable[str]) -> int:
    """Give the whole record of looks to deploy/verify_audit.py; return how many rows it found right.

    Raises:
        NotAsItWas: the chain, a seal or an anchor does not fit.
    """
    script = settings.BASE_DIR / "deploy" / "verify_audit.py"
    demands = [part for anchor in anchors for part in ("--anchor", anchor)]
    command = [sys.executable, "-I", "-S", str(script), "-", "--key", keys.public_key_text(), *demands]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            for line in export_lines():
                child.stdin.write(f"{line}\n")
            child.stdin.close()
        except BrokenPipeError:
            pass  # it has found a fault already
        found = json.loads(child.stdout.read())
    if not found["ok"]:
        raise NotAsItWas(f"the record of looks: {found['where']}: {found['why']}")
    return int(found["events"])


def check_sealed_texts() -> int:
    """Open the newest sealed texts of every column; return how many opened.

    Raises:
        NotAsItWas: one does not open though its key is not destroyed (a key of the key service is missing, say).
    """
    return sum(_open_some(model, field) for model in apps.get_models() for field in _sealed(model))


def _sealed(model: type[Model]) -> list[Field]:
    is_table = model._meta.managed and not model._meta.proxy
    return [field for field in model._meta.local_concrete_fields if is_table and isinstance(field, EncryptedField)]


def _open_some(model: type[Model], field: Field) -> int:
    filled = model._base_manager.exclude(**{f"{field.attname}__isnull": True}).order_by("-pk")
    opened = 0
    for row in filled[:SAMPLE]:
        try:
            opened += bool(getattr(row, field.attname))
        except EncryptionFault as error:
            raise NotAsItWas(f"{model._meta.db_table}.{field.column} does not open: {error}") from error
    return opened
