from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class SoldOut(Refusal):
    sentence = _("这件商品刚刚卖完了，没有下单，也没有扣款。")
