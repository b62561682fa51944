"""Giving an item to a school or hospital, taking one in, and calling copies back."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from marketplace.accounts.models import User

from ..enums import Licence
from ..models import Item, LibraryIndex, SharedCopy
from .describing import (
    FIELDS,
    HOUSE,
    attribution_of,
    brought_in,
    described,
    origin_ref_of,
    read_me_of,
)
from .enums import Direction
from .errors import CameAlready, MayNotBeShared, PackageFault
from .packages import packed, unpacked

ENDINGS = re.compile(r"\.(jpe?g|png|webp|mp3|wav|m4a|mp4|webm|vtt|pdf)$")


@transaction.atomic(durable=True)
def share_item(
    *, item: Item, holder_name: str, made_by: User | None, holder_ref: UUID | None = None
) -> tuple[SharedCopy, bytes]:
    """Make a package of a published item for somebody, and write down who has it. Raises MayNotBeShared.

    A copy of a copy keeps the first author, licence and origin.
    """
    if not item.live or item.licence == Licence.ALL_RIGHTS:
        raise MayNotBeShared
    first = item.shared_copies.filter(direction=Direction.INCOMING).first()
    origin_ref = first.origin_ref if first else origin_ref_of(item)
    attribution = first.attribution if first else attribution_of(item)
    origin_name = first.origin_name if first else HOUSE
    described_item, files = described(item, origin_ref=origin_ref, attribution=attribution, origin_name=origin_name)
    copy = SharedCopy.objects.create(
        direction=Direction.OUTGOING,
        page=item.page_ptr,
        title=item.title,
        holder_name=holder_name,
        holder_ref=holder_ref,
        made_by=made_by,
        **_what_stays(described_item),
    )
    return copy, packed(described_item, files, read_me_of(described_item))


def _what_stays(item: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a copy that come from the item and never change."""
    review = item["review"]
    return {
        "origin_ref": item["origin"]["ref"],
        "origin_name": item["origin"]["name"],
        "attribution": item["attribution"],
        "licence": item["licence"],
        "reviewed_by": "，".join(filter(None, (review["reviewer"], review["qualification"]))),
        "reviewed_on": review["reviewed_on"] and date.fromisoformat(review["reviewed_on"]),
        "review_due_on": review["review_due_on"] and date.fromisoformat(review["review_due_on"]),
        "content_hash": item["origin"]["content_hash"],
    }


@transaction.atomic(durable=True)
def take_in(*, package: bytes, made_by: User) -> SharedCopy:
    """Make a draft of a package; author, licence and origin stay, and a professional of this house reads it again.

    Raises: PackageFault, CameAlready, MayNotBeShared.
    """
    described_item, files = unpacked(package)
    try:
        stays = _what_stays(described_item)
        if not (stays["attribution"] and stays["licence"] in Licence.values and stays["origin_ref"]):
            raise PackageFault
        if stays["licence"] == Licence.ALL_RIGHTS:
            raise MayNotBeShared
        if SharedCopy.objects.filter(
            direction=Direction.INCOMING,
            origin_ref=stays["origin_ref"],
            content_hash=stays["content_hash"],
            withdrawn_at=None,
        ).exists():
            raise CameAlready
        item = _draft(described_item, files, made_by)
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError) as error:
        raise PackageFault from error
    return SharedCopy.objects.create(
        direction=Direction.INCOMING, page=item.page_ptr, title=item.title, made_by=made_by, **stays
    )


def _draft(described_item: dict[str, Any], files: dict[str, bytes], made_by: User) -> Item:
    language = described_item["language"]
    index = LibraryIndex.objects.filter(locale__language_code=language).first()
    if index is None:
        raise PackageFault
    body = brought_in(described_item["body"], files, _keep_file)
    item = Item(
        **{name: described_item[name] for name in FIELDS},
        draft_title=described_item["title"],
        slug=_free_slug(described_item),
        locale=Locale.objects.get(language_code=language),
        live=False,
        has_unpublished_changes=True,
        owner=made_by,
        body=_stream("body", body),
        sources=_stream("sources", described_item["sources"]),
    )
    index.add_child(instance=item)
    item.save_revision(user=made_by)
    return item


def _keep_file(sort: str, name: str, data: bytes) -> int:
    if not ENDINGS.search(name):
        raise PackageFault
    model = get_image_model() if sort == "image" else get_document_model()
    row = model(title=name.rsplit("/", 1)[-1], file=ContentFile(data, name=name.rsplit("/", 1)[-1]))
    row.full_clean(exclude=["collection", "file_hash", "file_size"])
    row.save()
    return row.pk


def _free_slug(described_item: dict[str, Any]) -> str:
    stem = slugify(described_item["origin"]["ref"].rstrip("/").split("/")[-2])[:40] or "shared"
    taken = set(Page.objects.filter(slug__startswith=f"{stem}-").values_list("slug", flat=True))
    return next(slug for number in range(1, 1000) if (slug := f"{stem}-shared-{number}") not in taken)


def _stream(name: str, raw: Any) -> Any:
    return Item._meta.get_field(name).stream_block.to_python(raw)


@transaction.atomic
def withdraw_copies(*, page: Page) -> int:
    """End what was shared of a page whose author took it back: copies in this house stop being public at once.

    Who holds a package elsewhere is listed in the editor and has to be told. Returns how many copies there are.
    """
    now = timezone.now()
    origins = set(SharedCopy.objects.filter(page=page, withdrawn_at=None).values_list("origin_ref", flat=True))
    copies = SharedCopy.objects.filter(origin_ref__in=origins, withdrawn_at=None)
    for copy in copies.filter(direction=Direction.INCOMING).exclude(page=page).select_related("page"):
        if copy.page is not None and copy.page.live:
            copy.page.specific.unpublish()
    return copies.update(withdrawn_at=now)
