"""Signing up to work here: the same form, the same proof of the number, another role."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import services
from .forms import SignupForm
from .models import User


class WorkingSignupForm(SignupForm):
    """An account for work, apart from the one a person may have as a parent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nickname"].label = _("您的姓名")
        self.fields["nickname"].help_text = _("同事和审核人员看到的名字。")

    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        services.begin_to_work(user=user)
        return user
