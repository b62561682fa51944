"""There is one door: other packages' sign-in pages lead to ours or are not there. And what the roles may see."""

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import AgreementKind, Role
from marketplace.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/django-admin/", "/django-admin/login/", "/editor/login/", "/editor/", "/editor/password_reset/"]
)
def test_other_logins_lead_to_ours(client, path):
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/login/", "/accounts/register/"])
def test_doors_that_do_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_a_password_posted_to_another_door_opens_nothing(client):
    User.objects.create_superuser("root@example.com", "paper-boat-on-the-lake", nickname="管理员")
    for path, field in (("/django-admin/login/", "username"), ("/editor/login/", "username")):
        client.post(path, {field: "root@example.com", "password": "paper-boat-on-the-lake"})
        assert "_auth_user_id" not in client.session


def _visit(user, *roles, second_step=True):
    request = RequestFactory().get("/portal/")
    request.user = user
    request.session = SessionStore()
    if second_step and user.is_authenticated:
        record_authentication(request, user, "mfa", type="totp")
    return role_required(*roles)(lambda request: HttpResponse("inside"))(request)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_its_pages_only(role):
    user = make_user(role=role)
    for needed in Role:
        if needed == role:
            assert _visit(user, needed).content == b"inside"
        else:
            with pytest.raises(Http404):
                _visit(user, needed)


@pytest.mark.parametrize("role", Role.values)
def test_who_works_here_takes_the_second_step_first(role, settings):
    answer = _visit(make_user(role=role), role, second_step=False)
    if role in settings.MFA_REQUIRED_ROLES:
        assert answer["Location"] == "/accounts/2fa/totp/activate/"
    else:
        assert answer.content == b"inside"


def test_someone_unknown_signs_in_first():
    assert _visit(AnonymousUser(), Role.STAFF)["Location"] == "/accounts/login/?next=/portal/"


def test_an_inactive_person_has_no_role():
    with pytest.raises(Http404):
        _visit(make_user(role=Role.STAFF, is_active=False), Role.STAFF)


@pytest.mark.parametrize("kind", AgreementKind.values)
def test_everyone_may_read_the_agreements(client, kind):
    page = client.get(f"/accounts/agreements/{kind}/").content.decode()
    assert "2026.1" in page and "<h2>" in page


def test_agreements_are_written_in_english_too(client):
    client.cookies["django_language"] = "en"
    assert "Privacy policy" in client.get("/accounts/agreements/privacy/").content.decode()


def test_an_unknown_agreement_is_not_found(client):
    assert client.get("/accounts/agreements/nothing/").status_code == 404
