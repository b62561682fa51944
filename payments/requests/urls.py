"""Addresses below /pay/for/: only random ids and secrets, never order numbers or names."""

from django.urls import path, register_converter

from payments.requests.tokens import TOKEN_LENGTH
from payments.requests.views import alone, guardian, link, mine


class TokenConverter:
    """The secret of a link, as it is written."""

    regex = f"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "asktoken")

app_name = "payment_requests"

urlpatterns = [
    # Who was asked in the app, and what children paid alone.
    path("", guardian.asked, name="asked"),
    path("alone/", alone.paid_alone, name="alone"),
    path("alone/<uuid:public_id>/decide/", alone.decide, name="decide"),
    path("guardian/<uuid:public_id>/", guardian.show, name="guardian"),
    path("guardian/<uuid:public_id>/pay/", guardian.pay, name="guardian_pay"),
    path("guardian/<uuid:public_id>/no/", guardian.decline, name="guardian_decline"),
    path("guardian/<uuid:public_id>/revoke/", guardian.revoke, name="guardian_revoke"),
    path("guardian/<uuid:public_id>/scan/", guardian.scan, name="guardian_scan"),
    path("guardian/<uuid:public_id>/return/", guardian.come_back, name="guardian_return"),
    path("guardian/<uuid:public_id>/status/", guardian.status, name="guardian_status"),
    # Who asks.
    path("mine/<uuid:public_id>/", mine.show, name="mine"),
    path("mine/<uuid:public_id>/status/", mine.status, name="mine_status"),
    path("mine/<uuid:public_id>/link/", mine.new_link, name="mine_link"),
    path("mine/<uuid:public_id>/shown/", mine.change_shown, name="mine_shown"),
    path("mine/<uuid:public_id>/revoke/", mine.revoke, name="mine_revoke"),
    path("new/<uuid:public_id>/", mine.ask, name="ask"),
    # Who holds the link. The address is the secret.
    path("<asktoken:token>/", link.show, name="link"),
    path("<asktoken:token>/open/", link.open_link, name="link_open"),
    path("<asktoken:token>/pay/", link.pay, name="link_pay"),
    path("<asktoken:token>/no/", link.decline, name="link_decline"),
    path("<asktoken:token>/scan/", link.scan, name="link_scan"),
    path("<asktoken:token>/return/", link.come_back, name="link_return"),
    path("<asktoken:token>/status/", link.status, name="link_status"),
    path("<asktoken:token>/receipt/", link.receipt, name="link_receipt"),
]
