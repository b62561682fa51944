from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListKind(TextChoices):
    """Which list of a school."""

    STAFF = "staff", _("教职工名单")
    CLASSES = "classes", _("班级名单")


class ListState(TextChoices):
    """A draft is looked at before it holds; one list of a kind is in force; past ones can be brought back."""

    DRAFT = "draft", _("待确认")
    CURRENT = "current", _("在用")
    PAST = "past", _("用过")
