from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProductKind(TextChoices):
    """What a product is; one product class each (ProductClass.slug)."""

    SESSION = "session", _("个体咨询")
    GROUP = "group", _("团体辅导")
    ASSESSMENT = "assessment", _("测评")
    COURSE = "course", _("课程与练习")
    GOODS = "goods", _("实物")
    PACKAGE = "package", _("次卡")


class SaleState(TextChoices):
    ON_SALE = "on_sale", _("在售")
    COMING = "coming", _("即将开放")
    PAUSED = "paused", _("暂停")


class CategoryAxis(TextChoices):
    NEED = "need", _("困扰方向")
    KIND = "kind", _("服务类型")


class ReturnRule(TextChoices):
    """Whether goods may be sent back within seven days without a reason. Stated before sale, frozen at sale."""

    SEVEN_DAYS = "seven_days", _("七天无理由退货")
    UNOPENED = "unopened", _("拆封后不退（贴身或卫生用品）")
    NONE = "none", _("不支持无理由退货（定制）")
