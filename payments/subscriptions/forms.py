"""What a family chooses about its plan."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RenewalForm(forms.Form):
    """Renew at the end, or end there; posted by two buttons."""

    renews = forms.TypedChoiceField(
        choices=[("yes", _("到期自动续费")), ("no", _("到期结束"))], coerce=lambda v: v == "yes"
    )


class RefundForm(forms.Form):
    """The sum that was shown."""

    shown_fen = forms.IntegerField(min_value=1)
