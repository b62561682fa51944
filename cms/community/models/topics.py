from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need


class Topic(models.Model):
    """A corner of the community: one need for one age band."""

    slug = models.SlugField(unique=True)
    need = models.CharField(_("话题"), max_length=16, choices=Need)
    band = models.CharField(_("年龄"), max_length=8, choices=AgeBand)
    picture = models.SlugField(_("图"), max_length=24, help_text=_("树洞图画的名字"))
    intro = models.CharField(_("一句话介绍"), max_length=120, blank=True)
    is_open = models.BooleanField(_("可以写"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "band"], name="community_topic_once")]

    def __str__(self) -> str:
        return f"{self.get_need_display()} {self.get_band_display()}"
