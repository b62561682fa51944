"""Professionals who read what the library says before anybody else does."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

#: A marked reviewer of the demo is nobody real; the mark stands beside the name wherever it is shown.
DEMO_MARK = _("示例")


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Reviewers."""

    def current(self, day: date) -> "ReviewerQuerySet":
        """Those whose qualification counts on a day."""
        return self.filter(
            Q(qualified_until=None) | Q(qualified_until__gte=day), is_active=True, qualified_from__lte=day
        )


class Reviewer(models.Model):
    """A professional with a qualification somebody of ours has seen. Public, by name: that is what a review is worth.

    `user` is the member of staff who signs with this name in the editor.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviewer",
        verbose_name=_("登录账号"),
    )
    name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("职务"), max_length=80, blank=True, default="")
    qualification = models.CharField(_("资格"), max_length=120)
    certificate_number = models.CharField(_("证书编号"), max_length=60, blank=True, default="")
    qualified_from = models.DateField(_("资格开始日期"))
    qualified_until = models.DateField(_("资格有效期至"), null=True, blank=True)
    checked_on = models.DateField(_("我们核对证书的日期"), null=True, blank=True)
    is_demo = models.BooleanField(_("示例人物"), default=False)
    is_active = models.BooleanField(_("在任"), default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("qualification"),
        FieldPanel("certificate_number"),
        FieldPanel("qualified_from"),
        FieldPanel("qualified_until"),
        FieldPanel("checked_on"),
        FieldPanel("user"),
        FieldPanel("is_active"),
    ]

    objects: Any = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("专业审核人")
        verbose_name_plural = _("专业审核人")
        constraints = [
            models.CheckConstraint(
                condition=Q(qualified_until=None) | Q(qualified_until__gte=models.F("qualified_from")),
                name="qualification_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{DEMO_MARK}）" if self.is_demo and str(DEMO_MARK) not in self.name else self.name

    def is_current(self, day: date) -> bool:
        """Whether the qualification counts on a day."""
        begun = self.is_active and self.qualified_from <= day
        return begun and (self.qualified_until is None or day <= self.qualified_until)
