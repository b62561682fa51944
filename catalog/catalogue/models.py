"""Fork of Oscar's catalogue: age fit, sale state, how it works, and lessons of digital products."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct

from .cancellation import CancellationPolicy, default_windows, validate_windows
from .enums import CategoryAxis, ProductKind, ReturnRule, SaleState


class Category(AbstractCategory):
    """A node of the two trees: by need and by kind."""

    axis = models.CharField(max_length=4, choices=CategoryAxis, default=CategoryAxis.NEED)
    name_en = models.CharField(max_length=120, blank=True)
    icon = models.CharField(max_length=30, blank=True)

    class Meta(AbstractCategory.Meta):
        abstract = False

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def get_absolute_url(self, parent_slug: str | None = None) -> str:
        return reverse("browse:category", kwargs={"slug": self.slug})


class Product(AbstractProduct):
    """Something a family can book or buy."""

    kind = models.CharField(_("类型"), max_length=12, choices=ProductKind, default=ProductKind.SESSION)
    sale_state = models.CharField(_("销售状态"), max_length=8, choices=SaleState, default=SaleState.ON_SALE)
    summary = models.CharField(_("一句话介绍"), max_length=160, blank=True)
    how_it_works = models.JSONField(_("怎么进行"), default=list, blank=True, help_text=_("步骤列表：[{title, text}]"))
    illustration = models.CharField(_("插图"), max_length=60, blank=True, help_text=_("没有照片时使用的本站插图"))
    age_from = models.PositiveSmallIntegerField(_("适用年龄起"), default=6)
    age_to = models.PositiveSmallIntegerField(_("适用年龄止"), default=18)
    data_collected = models.TextField(_("收集哪些数据"), blank=True, help_text=_("带电子功能的实物必须写明"))
    is_electronic = models.BooleanField(_("带电子功能"), default=False)
    needs = models.ManyToManyField(
        Category, related_name="products_for_need", blank=True, limit_choices_to={"axis": CategoryAxis.NEED}
    )
    cancellation_windows = models.JSONField(
        _("取消规则"),
        default=default_windows,
        validators=[validate_windows],
        help_text=_("[{hours, percent, fee_fen}]"),
    )
    return_rule = models.CharField(_("退货规则"), max_length=12, choices=ReturnRule, default=ReturnRule.SEVEN_DAYS)
    is_demo = models.BooleanField(default=False)

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=models.Q(age_from__lte=models.F("age_to")), name="product_age_range"),
            models.CheckConstraint(
                condition=models.Q(is_electronic=False) | ~models.Q(data_collected=""),
                name="electronic_product_names_its_data",
            ),
        ]

    def get_absolute_url(self) -> str:
        # A title in Chinese alone leaves no slug.
        return reverse("browse:product", kwargs={"slug": self.slug or self.kind, "pk": self.pk})

    def clean(self) -> None:
        super().clean()
        if self.is_electronic and not self.data_collected:
            raise ValidationError({"data_collected": _("带电子功能的商品要写明收集哪些数据。")})

    @property
    def cancellation_policy(self) -> CancellationPolicy:
        """Until when and at what cost a booking of it is cancelled, as it is sold today."""
        return CancellationPolicy.from_json(self.cancellation_windows)

    @property
    def is_bookable(self) -> bool:
        """Whether buying it takes a provider's time."""
        return self.kind in (ProductKind.SESSION, ProductKind.GROUP)


class Lesson(models.Model):
    """One step of a course or practice that opens once it is bought."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    body = models.TextField()
    duration_minutes = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "position"], name="lesson_position_once")]

    def __str__(self) -> str:
        return self.title


from oscar.apps.catalogue.models import *  # noqa: E402, F403
