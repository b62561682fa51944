"""An item in words that another house understands, and back again."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ..editing.wording import hash_of
from ..enums import Licence
from ..models import Item

HOUSE = "心桥"
#: What travels: the wording and for whom it is. Numbers of files inside the body are replaced by names in the package.
FIELDS = (
    "title", "kind", "summary", "audience", "age_from", "age_to", "needs", "skills", "grade_from", "grade_to", "subject",
    "author_name", "machine_written", "licence",
)  # fmt: skip
#: Which values of blocks are files, and of what sort.
FILE_VALUES = {"image": "image", "recording": "document", "film": "document", "captions": "document"}


def origin_ref_of(item: Item) -> str:
    """Return what names the original, wherever a copy of it lives."""
    return f"{settings.PUBLIC_BASE_URL}/library/{item.slug}/{item.locale.language_code}"


def attribution_of(item: Item) -> str:
    """Return the line that has to stay with every copy."""
    return _("《%(title)s》，%(author)s，来自%(house)s") % {
        "title": item.title,
        "author": item.author_name,
        "house": HOUSE,
    }


def described(
    item: Item, *, origin_ref: str, attribution: str, origin_name: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return an item as plain values, and the files its body names by their place in the package."""
    files: dict[str, bytes] = {}
    body = _carry_out(item.body.get_prep_value(), files)
    values = {name: getattr(item, name) for name in FIELDS}
    review = {
        "reviewer": str(item.reviewer) if item.reviewer else "",
        "qualification": item.reviewer.qualification if item.reviewer else "",
        "reviewed_on": item.reviewed_on.isoformat() if item.reviewed_on else None,
        "review_due_on": item.review_due_on.isoformat() if item.review_due_on else None,
    }
    return {
        **values,
        "language": item.locale.language_code,
        "body": body,
        "sources": _without_ids(item.sources.get_prep_value()),
        "version": item.version,
        "origin": {"ref": origin_ref, "name": origin_name, "content_hash": hash_of(item)},
        "attribution": attribution,
        "licence_name": str(Licence(item.licence).label),
        "review": review,
    }, files


def read_me_of(item: dict[str, Any]) -> str:
    """Return what a person reads who opens the package."""
    review = item["review"]
    reviewed = _("审核人：%(reviewer)s，%(day)s") % {"reviewer": review["reviewer"], "day": review["reviewed_on"]}
    return "\n".join(
        [
            item["attribution"],
            _("许可：%(licence)s") % {"licence": item["licence_name"]},
            reviewed if review["reviewed_on"] else _("还没有专业人员审核"),
            _("原文：%(ref)s") % {"ref": item["origin"]["ref"]},
            _("转载请保留以上各行。收进别的知识库以后，要由那里的专业人员重新审核。"),
            "",
        ]
    )


def brought_in(value: Any, files: dict[str, bytes], keep: Any) -> Any:
    """Return a body with files of the package kept here by `keep(sort, name, data)`, which returns their numbers."""
    if isinstance(value, list):
        return [brought_in(each, files, keep) for each in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for key, each in value.items():
        if key in FILE_VALUES and isinstance(each, str):
            found[key] = keep(FILE_VALUES[key], each, files[each]) if each in files else None
        else:
            found[key] = brought_in(each, files, keep)
    return found


def _carry_out(value: Any, files: dict[str, bytes]) -> Any:
    if isinstance(value, list):
        return [_carry_out(each, files) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _file_name(FILE_VALUES[key], each, files) if key in FILE_VALUES and isinstance(each, int)
        else _carry_out(each, files)
        for key, each in value.items()
        if key != "id"
    }  # fmt: skip


def _file_name(sort: str, pk: int, files: dict[str, bytes]) -> str | None:
    model = get_image_model() if sort == "image" else get_document_model()
    row = model.objects.filter(pk=pk).first()
    if row is None:
        return None
    name = f"files/{sort}-{pk}.{row.file.name.rsplit('.', 1)[-1].lower()}"
    with row.file.open("rb") as opened:
        files[name] = opened.read()
    return name


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_ids(each) for key, each in value.items() if key != "id"}
    return value
