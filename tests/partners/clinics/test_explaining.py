"""A clinic explains what it offers before it sells it, and reads what is still missing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.catalogue.enums import SaleState
from catalog.standing.models import Explainer
from tests import factories

pytestmark = pytest.mark.django_db
FILM = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 32
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n大家好。\n".encode()


@pytest.fixture
def product():
    made = factories.make_service(product={"sale_state": SaleState.PAUSED, "how_it_works": [], "illustration": ""})
    Explainer.objects.all().delete()
    return made.product


@pytest.fixture
def client(product):
    return factories.signed_in(factories.make_partner_staff(product.stockrecords.get().partner))


def sent(**fields):
    values = {
        "steps": "第一次见面：互相认识。\n第二次",
        "illustration": "talk",
        "video": SimpleUploadedFile("a.mp4", FILM),
        "captions": SimpleUploadedFile("a.vtt", CAPTIONS),
        "transcript": "大家好，欢迎你来。" * 10,
    }
    return values | fields


def test_what_is_missing_is_named_and_goes_away(client, product):
    page = reverse("clinics:explain", args=[product.pk])
    before = client.get(page).content.decode()
    assert all(words in before for words in ("请放一段讲解视频", "请至少放一张图片", "请写明怎么进行"))

    answer = client.post(page, sent(), follow=True)
    assert "都齐了，可以销售" in answer.content.decode()
    product.refresh_from_db()
    assert product.how_it_works == [
        {"title": "第一次见面", "text": "互相认识。"},
        {"title": "第二次", "text": ""},
    ]


def test_words_that_only_hospitals_use_are_refused_with_what_to_say_instead(client, product):
    answer = client.post(reverse("clinics:explain", args=[product.pk]), sent(steps="治疗：三次就好。"))
    assert answer.status_code == 422 and "支持" in answer.content.decode()
    assert not Explainer.objects.exists()


def test_a_film_without_captions_is_not_taken(client, product):
    answer = client.post(reverse("clinics:explain", args=[product.pk]), sent(captions=""))
    assert answer.status_code == 422 and not Explainer.objects.exists()


def test_another_clinics_product_is_not_found(client):
    theirs = factories.make_service().product
    assert client.get(reverse("clinics:explain", args=[theirs.pk])).status_code == 404
