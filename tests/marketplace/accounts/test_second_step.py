"""Who works on the bridge proves it twice; the code is good once; nobody needed for work takes it off."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.demo.services.doors import two_step_codes, two_step_secret
from tests.factories import PASSWORD, make_parent, make_partner, make_partner_staff, make_staff, make_user, signed_in

pytestmark = pytest.mark.django_db


def code_of(user) -> str:
    """What the person's phone shows now."""
    secret = totp.decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))


def with_step(user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    accept_agreements(user=user, agreements=agreements_in_force())
    return user


def sign_in(user, client=None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.phone, "password": PASSWORD})
    return client


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_without_it_the_portal_leads_to_setting_it_up_and_then_back():
    user = make_partner_staff(make_partner())
    accept_agreements(user=user, agreements=agreements_in_force())
    client = sign_in(user)
    assert client.get("/clinic/week/")["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, "who has just signed in is not asked for the password again"
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))
    assert client.post(reverse("mfa_activate_totp"), {"code": code})["Location"] == reverse("mfa_view_recovery_codes")
    backup = client.get(reverse("mfa_view_recovery_codes"))
    assert 'href="/clinic/week/"' in backup.content.decode()
    assert client.get("/clinic/week/").status_code == 200


def test_it_is_asked_for_at_sign_in_and_opens_the_portal():
    user = with_step(make_partner_staff(make_partner()))
    client = sign_in(user)
    assert not is_in(client)
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    client.post("/accounts/2fa/authenticate/", {"code": code_of(user)})
    assert is_in(client) and client.get("/clinic/").status_code == 200


def test_a_session_from_before_is_asked_for_it():
    user = with_step(make_partner_staff(make_partner()))
    client = signed_in(user, second_step=False)
    assert client.get("/clinic/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fclinic%2F"
    answer = client.post("/accounts/2fa/reauthenticate/", {"code": code_of(user), "next": "/clinic/"})
    assert answer["Location"] == "/clinic/" and client.get("/clinic/").status_code == 200


def test_a_code_is_good_once_and_a_backup_code_stands_in():
    user = with_step(make_staff())
    RecoveryCodes.activate(user)
    code, backup = code_of(user), RecoveryCodes.activate(user).get_unused_codes()[0]
    client = sign_in(user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client)
    again = sign_in(user)
    assert "验证码不对" in again.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()
    again.post("/accounts/2fa/authenticate/", {"code": f"{backup[:4]} {backup[4:]}"})
    assert is_in(again)
    assert len(RecoveryCodes.activate(user).get_unused_codes()) == 9


def test_guessing_codes_is_slowed_whatever_the_address():
    user = with_step(make_staff())
    pages = []
    for number in range(12):
        client = sign_in(user, Client(REMOTE_ADDR=f"10.7.0.{number}"))
        pages.append(client.post("/accounts/2fa/authenticate/", {"code": f"{number:06d}"}).content.decode())
    assert sum("验证码不对" in page for page in pages) == 5
    client.post("/accounts/2fa/authenticate/", {"code": code_of(user)})
    assert not is_in(client)


def test_whoever_must_have_it_cannot_take_it_off_and_a_parent_can():
    staff, parent = with_step(make_staff()), with_step(make_parent())
    for user, left in ((staff, 1), (parent, 0)):
        client = signed_in(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=user, type="totp").count() == left
    client = signed_in(staff)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "不能关闭" in page and "先不关" not in page


def test_the_secret_is_not_kept_in_clear():
    user, secret = make_staff(), totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and RecoveryCodes.activate(user).get_unused_codes()[0] not in kept


def test_families_are_not_asked(settings):
    assert signed_in(make_parent()).get("/me/").status_code == 200
    assert signed_in(make_user(role=Role.TEEN)).get(reverse("account_settings")).status_code == 200


def test_the_admin_site_opens_to_leads_after_it_and_the_editor_to_editors_too():
    lead = make_staff(duties=[], is_superuser=True)
    assert signed_in(lead, second_step=False).get("/django-admin/")["Location"].startswith("/accounts/2fa/")
    assert signed_in(lead).get("/django-admin/").status_code == 200
    assert signed_in(make_staff()).get("/django-admin/").status_code == 404
    editor = make_staff(duties=[Duty.CONTENT])
    assert signed_in(editor, second_step=False).get("/editor/")["Location"].startswith("/accounts/2fa/")
    assert signed_in(editor).get("/editor/").status_code == 200
    assert signed_in(make_staff(duties=[Duty.SUPPORT])).get("/editor/").status_code == 404


def test_the_outbox_shows_the_codes_of_the_demos_people(client):
    page = client.get("/dev/outbox/").content.decode()
    shown = two_step_codes()[0]
    assert shown.name in page
    assert totp.validate_totp_code(two_step_secret(shown.phone), shown.now)
    assert totp.validate_totp_code(two_step_secret(shown.phone), shown.next)


def test_nothing_of_the_kind_is_shown_outside_the_demo(client, settings):
    settings.DEMO = False
    assert two_step_codes()[0].name not in client.get("/dev/outbox/").content.decode()


def test_after_a_working_day_it_is_asked_for_again(settings):
    user = with_step(make_partner_staff(make_partner()))
    client = signed_in(user)
    assert client.get("/clinic/").status_code == 200
    settings.SECOND_STEP_LASTS = -timedelta(seconds=1)
    assert client.get("/clinic/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fclinic%2F"
