"""Talks with schools and communities, and who signed up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.core.needs import Need

from ..events.enums import Partner, Place, SeatState

MOST_SEATS_EACH = 4


class Event(PublicIdModel):
    """One talk. `taken` counts the seats of those who are going; it moves by conditional updates only (never past `seats`)."""

    slug = models.SlugField(_("网址"), max_length=60, unique=True, help_text=_("小写字母、数字和短横线"))
    title = models.CharField(_("标题"), max_length=60)
    summary = models.CharField(_("一句话介绍"), max_length=120)
    description = models.TextField(_("详细介绍"))
    speaker = models.CharField(_("主讲人"), max_length=60)
    speaker_role = models.CharField(_("主讲人是谁"), max_length=80, blank=True, default="")
    partner = models.CharField(_("和谁一起办"), max_length=10, choices=Partner, default=Partner.COMMUNITY)
    partner_name = models.CharField(_("合作方名称"), max_length=80, blank=True, default="")
    audience = models.CharField(_("适合谁"), max_length=8, choices=AgeBand, default=AgeBand.ADULT)
    need = models.CharField(_("关于什么"), max_length=16, choices=Need, blank=True, default="")
    place = models.CharField(_("线上还是现场"), max_length=8, choices=Place, default=Place.ON_SITE)
    address = models.CharField(_("地点"), max_length=160, blank=True, default="", help_text=_("现场活动要写"))
    how_to_join = models.CharField(
        _("线上怎么进入"), max_length=300, blank=True, default="", help_text=_("只给报了名的人看")
    )
    access = models.CharField(_("无障碍和到达"), max_length=160, blank=True, default="")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    closes_at = models.DateTimeField(_("报名截止"), null=True, blank=True, help_text=_("不填就是开始的时候"))
    seats = models.PositiveIntegerField(_("名额"), default=50)
    taken = models.PositiveIntegerField(default=0, editable=False)
    is_published = models.BooleanField(_("公开"), default=False)
    is_example = models.BooleanField(_("示例"), default=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_has_length"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="event_never_overfull"),
            models.CheckConstraint(
                condition=Q(place=Place.ONLINE) | ~Q(address=""), name="event_on_site_has_an_address"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="events_coming", condition=Q(is_published=True))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("talks:event", args=[self.slug])


class EventSeat(PublicIdModel):
    """A place for one person and who comes along; no account needed, then a secret link stands for the person.

    `called` and `contact` are sealed under the seat's own key and destroyed some weeks after the talk.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="event_seats"
    )
    called = EncryptedTextField(_("怎么称呼您"), subject="public_id", max_length=30, blank=True, default="")
    contact = EncryptedTextField(_("邮箱"), subject="public_id", max_length=120, blank=True, default="")
    secret_digest = models.CharField(max_length=64, blank=True, default="")
    seats = models.PositiveSmallIntegerField(_("几个人来"), default=1)
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.GOING)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_up_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(person__isnull=False) & ~Q(state=SeatState.CANCELLED),
                name="one_sign_up_each",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS_EACH), name="sign_up_one_to_four_seats"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(secret_digest=""), name="sign_up_has_a_holder"
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.CANCELLED, cancelled_at__isnull=False)
                | ~Q(state=SeatState.CANCELLED) & Q(cancelled_at=None),
                name="sign_up_cancelled_when_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["event", "asked_at"], name="sign_ups_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.get_state_display()}"
