"""Steps between proving who one is and being signed in."""

from allauth.account import stages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import selectors


class EmailVerificationStage(stages.EmailVerificationStage):
    """An e-mail must be proven only by those who have no proven phone: one way to reach a person is enough."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user and (user.phone_verified_at or not user.email):
            return None, True
        if not user and not self.login.email:
            return None, True
        return super().handle()


class AgreementStage(stages.LoginStage):
    """Asks again when a text has a new version."""

    key = "agreements"
    urlname = "accept_agreements"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not selectors.agreements_to_accept(self.login.user):
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True
