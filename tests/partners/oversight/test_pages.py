"""Who oversees us: may enter, reads figures, writes nothing, and finds nobody."""

import json
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.mediation.enums import CaseState, Side
from marketplace.core.audit.models import AuditEvent
from marketplace.core.audit.services import seal_events
from marketplace.core.model_register.services import record_approval
from marketplace.core.needs import Need
from marketplace.core.pilots.services import open_pilot
from marketplace.safeguarding.gate.model import MODEL, version
from partners.oversight.enums import Party, ReportKind
from partners.oversight.models import Accord, AccordDuty, SignedReport
from partners.oversight.services import make_due_reports
from tests import factories
from tests.catalog.mediation.disputed import opened
from tests.factories.audit import make_looks
from tests.support.canaries import found, hatch
from tests.support.planting import Field, plant

from .town import asked, last_week, service_for

pytestmark = pytest.mark.django_db

PAGES = ("home", "complaints", "incidents", "revenue", "disputes", "models", "accords", "pilots", "chain", "reports")


@pytest.fixture
def overseer():
    return factories.signed_in(factories.make_overseer())


def pilot():
    week = last_week()
    return open_pilot(
        slug="vr-relaxation",
        title="虚拟现实放松练习",
        purpose="看看一起练习会不会更容易坚持",
        districts=["洪山区"],
        evaluated_by="一所大学",
        begins_on=week.from_on - timedelta(days=7),
        ends_on=week.until_on + timedelta(days=30),
    )


def accord() -> Accord:
    found = Accord.objects.create(slug="four", title="四方共建协议", signed_on=date(2026, 9, 1))
    AccordDuty.objects.create(
        accord=found, party=Party.FIRM, what="每月提交安全审计报告", owner="安全组", evidence="/oversight/reports/"
    )
    return found


def addresses() -> list[str]:
    """Every page and file an overseer can open."""
    found = [reverse(f"oversight:{page}") for page in PAGES]
    found += [f"{reverse('oversight:chain')}?walk=1", reverse("oversight:seals"), reverse("fair:home")]
    found += [reverse("oversight:pilot_export", args=["vr-relaxation"])]
    for report in SignedReport.objects.all():
        day = report.from_on.isoformat()
        found.append(reverse("oversight:report", args=[report.kind, day]))
        found += [reverse("oversight:report_file", args=[report.kind, day, part]) for part in ("json", "pdf", "sig")]
        if report.kind == ReportKind.FAIRNESS:
            found += [reverse("fair:file", args=[day, part]) for part in ("json", "sig")]
    return found


class TestEntering:
    @pytest.mark.parametrize("page", PAGES)
    def test_others_find_nothing(self, page, client):
        assert client.get(reverse(f"oversight:{page}")).status_code == 302
        for user in (factories.make_user(), factories.make_staff(is_superuser=True)):
            assert factories.signed_in(user).get(reverse(f"oversight:{page}")).status_code == 404

    def test_the_second_step_comes_first(self):
        client = factories.signed_in(factories.make_overseer(), second_step=False)
        assert "/accounts/2fa/" in client.get(reverse("oversight:home"))["Location"]

    def test_signing_in_leads_here(self, overseer):
        from marketplace.accounts.selectors import start_page_of

        assert start_page_of(factories.make_overseer()) == reverse("oversight:home")

    @pytest.mark.parametrize("page", PAGES)
    def test_nothing_can_be_sent(self, page, overseer):
        assert overseer.post(reverse(f"oversight:{page}")).status_code == 405

    @pytest.mark.parametrize("page", PAGES)
    def test_empty_pages_say_so(self, page, overseer):
        assert overseer.get(reverse(f"oversight:{page}")).status_code == 200

    def test_what_is_not_there_is_not_found(self, overseer):
        for path in (
            "reports/week/2026-11-16/",
            "reports/week/2026-13-99/",
            "reports/nonsense/x/",
            "pilots/none/export/",
        ):
            assert overseer.get(f"/oversight/{path}").status_code == 404, path
        assert overseer.get("/fair/2026-02-31/json/").status_code == 404


class TestNobodyIsInIt:
    def test_planted_words_names_and_numbers_are_on_no_page_and_in_no_file(
        self, overseer, django_capture_on_commit_callbacks
    ):
        """Everything sealed, and what is said of persons in clear, holds a word nobody else writes; all of it is read."""
        dice = Random(7)
        canaries = self._named_people(dice)
        parent = factories.make_parent(children=1)
        ground = Field(dice, parent, factories.make_staff(), parent.children.get())
        plant(ground)
        canaries += ground.canaries
        make_due_reports()
        pilot(), accord()
        hay = {address: self._content(overseer, address) for address in addresses()}
        assert len(hay) > 25
        assert found(canaries, hay) == {}
        for person in (parent, ground.staff):
            for name, content in hay.items():
                assert str(person.public_id).encode() not in content, name
                assert str(person.phone).encode() not in content, name

    def _named_people(self, dice):
        """Children with bookings in the week, and those who care for them, named by canaries."""
        canaries = [hatch(dice, place) for place in ("child", "parent", "provider", "practitioner")]
        service = service_for(Need.SLEEP, "武昌区")
        asked(service, 12, span=last_week())
        service.providers.update(name=canaries[2].text[:40])
        for booking in service.bookings.select_related("child", "booked_by"):
            booking.child.nickname, booking.booked_by.nickname = canaries[0].latin, canaries[1].latin
            booking.child.save(), booking.booked_by.save()
        factories.make_user(nickname=canaries[3].latin)
        make_looks(12, at=timezone.now(), actor_label=canaries[3].text)
        return canaries

    def _content(self, client, address) -> bytes:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content

    def test_a_planted_name_would_be_found(self, overseer):
        canary = hatch(Random(8), "title")
        accord()
        Accord.objects.update(title=canary.text)
        page = overseer.get(reverse("oversight:accords")).content
        assert found([canary], {"page": page}) == {canary: "page"}

    def test_reading_writes_nothing(self, overseer):
        make_due_reports()
        pilot(), accord()
        for address in addresses():
            with CaptureQueriesContext(connection) as queries:
                overseer.get(address)
            written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
            assert [sql for sql in written if "session" not in sql] == [], address


class TestReading:
    def test_the_week_is_told_in_words(self, overseer):
        asked(service_for(Need.SLEEP, "武昌区"), 12, span=last_week())
        make_due_reports()
        page = overseer.get(reverse("oversight:home")).content.decode()
        assert "睡眠" in page and "武昌区" in page and ">12<" in page

    def test_an_earlier_week_can_be_asked_for(self, overseer):
        from partners.oversight.services import make_report

        earlier = last_week().from_on - timedelta(days=7)
        make_due_reports(), make_report(ReportKind.WEEK, earlier)
        page = overseer.get(f"{reverse('oversight:home')}?from={earlier.isoformat()}").content.decode()
        assert f"{earlier.isoformat()} – " in page
        assert overseer.get(f"{reverse('oversight:home')}?from=2026-99-99").status_code == 200

    def test_the_dashboard_asks_little_however_much_there_was(self, overseer, django_assert_max_num_queries):
        make_due_reports()
        with django_assert_max_num_queries(12):
            overseer.get(reverse("oversight:home"))

    def test_a_touched_report_is_called_broken(self, overseer):
        make_due_reports()
        report = SignedReport.objects.get(kind=ReportKind.AUDIT)
        address = reverse("oversight:report", args=[report.kind, report.from_on.isoformat()])
        assert "没有改动过" in overseer.get(address).content.decode()
        SignedReport.objects.filter(pk=report.pk).update(signature="00" * 64)
        assert "请不要使用" in overseer.get(address).content.decode()

    def test_the_register_tells_by_which_number_a_model_serves(self, overseer):
        address = reverse("oversight:models")
        assert "这里是演示" in overseer.get(address).content.decode()
        record_approval(
            slug=MODEL, version=version(), number="伦审-9", board="委员会", approved_on=timezone.localdate()
        )
        assert "伦审-9" in overseer.get(address).content.decode()

    def test_each_duty_has_owner_and_evidence(self, overseer):
        accord()
        page = overseer.get(reverse("oversight:accords")).content.decode()
        assert "安全组" in page and 'href="/oversight/reports/"' in page

    def test_whoever_evaluates_a_pilot_gets_its_weeks(self, overseer):
        asked(service_for(Need.SLEEP, "洪山区"), 12, span=last_week())
        asked(service_for(Need.SLEEP, "武昌区"), 5, span=last_week())
        make_due_reports(), pilot()
        told = json.loads(overseer.get(reverse("oversight:pilot_export", args=["vr-relaxation"])).content)
        week = told["weeks"][0]
        assert week["monday"] == last_week().from_on.isoformat()
        assert week["outside"] is None, "five children are not told"

    def test_what_is_to_be_mediated_is_told_without_persons(self, overseer, django_assert_num_queries):
        case = self._handed_on()
        page = overseer.get(reverse("oversight:disputes")).content.decode()
        assert str(case.public_id)[:8] in page and "主管部门调解中" in page
        assert case.words not in page and case.opened_by.nickname not in page
        with CaptureQueriesContext(connection) as one:
            overseer.get(reverse("oversight:disputes"))
        self._handed_on(), self._handed_on()
        with django_assert_num_queries(len(one)):
            overseer.get(reverse("oversight:disputes"))

    def _handed_on(self):
        case = opened(words="她一句话也没说就走了")
        now = timezone.now()
        case.state, case.appealed_at, case.appealed_as = CaseState.MEDIATING, now, Side.FAMILY
        case.decided_at, case.appeal_by, case.mediate_by = now, now, now + timedelta(days=30)
        case.save()
        return case

    def test_lists_ask_once_however_long_they_are(self, overseer, django_assert_num_queries):
        accord(), pilot()
        for page in ("accords", "pilots", "reports"):
            with CaptureQueriesContext(connection) as few:
                overseer.get(reverse(f"oversight:{page}"))
            for number in range(3):
                made = Accord.objects.create(slug=f"{page}{number}", title="协议", signed_on=date(2026, 9, 1))
                AccordDuty.objects.create(accord=made, party=Party.FIRM, what="做", owner="谁", evidence="/")
            with django_assert_num_queries(len(few)):
                overseer.get(reverse(f"oversight:{page}"))


@pytest.mark.django_db(transaction=True)
class TestChain:
    def test_an_overseer_sees_that_it_holds(self, overseer):
        make_looks(5, at=timezone.now())
        seal_events()
        page = overseer.get(f"{reverse('oversight:chain')}?walk=1").content.decode()
        assert "全部对得上" in page

    @pytest.mark.parametrize(
        ("fault", "told"),
        [
            (lambda rows: rows.filter(position=3).update(reason="changed"), "记录被改过"),
            (lambda rows: rows.filter(position=3)._raw_delete("default"), "少了记录"),
            (lambda rows: rows.filter(position=5)._raw_delete("default"), "少了记录"),
        ],
    )
    def test_whoever_rewrites_the_record_is_seen(self, overseer, fault, told):
        make_looks(5, at=timezone.now())
        seal_events()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # somebody who owns the database
            fault(AuditEvent.objects.all())
        page = overseer.get(f"{reverse('oversight:chain')}?walk=1").content.decode()
        assert told in page and "全部对得上" not in page
