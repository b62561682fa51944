"""Why something is not published."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotReviewed(Refusal, PermissionDenied):
    """No professional has read this wording. The editor shows a refusal of permission as it shows its own."""

    sentence = _("还没有专业审核人读过这一版，不能发布。")


class NotAReviewer(Refusal, PermissionDenied):
    """This person may not approve this wording."""

    sentence = _("只有资格有效、并且没有参与写作的专业审核人可以通过审核。")
