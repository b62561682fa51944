"""The coping plan: for everybody without an account, in the account for its owner alone, with its earlier versions."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str

from cms.wellbeing.coping import SECTIONS
from cms.wellbeing.models import CopingPlan, EarlierPlan
from cms.wellbeing.practices.errors import PlanChangedElsewhere, PlanEmpty
from cms.wellbeing.services import coping as services
from cms.wellbeing.services.coping import forget_plan, note_plan_used, restore_plan, save_plan
from marketplace.families.middleware import _ALWAYS_OPEN
from marketplace.safeguarding.hotlines import HOTLINES
from tests import factories

PLAN, KEEP = "wellbeing:plan", "wellbeing:keep_plan"
pytestmark = pytest.mark.django_db


def save(owner, text="手心出汗", revision=0, **fields):
    return save_plan(owner=owner, sections={"signs": text}, revision=revision, **fields)


class TestPage:
    def test_open_to_everybody_without_a_cookie_or_a_query(self, client, django_assert_num_queries):
        client.get(reverse(PLAN))
        with django_assert_num_queries(0):
            answer = client.get(reverse(PLAN))
        text = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies and "csrfmiddlewaretoken" not in text
        for section in SECTIONS:
            assert force_str(section.title) in text
        for line in HOTLINES:
            assert f"tel:{line.number}" in text
        assert reverse("crisis") in text and "还没有经过专业人员审阅" in text

    def test_it_names_no_means(self, client):
        text = client.get(reverse(PLAN)).content.decode().split('id="main"')[1].split("<footer")[0]
        assert not re.search("药|刀|楼顶|窗边|绳|割|跳楼|自杀", text.replace("吃了药", ""))

    def test_nights_and_used_up_hours_do_not_close_it(self):
        assert {"wellbeing:plan", "wellbeing:plan_worker", "wellbeing:keep_plan"} <= _ALWAYS_OPEN

    def test_the_worker_keeps_pages_of_nobody(self, client):
        answer = client.get(reverse("wellbeing:plan_worker"))
        text = answer.content.decode()
        assert answer.headers["Service-Worker-Allowed"] == "/" and answer.headers["Content-Type"].startswith(
            "text/javascript"
        )
        assert f'"{reverse(PLAN)}", "{reverse("crisis")}"' in text.replace("\\u002D", "-")
        assert 'credentials: "omit"' in text and "http" not in text


class TestAccount:
    def test_saved_sealed_and_read_by_its_owner(self):
        teen = factories.make_teen()
        client = factories.signed_in(teen)
        answer = client.post(
            reverse(KEEP), {"signs": "手心出汗", "adults": "姑姑 13900000000", "revision": "0"}, follow=True
        )
        assert "姑姑 13900000000" in answer.content.decode()
        plan = CopingPlan.objects.get(owner=teen)
        assert plan.sections == {"signs": "手心出汗", "adults": "姑姑 13900000000"} and plan.revision == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT sections FROM wellbeing_copingplan")
            assert "手心".encode() not in bytes(cursor.fetchone()[0])

    def test_each_save_keeps_the_one_before_and_the_same_words_are_no_save(self):
        owner = factories.make_parent()
        save(owner)
        save(owner, revision=1)
        assert not EarlierPlan.objects.exists()
        plan = save(owner, "不想说话", revision=1)
        assert plan.revision == 2 and EarlierPlan.objects.get().sections == {"signs": "手心出汗"}

    def test_an_older_window_does_not_overwrite(self):
        owner = factories.make_parent()
        client = factories.signed_in(owner)
        save(owner)
        save(owner, "新的", revision=1)
        with pytest.raises(PlanChangedElsewhere):
            save(owner, "旧窗口", revision=1)
        answer = client.post(reverse(KEEP), {"signs": "旧窗口", "revision": "1"})
        assert answer.status_code == 422 and "旧窗口" in answer.content.decode()
        assert CopingPlan.objects.get().sections == {"signs": "新的"}

    def test_an_empty_or_overlong_one_is_refused_and_not_lost(self):
        owner = factories.make_parent()
        client = factories.signed_in(owner)
        with pytest.raises(PlanEmpty):
            save(owner, "  ")
        answer = client.post(reverse(KEEP), {"signs": "长" * 700, "hopes": "家里的猫", "revision": "0"})
        assert answer.status_code == 422 and "家里的猫" in answer.content.decode()
        assert not CopingPlan.objects.exists()

    def test_only_so_many_earlier_ones_stay(self, monkeypatch):
        monkeypatch.setattr(services, "EARLIER_KEPT", 2)
        owner = factories.make_parent()
        for number in range(5):
            save(owner, f"第 {number} 份", revision=number)
        assert [each.revision for each in EarlierPlan.objects.all()] == [4, 3]

    def test_going_back_is_a_new_version(self):
        owner = factories.make_parent()
        save(owner)
        save(owner, "新的", revision=1)
        restore_plan(owner=owner, public_id=EarlierPlan.objects.get().public_id)
        plan = CopingPlan.objects.get()
        assert plan.sections == {"signs": "手心出汗"} and plan.revision == 3 and plan.earlier.count() == 2

    def test_forgotten_with_all_versions(self):
        owner = factories.make_parent()
        save(owner)
        save(owner, "新的", revision=1)
        factories.signed_in(owner).post(reverse("wellbeing:forget_plan"))
        assert not CopingPlan.objects.exists() and not EarlierPlan.objects.exists()
        assert forget_plan(owner=owner) is False

    def test_opening_it_counts_as_using_it_once_a_day(self):
        owner, now = factories.make_parent(), timezone.now()
        save(owner, now=now - timedelta(days=40))
        factories.signed_in(owner).get(reverse(PLAN))
        used = CopingPlan.objects.get().used_at
        assert used > now - timedelta(minutes=5)
        note_plan_used(owner=owner, now=used + timedelta(hours=2))
        assert CopingPlan.objects.get().used_at == used

    def test_strangers_and_guardians_see_and_change_nothing(self):
        parent = factories.make_parent(children=0)
        teen = factories.make_teen(parent)
        save(teen)
        save(teen, "不想说话", revision=1)
        version = EarlierPlan.objects.get()
        for client in (factories.signed_in(parent), factories.signed_in(factories.make_staff())):
            for name in (PLAN, "wellbeing:earlier_plans"):
                assert "不想说话，" not in client.get(reverse(name)).content.decode()
                assert "手心出汗" not in client.get(reverse(name)).content.decode()
            assert client.post(reverse("wellbeing:restore_plan", args=[version.public_id])).status_code == 404
            client.post(reverse("wellbeing:forget_plan"))
        assert CopingPlan.objects.get().sections == {"signs": "不想说话"}

    def test_visitors_are_asked_to_sign_in(self):
        for name in (KEEP, "wellbeing:forget_plan"):
            answer = Client().post(reverse(name), {"signs": "x", "revision": "0"})
            assert answer.status_code == 302 and "login" in answer.url
        assert Client().get(reverse("wellbeing:earlier_plans")).status_code == 302

    def test_the_list_of_versions_costs_the_same_however_long(self, django_assert_max_num_queries):
        owner = factories.make_parent()
        client = factories.signed_in(owner)
        counts = []
        for number in range(4):
            save(owner, f"第 {number} 份", revision=number)
            client.get(reverse("wellbeing:earlier_plans"))
            with django_assert_max_num_queries(40) as found:
                client.get(reverse("wellbeing:earlier_plans"))
            counts.append(len(found))
        assert counts[1] == counts[3]
