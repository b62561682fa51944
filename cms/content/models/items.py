"""The pages of the library."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from marketplace.core.age_bands import AgeBand, band_of
from marketplace.core.needs import Need

from ..blocks import BodyBlock, SourcesBlock
from ..enums import Audience, Kind, Licence, Skill
from ..plain_text import FOR_CLASS, plain_text_of, reading_minutes_of

OLDEST = 18
LAST_GRADE = 12


class LibraryIndex(Page):
    """What all items of one language stand under; the page itself is the library's home."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.Item"]
    max_count_per_parent = 2  # one for each language
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("知识库")

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """The home has one address in every language."""
        return _at(super().get_url_parts(request), reverse("library"))


class Item(Page):
    """One thing to read, hear, watch or do.

    One page type with a `kind`, not one for each: all are found, reviewed and shared alike (see the ADR on the library).
    `bands`, `plain_text` and `reading_minutes` follow from the rest when the page is saved. `text_digest` is the
    fingerprint of the text file the item was loaded from, empty when an editor wrote it.
    """

    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    summary = models.CharField(_("一句话"), max_length=160)
    body = StreamField(BodyBlock(), verbose_name=_("正文"))
    audience = models.CharField(_("写给谁"), max_length=10, choices=Audience)
    age_from = models.PositiveSmallIntegerField(_("从几岁"), default=8, validators=[MaxValueValidator(OLDEST)])
    age_to = models.PositiveSmallIntegerField(_("到几岁"), default=OLDEST, validators=[MaxValueValidator(OLDEST)])
    bands = ArrayField(models.CharField(max_length=10, choices=AgeBand), default=list, editable=False)
    needs = ArrayField(models.CharField(max_length=12, choices=Need), verbose_name=_("方向"), size=3)
    skills = ArrayField(
        models.CharField(max_length=20, choices=Skill), verbose_name=_("练的本领"), default=list, blank=True
    )
    grade_from = models.PositiveSmallIntegerField(_("从几年级"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("到几年级"), null=True, blank=True)
    subject = models.CharField(_("学科"), max_length=20, blank=True)
    author_name = models.CharField(_("作者"), max_length=60)
    machine_written = models.BooleanField(_("由机器写成"), default=False)
    sources = StreamField(SourcesBlock(), verbose_name=_("来源"))
    licence = models.CharField(_("许可"), max_length=20, choices=Licence, default=Licence.CC_BY_NC_SA)
    reviewer = models.ForeignKey(
        "content.Reviewer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("专业审核人"),
    )
    reviewed_on = models.DateField(_("审核日期"), null=True, blank=True)
    review_due_on = models.DateField(_("下次审核"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    plain_text = models.TextField(editable=False, blank=True, default="")
    reading_minutes = models.PositiveSmallIntegerField(editable=False, default=1)
    text_digest = models.CharField(max_length=64, editable=False, blank=True, default="")

    parent_page_types = ["content.LibraryIndex"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []  # what is published is for everybody

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=1.5),
        index.SearchField("needs_in_words", boost=1.5),
        index.SearchField("plain_text"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldPanel("needs"),
                FieldPanel("skills"),
                FieldRowPanel([FieldPanel("grade_from"), FieldPanel("grade_to"), FieldPanel("subject")]),
            ],
            heading=_("为谁、为了什么"),
        ),
        MultiFieldPanel(
            [FieldPanel("author_name"), FieldPanel("machine_written"), FieldPanel("sources"), FieldPanel("licence")],
            heading=_("从哪里来"),
        ),
    ]

    class Meta:
        verbose_name = _("知识库内容")
        constraints = [
            models.CheckConstraint(condition=Q(age_from__lte=F("age_to")), name="item_ages_in_order"),
            models.CheckConstraint(
                condition=Q(grade_from=None, grade_to=None)
                | Q(grade_from__gte=1, grade_from__lte=F("grade_to"), grade_to__lte=LAST_GRADE),
                name="item_grades_in_order",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | Q(reviewer__isnull=False), name="item_review_has_a_name"
            ),
        ]
        indexes = [
            GinIndex(fields=["needs"], name="item_needs"),
            GinIndex(fields=["bands"], name="item_bands"),
            models.Index(fields=["review_due_on"], name="item_review_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """An item is at /library/<slug>/, in every language."""
        return _at(super().get_url_parts(request), self.get_url(request))

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        """The address does not depend on where in Wagtail's tree the page stands."""
        return reverse("library-item", args=[self.slug])

    url = property(get_url)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Work out what follows from the rest, then check; Wagtail calls this on every save."""
        self.bands = bands_of(Audience(self.audience), self.age_from, self.age_to) if self.audience else []
        self.plain_text = plain_text_of(self.body)
        self.reading_minutes = reading_minutes_of(self.words_to_read())
        super().full_clean(*args, **kwargs)

    def words_to_read(self) -> str:
        """Return the words a reader goes through; a class pack is its teacher's to read, whole."""
        return plain_text_of(self.body, but=() if self.kind == Kind.CLASS_PACK else FOR_CLASS)

    @property
    def needs_in_words(self) -> str:
        """The names of its needs, so that a search for one finds it."""
        return " ".join(str(label) for value, label in Need.choices if value in self.needs)

    @property
    def lessons(self) -> list[Any]:
        """The lessons of a course, in order: values with `title` and `parts`."""
        return [block.value for block in self.body if block.block_type == "lesson"]

    @property
    def is_reviewed(self) -> bool:
        """Whether a real, named professional has read it."""
        return self.reviewed_on is not None and self.reviewer is not None and not self.reviewer.is_demo

    def is_review_expired(self, today: date) -> bool:
        """Whether it should have been read again by now."""
        return self.review_due_on is not None and self.review_due_on < today


def bands_of(audience: Audience, age_from: int, age_to: int) -> list[str]:
    """Return for which bands something is: adults have their own, the young by age."""
    if audience is Audience.PARENT:
        return [AgeBand.ADULT]
    if audience in (Audience.TEACHER, Audience.PRINCIPAL):
        return [AgeBand.TEACHER]
    return list(dict.fromkeys(str(band_of(age)) for age in range(age_from, age_to + 1)))


def _at(parts: tuple[int, str, str] | None, path: str) -> tuple[int, str, str] | None:
    return None if parts is None else (parts[0], parts[1], path)
