"""Collections: items that belong together, in an order somebody chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from ..enums import Audience, Picture
from .items import Item


class Collection(ClusterableModel):
    """A few items under one name, on the library's home; `place` orders collections among themselves."""

    slug = models.SlugField(_("网址"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    summary = models.CharField(_("一句话"), max_length=120, blank=True)
    summary_en = models.CharField(_("英文一句话"), max_length=160, blank=True)
    audience = models.CharField(_("写给谁"), max_length=10, choices=Audience, blank=True)
    picture = models.CharField(_("插图"), max_length=12, choices=Picture, default=Picture.BRIDGE)
    place = models.PositiveSmallIntegerField(_("顺序"), default=0)
    is_shown = models.BooleanField(_("在知识库首页显示"), default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("summary_en"),
        FieldPanel("audience"),
        FieldPanel("picture"),
        FieldPanel("place"),
        FieldPanel("is_shown"),
        InlinePanel("entries", label=_("内容")),
    ]

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("专题")

    def __str__(self) -> str:
        return self.name


class CollectionItem(Orderable):
    """An item's place in a collection; always the Chinese page, its translation is found by the reader's language."""

    collection = ParentalKey(Collection, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, models.CASCADE, related_name="in_collections")

    panels = [PageChooserPanel("item", "content.Item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["collection", "item"], name="item_once_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.item_id}"
