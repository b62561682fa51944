"""The cards of 隐私与安全: doors to what a person can see and decide about their data."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Card:
    """One door: where it leads, a picture, what it is called and what it is for."""

    url_name: str
    icon: str
    tone: str
    title: str | Promise
    text: str | Promise


#: What is mine: behind sign-in.
OWN = (
    Card("family:children", "people", "pine", _("家庭"), _("谁照顾谁，邀请和离开")),
    Card("consent:index", "hand", "apricot", _("谁可以看"), _("同意给谁看什么，一按就收回")),
    Card("access_log:index", "eye", "sky", _("谁看过我的资料"), _("每一次查看都在这里")),
    Card("data_rights:index", "download", "lilac", _("带走、更正、删除"), _("你的资料，你说了算")),
)
SAFE = (
    Card("usersessions_list", "laptop", "sky", _("登录的设备"), _("不认识的，让它退出")),
    Card("mfa_index", "lock", "pine", _("两步验证"), _("多一把锁")),
)
#: For everybody.
READ = (
    Card("notices:privacy", "info", "pine", _("我们怎样对待你的资料"), _("一页看懂，也有细节")),
    Card("notices:not_built", "shield", "lilac", _("我们不做的事"), _("不看脸，不听声音，不卖数据")),
    Card("notices:processing", "table", "sun", _("处理活动记录"), _("每一项都写清楚，可以下载")),
)
COMPLAIN = (
    Card("complaints:new", "chat", "apricot", _("投诉和提问"), _("不用登录，24 小时内有回音")),
    Card("council:index", "bubble", "lilac", _("少年议事"), _("心桥怎么做，年轻人投票，我们答复")),
)


def cards(declared: tuple[Card, ...]) -> list[dict[str, Any]]:
    """The cards whose pages are there, as the tile component takes them."""
    found = []
    for card in declared:
        try:
            href = reverse(card.url_name)
        except NoReverseMatch:
            continue
        found.append({"href": href, "icon": card.icon, "tone": card.tone, "label": card.title, "text": card.text})
    return found
