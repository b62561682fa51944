"""The gate before an offer is on sale: it is explained, it may be sold, and it says nothing that may not be said."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..errors import CaptionsUnreadable, NotReadyToPublish, TranscriptMissing, VideoUnreadable, WordsNotAllowed
from ..models import Explainer
from ..offering import may_use_medical_words, what_may_be_sold
from ..wording import Finding, check_words

MOST_VIDEO_BYTES = 200_000_000
MOST_CAPTION_BYTES = 1_000_000
#: A film of a minute is longer in words.
SHORTEST_TRANSCRIPT = 50
FEWEST_STEPS = 1


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that is missing before an offer can be on sale, and how to mend it."""

    what: str
    how: str | Promise


def find_words(*, partner: Partner, texts: Mapping[str, str]) -> list[Finding]:
    """Return what this organisation may not say in these texts, each with what to write instead."""
    return check_words(texts, may_use_medical_words=may_use_medical_words(partner))


def refuse_words(*, partner: Partner, texts: Mapping[str, str]) -> None:
    """Raise WordsNotAllowed, with findings, where texts say what this organisation may not say."""
    if findings := find_words(partner=partner, texts=texts):
        raise WordsNotAllowed(findings)


def texts_of(product: Product) -> dict[str, str]:
    """Return all that a product says, by the name of the field; the film's words are words, too."""
    steps = "\n".join(f"{step.get('title', '')}。{step.get('text', '')}" for step in product.how_it_works or [])
    explainer = Explainer.objects.filter(product=product).first()
    return {
        _("名称"): product.title or "",
        _("一句话介绍"): product.summary,
        _("介绍"): product.description or "",
        _("怎么进行"): steps,
        _("视频的文字版"): explainer.transcript if explainer else "",
    }


def hindrances(*, product: Product, partner: Partner) -> list[Hindrance]:
    """Return what is missing before a product of this organisation can be on sale; empty where nothing is."""
    found = []
    if product.kind not in what_may_be_sold(partner):
        found.append(Hindrance(_("证照"), _("现在的证照不包括这一类。请更新证照，或者换一类。")))
    if not Explainer.objects.filter(product=product).exists():
        found.append(Hindrance(_("视频"), _("请放一段讲解视频，配上字幕和文字版。")))
    if not product.illustration and not product.images.exists():
        found.append(Hindrance(_("图片"), _("请至少放一张图片。")))
    if len(product.how_it_works or []) < FEWEST_STEPS:
        found.append(Hindrance(_("怎么进行"), _("请写明怎么进行，一步一步来。")))
    if not product.stockrecords.filter(price__isnull=False).exists():
        found.append(Hindrance(_("价格"), _("请填写价格。")))
    found += [
        Hindrance(finding.word, finding.suggestion) for finding in find_words(partner=partner, texts=texts_of(product))
    ]
    return found


@transaction.atomic
def publish_product(*, product: Product, partner: Partner) -> Product:
    """Put a product on sale when nothing is missing. Joins the caller's transaction.

    Raises: NotReadyToPublish, with all that is missing.
    """
    if missing := hindrances(product=product, partner=partner):
        raise NotReadyToPublish(missing)
    product.sale_state = SaleState.ON_SALE
    product.save(update_fields=["sale_state", "date_updated"])
    return product


@transaction.atomic
def explain_product(
    *,
    product: Product,
    partner: Partner,
    video: UploadedFile,
    captions: UploadedFile,
    transcript: str,
    explained_by: User,
) -> Explainer:
    """Give a product its film with captions and the same in words; an earlier one is replaced.

    Raises: VideoUnreadable, CaptionsUnreadable, TranscriptMissing, WordsNotAllowed.
    """
    ending = _video_kind(video)
    words = _captions(captions)
    if len(transcript.strip()) < SHORTEST_TRANSCRIPT:
        raise TranscriptMissing
    refuse_words(partner=partner, texts={_("字幕"): words, _("视频的文字版"): transcript})
    name = get_random_string(24)
    explainer, _made = Explainer.objects.get_or_create(
        product=product,
        defaults={"video": f"{name}.{ending}", "captions": f"{name}.vtt", "transcript": transcript.strip()},
    )
    explainer.video.save(f"{name}.{ending}", video, save=False)
    explainer.captions.save(f"{name}.vtt", ContentFile(words.encode()), save=False)
    explainer.transcript, explainer.explained_by = transcript.strip(), explained_by
    explainer.explained_at = timezone.now()
    explainer.save()
    return explainer


def _video_kind(video: UploadedFile) -> str:
    """Return mp4 or webm, by what a file begins with, never by its name. Raises VideoUnreadable."""
    if not video.size or video.size > MOST_VIDEO_BYTES:
        raise VideoUnreadable
    video.seek(0)
    head = video.read(12)
    video.seek(0)
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "webm"
    raise VideoUnreadable


def _captions(captions: UploadedFile) -> str:
    """Return WebVTT captions as text. Raises CaptionsUnreadable."""
    if not captions.size or captions.size > MOST_CAPTION_BYTES:
        raise CaptionsUnreadable
    captions.seek(0)
    try:
        text = captions.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaptionsUnreadable from None
    if not text.startswith("WEBVTT") or "-->" not in text:
        raise CaptionsUnreadable
    return text
