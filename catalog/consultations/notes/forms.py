"""Input of notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import NOTE_LENGTH


class NoteForm(forms.Form):
    """The words of a note, and the draft they started from."""

    text = forms.CharField(
        label=_("记录"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16, "autocomplete": "off"}),
        help_text=_("只有你能看到。边写边存；签名以后不能再改，只能补记。"),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AddendumForm(forms.Form):
    """A paragraph added to a signed note."""

    text = forms.CharField(label=_("补记"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 5}))
