"""What readers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CertificateForm(forms.Form):
    """The name on a certificate; it is printed there and used for nothing else."""

    holder_name = forms.CharField(
        label=_("证书上的姓名"),
        max_length=40,
        help_text=_("只印在证书上，不核对，也不给别人看。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
