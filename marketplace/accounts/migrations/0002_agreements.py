"""The first version of each text. The files named here are never edited: a change is a new version and a new migration."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import migrations

TEXTS = Path(__file__).parents[1] / "agreements"
VERSION = "2026.1"
EFFECTIVE_AT = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = ("user", "privacy", "children")


def _read(kind: str, language: str) -> tuple[str, str]:
    title, _, body = (TEXTS / f"{kind}-{VERSION}.{language}.md").read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# ").strip(), body.strip()


def load(apps, schema_editor):
    agreement = apps.get_model("accounts", "Agreement")
    for kind in KINDS:
        title, body = _read(kind, "zh")
        title_en, body_en = _read(kind, "en")
        agreement.objects.get_or_create(
            kind=kind,
            version=VERSION,
            defaults={
                "effective_at": EFFECTIVE_AT,
                "title": title,
                "body": body,
                "title_en": title_en,
                "body_en": body_en,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
