"""Why a model is not served, or an approval not written down."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotApproved(Refusal):
    """No ethics board has approved this version of the model."""

    sentence = _("这个版本的模型没有伦理审查编号，不能使用。")


class UnknownModel(Refusal):
    """No part of the house has such a model."""

    sentence = _("没有这个模型。")


class AlreadyWithdrawn(Refusal):
    """The approval was withdrawn before."""

    sentence = _("这个批准已经撤回了。")
