"""Why a child's profile is refused."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class BornInTheFuture(Refusal):
    sentence = _("出生日期还没到，请检查一下年份和月份。")


class AlreadyGrownUp(Refusal):
    sentence = _("已经满 18 岁了，可以自己注册账号使用。如果日期填错了，改一下就好。")


class TooManyChildren(Refusal):
    sentence = _("一个账号最多可以添加 10 个孩子。确实需要更多，请联系我们。")


class NotYourChild(Refusal):
    sentence = _("没有找到这个孩子。")
