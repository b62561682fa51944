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
    dependencies = [
        ("accounts", "0001_initial"),
        # Long histories of others run here, while few tables are known: each of their steps costs what is known by then.
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("address", "0007_useraddress_code"),
        ("analytics", "0003_auto_20200801_0817"),
        ("basket", "0012_line_code"),
        ("catalogue", "0032_category_exclude_from_menu_category_long_description"),
        ("communication", "0004_auto_20200801_0817"),
        ("customer", "0008_assign_permissions_to_staff"),
        ("offer", "0013_range_excluded_categories"),
        ("order", "0021_billingaddress_code_shippingaddress_code"),
        ("payment", "0005_auto_20200801_0817"),
        ("reviews", "0005_productreview_code"),
        ("shipping", "0003_auto_20181115_1953"),
        ("voucher", "0010_auto_20210224_0712"),
        ("wishlists", "0004_auto_20220328_0939"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
