"""Who gives care, where, and on which terms."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Category, Product
from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel

from ..enums import Language, Mode, RoomKind, Weekday


class Provider(PublicIdModel):
    """Who gives care (FHIR Practitioner), at one partner."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="providers", verbose_name=_("机构"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="provider"
    )
    name = models.CharField(_("姓名"), max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("头衔"), max_length=60, blank=True)
    credential = models.CharField(_("资质"), max_length=160, blank=True)
    biography = models.TextField(_("介绍"), blank=True)
    approaches = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("方法"))
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True, verbose_name=_("语言"))
    years_of_practice = models.PositiveSmallIntegerField(_("从业年数"), default=0)
    tone = models.PositiveSmallIntegerField(default=1, help_text=_("头像渐变色 1–6"))
    needs = models.ManyToManyField(Category, related_name="providers", blank=True, verbose_name=_("擅长方向"))
    is_active = models.BooleanField(_("接受预约"), default=True)
    is_demo = models.BooleanField(default=False)
    keeps_holidays = models.BooleanField(_("法定节假日休息"), default=True)
    shifted_days_as = models.SmallIntegerField(
        _("调休上班的周末，按周几的时间"), choices=Weekday, null=True, blank=True, help_text=_("不选，就按平常的周末")
    )
    sessions_per_day = models.PositiveSmallIntegerField(_("一天最多几场"), null=True, blank=True)
    sessions_per_week = models.PositiveSmallIntegerField(_("一周最多几场"), null=True, blank=True)

    class Meta:
        ordering = ["partner", "pk"]
        verbose_name = _("咨询师")
        constraints = [
            models.CheckConstraint(
                condition=(Q(sessions_per_day__isnull=True) | Q(sessions_per_day__gte=1))
                & (Q(sessions_per_week__isnull=True) | Q(sessions_per_week__gte=1)),
                name="provider_limits_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language_names(self) -> list[str]:
        """The languages in the reader's own."""
        names = dict(Language.choices)
        return [str(names.get(language, language)) for language in self.languages]


class Location(models.Model):
    """A place where sessions are held."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="locations")
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=160)
    district = models.CharField(_("区县"), max_length=30, blank=True)
    how_to_find = models.CharField(_("怎么找到"), max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Room(PublicIdModel):
    """A room or a telephone line at a location: one use at a time."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms", verbose_name=_("地点"))
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类型"), max_length=10, choices=RoomKind, default=RoomKind.ROOM)
    capacity = models.PositiveSmallIntegerField(_("坐得下几个人"), default=4)
    is_active = models.BooleanField(_("可以使用"), default=True)

    class Meta:
        ordering = ["location", "name"]
        constraints = [models.UniqueConstraint(fields=["location", "name"], name="room_named_once")]

    def __str__(self) -> str:
        return self.name


class HealthcareService(models.Model):
    """How a session product is booked: who may give it, how long, in which modes, under which windows."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="service")
    providers = models.ManyToManyField(Provider, related_name="services", verbose_name=_("咨询师"))
    location = models.ForeignKey(
        Location,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("地点"),
        help_text=_("不选，就在咨询师当天所在的地点"),
    )
    modes = ArrayField(models.CharField(max_length=10, choices=Mode), default=list, verbose_name=_("方式"))
    duration_minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=50)
    buffer_before_minutes = models.PositiveSmallIntegerField(_("之前的准备（分钟）"), default=0)
    buffer_minutes = models.PositiveSmallIntegerField(_("之后的间隔（分钟）"), default=10)
    start_interval_minutes = models.PositiveSmallIntegerField(_("起始间隔（分钟）"), default=30)
    minimum_notice_minutes = models.PositiveIntegerField(_("最少提前（分钟）"), default=120)
    horizon_days = models.PositiveSmallIntegerField(_("可约天数"), default=28)
    parent_pay_hours = models.PositiveSmallIntegerField(_("等家长付款的时间（小时）"), default=12)
    needs_room = models.BooleanField(_("到店时要占一个房间"), default=False)
    needs_confirmation = models.BooleanField(_("付款后由机构确认"), default=False)
    answer_hours = models.PositiveSmallIntegerField(_("多久内确认（小时）"), default=24)
    series_limit = models.PositiveSmallIntegerField(_("一次最多约几场"), default=1)
    admits_guardian = models.BooleanField(_("家长可以一起来，也占一个名额"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=10, duration_minutes__lte=480), name="service_duration_sane"
            ),
            models.CheckConstraint(
                condition=Q(buffer_before_minutes__lte=240, buffer_minutes__lte=240), name="service_buffers_sane"
            ),
            models.CheckConstraint(condition=Q(start_interval_minutes__gte=5), name="service_interval_sane"),
            models.CheckConstraint(
                condition=Q(parent_pay_hours__gte=1, parent_pay_hours__lte=72), name="service_parent_pay_sane"
            ),
            models.CheckConstraint(condition=Q(answer_hours__gte=1, answer_hours__lte=72), name="service_answer_sane"),
            models.CheckConstraint(condition=Q(series_limit__gte=1, series_limit__lte=20), name="service_series_sane"),
        ]

    def __str__(self) -> str:
        return str(self.product)
