"""Every refusal that a partner's program, or whoever makes its keys, can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourKey(Refusal):
    sentence = _("没有找到这把密钥。")


class NotYourOrganisation(Refusal):
    """Keys and addresses are made by those who manage the organisation."""

    sentence = _("只有机构的负责人可以做这件事。")


class TooManyKeys(Refusal):
    sentence = _("已经有 10 把密钥在用。先停用一把，再做新的。")


class NothingTicked(Refusal):
    sentence = _("请至少勾选一项。")


class TooManyAddresses(Refusal):
    sentence = _("已经有 5 个地址在用。先停用一个，再添加新的。")


class AddressNotPublic(Refusal):
    """Not https, or not in the public internet: our machines would otherwise knock where they are told to."""

    sentence = _("地址要以 https:// 开头，并且在公开的互联网上。")


class AddressEnded(Refusal):
    sentence = _("这个地址已经停用，不能再送。")


class CallNameReused(Refusal):
    """The same Idempotency-Key for another call."""

    sentence = _("这个 Idempotency-Key 已经用在另一个请求上了，请换一个。")


class CallStillRunning(Refusal):
    """The first of two equal calls has not ended yet."""

    sentence = _("同一个请求还在处理，请过几秒再试。")


class CursorUnknown(Refusal):
    sentence = _("这个 cursor 不存在，请从第一页开始。")
