"""How far a community's activity, a sign-up and a proposal have come, and what an activity needs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityState(TextChoices):
    """A draft is the community's own; published ones stand on the public page."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    CANCELLED = "cancelled", _("已取消")


class Audience(TextChoices):
    PARENTS = "parents", _("家长")
    TEENS = "teens", _("青少年")
    FAMILIES = "families", _("一家人")
    EVERYBODY = "everybody", _("所有人")


class ResourceKind(TextChoices):
    """What an activity may need; the quantity counts what the name says."""

    SPEAKER = "speaker", _("咨询师或讲者（人）")
    HELPER = "helper", _("志愿者（人）")
    VENUE = "venue", _("场地（间）")
    MATERIAL = "material", _("材料（份）")
    SNACK = "snack", _("茶点（份）")


class SignUpState(TextChoices):
    GOING = "going", _("已报名")
    CANCELLED = "cancelled", _("已取消")


class ProposalState(TextChoices):
    """The latest version of a proposal is the one that counts."""

    DRAFT = "draft", _("草案")
    ACCEPTED = "accepted", _("已采用")


class LineKind(TextChoices):
    PROVIDER = "provider", _("咨询师")
    HELPER = "helper", _("志愿者补贴")
    VENUE = "venue", _("场地")
    MATERIAL = "material", _("材料")
    SNACK = "snack", _("茶点")
    OTHER = "other", _("其他")


class Because(TextChoices):
    """Why something stands in a proposal; the sentence is put together with its facts in `wording`."""

    SAME_NEED = "same_need", _("擅长这个方向")
    SAME_DISTRICT = "same_district", _("同一个区")
    OTHER_DISTRICT = "other_district", _("在别的区")
    HAS_ROOM = "has_room", _("这几周还有空")
    FREE_THEN = "free_then", _("那个时间有空")
    HOURLY = "hourly", _("按每小时的公开价格")
    USUAL_RATE = "usual_rate", _("按常用的单价")
    NO_FEE = "no_fee", _("不收费")
    WISHED_TIME = "wished_time", _("你们想要的时间")
    LATER_TIME = "later_time", _("往后推")
    NOBODY_FREE = "nobody_free", _("没有人有空")
    CAME_BEFORE = "came_before", _("按以前来的比例")
    CAREFUL_GUESS = "careful_guess", _("谨慎估计")
    BY_HAND = "by_hand", _("手工填写")
