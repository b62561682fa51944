"""How a submission becomes a draft of the library."""

import base64
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from marketplace.accounts.models import User
from marketplace.core.age_bands import AgeBand

from ..enums import Audience, Kind
from ..enums import Licence as ItemLicence
from ..models import Item, LibraryIndex, Submission
from .enums import About, Attribution, Form, Licence, Teller
from .files import ENDINGS

_AGES = {AgeBand.CHILD: (8, 11), AgeBand.YOUNGER_TEEN: (12, 14), AgeBand.OLDER_TEEN: (15, 18)}
_AUDIENCES = {
    AgeBand.CHILD: Audience.CHILD,
    AgeBand.YOUNGER_TEEN: Audience.TEEN,
    AgeBand.OLDER_TEEN: Audience.TEEN,
    AgeBand.ADULT: Audience.PARENT,
    AgeBand.TEACHER: Audience.TEACHER,
}
_KINDS = {Form.TEXT: Kind.ARTICLE, Form.PICTURE: Kind.GUIDE, Form.AUDIO: Kind.AUDIO}


def attribution_of(submission: Submission) -> str:
    """Return what stands under it for readers: never a name that belongs to somebody."""
    if submission.attribution == Attribution.ALIAS and submission.alias:
        return _("%(alias)s（化名）") % {"alias": submission.alias}
    if submission.attribution == Attribution.SCHOOL_YEAR and submission.school_year is not None:
        return _("一位%(year)s的同学") % {"year": submission.get_school_year_display()}
    return str(Teller(submission.teller).label)


def draft_of(submission: Submission, *, made_by: User) -> Item:
    """Make an unpublished item of it, written by its sender and put in by a member of staff."""
    ages = _AGES.get(AgeBand(submission.age_band), (8, 18))
    is_story = submission.about == About.STORY
    item = Item(
        title=submission.title,
        draft_title=submission.title,
        slug=f"{'story' if is_story else 'work'}-{submission.public_id.hex[:10]}",
        locale=Locale.objects.get(language_code="zh-hans"),
        live=False,
        has_unpublished_changes=True,
        owner=made_by,
        kind=Kind.STORY if is_story else _KINDS[Form(submission.form)],
        summary=submission.title,
        audience=_AUDIENCES[AgeBand(submission.age_band)],
        age_from=ages[0],
        age_to=ages[1],
        needs=[submission.need],
        author_name=attribution_of(submission),
        machine_written=False,
        licence=ItemLicence.CC_BY_NC if submission.licence == Licence.SCHOOLS else ItemLicence.ALL_RIGHTS,
        body=_stream("body", list(_parts(submission))),
        sources=_stream("sources", [_source(submission)]),
    )
    index = LibraryIndex.objects.get(locale__language_code="zh-hans")
    index.add_child(instance=item)
    item.save_revision(user=made_by)
    return item


def _source(submission: Submission) -> dict[str, Any]:
    title = _("读者自己的经历") if submission.about == About.STORY else _("读者的投稿")
    year = timezone.localdate(submission.sent_at).year
    return {"type": "source", "value": {"title": title, "publisher": _("心桥"), "year": year}}


def _parts(submission: Submission) -> Iterator[dict[str, Any]]:
    words = submission.words.strip()
    if submission.form == Form.PICTURE:
        image = get_image_model()(title=submission.title, file=_file(submission))
        image.save()
        description = words.splitlines()[0][:200] if words else submission.title
        yield {"type": "picture", "value": {"image": image.pk, "description": description, "caption": ""}}
    if submission.form == Form.AUDIO:
        document = get_document_model()(title=submission.title, file=_file(submission))
        document.save()
        value = {"title": submission.title, "recording": document.pk, "transcript": _paragraphs(words or "…")}
        yield {"type": "audio", "value": value}
    elif words:
        yield {"type": "text", "value": _paragraphs(words)}


def _file(submission: Submission) -> ContentFile:
    data = base64.b64decode(submission.file)
    return ContentFile(data, name=f"{submission.public_id.hex}.{ENDINGS[submission.file_type]}")


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in words.splitlines() if line.strip())


def _stream(name: str, raw: list[dict[str, Any]]) -> Any:
    return Item._meta.get_field(name).stream_block.to_python(raw)


def files_of(page: Any) -> list[Any]:
    """Return the pictures and recordings that were made for a submission's page and for nothing else."""
    found = []
    for block in getattr(page, "body", []):
        if block.block_type == "picture" and block.value["image"]:
            found.append(block.value["image"])
        if block.block_type == "audio" and block.value["recording"]:
            found.append(block.value["recording"])
    return found
