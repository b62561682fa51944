"""Input of the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """A file with a list."""

    file = forms.FileField(
        label=_("CSV 文件"),
        help_text=_("UTF-8 或 GB18030 都可以，最多 512 KB、2000 行。"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
