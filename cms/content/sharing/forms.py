"""Giving an item to somebody, and taking one in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Licence
from ..models import Item


class ShareForm(forms.Form):
    """Which item, and for whom."""

    item = forms.ModelChoiceField(
        label=_("哪一篇"), queryset=Item.objects.none(), empty_label=_("选一篇"), to_field_name="slug"
    )
    holder_name = forms.CharField(
        label=_("给哪所学校或医院"), max_length=120, help_text=_("原作者撤回时，要能找到他们。")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        published = Item.objects.live().filter(locale__language_code="zh-hans").exclude(licence=Licence.ALL_RIGHTS)
        self.fields["item"].queryset = published.order_by("title")


class TakeInForm(forms.Form):
    """A package."""

    package = forms.FileField(
        label=_("分享包（ZIP）"), widget=forms.FileInput(attrs={"accept": ".zip,application/zip"})
    )
