"""The desk's pages: the queue, one concern, drills, training."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.safeguarding.concerns import services
from marketplace.safeguarding.concerns.enums import CallState
from marketplace.safeguarding.concerns.models import Concern, TrainingRecord
from marketplace.safeguarding.enums import Kind, Level, Source
from tests import factories
from tests.factories.concerns import make_concern, make_keeper, make_lead

pytestmark = pytest.mark.django_db


def url(name: str, concern: Concern) -> str:
    return reverse(f"concerns:{name}", args=[concern.public_id])


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["desk", "queue"])
@pytest.mark.parametrize("show", ["open", "waiting", "mine", "closed"])
def test_the_queue_asks_as_much_for_three_as_for_one(name, show):
    keeper = make_keeper()
    browser = factories.signed_in(keeper)
    path = f"{reverse(f'concerns:{name}')}?show={show}"
    make_three(keeper, 1)
    browser.get(path)
    one = queries(browser, path)
    make_three(keeper, 3)
    assert queries(browser, path) == one


def make_three(keeper, count: int) -> None:
    for _ in range(count):
        make_concern(kind=Kind.EATING)
        make_concern(by=keeper)
        done = make_concern(by=keeper, kind=Kind.HARM_BY_OTHERS)
        services.close(public_id=done.public_id, outcome="support", reason="聊过了", by=keeper)


def test_the_most_urgent_comes_first_and_then_the_one_that_waits_longest():
    keeper, now = make_keeper(), timezone.now()
    late = make_concern(at=now - timedelta(minutes=3))
    early = make_concern(at=now - timedelta(minutes=4))
    urgent = make_concern(level=Level.URGENT)
    page = factories.signed_in(keeper).get(reverse("concerns:desk")).content.decode()
    places = [page.index(str(each.public_id)) for each in (urgent, early, late)]
    assert places == sorted(places)
    assert "紧急" in page and "urgency__marks" in page


def test_the_queue_looks_again_by_itself_and_stands_alone():
    browser = factories.signed_in(make_keeper())
    page = browser.get(reverse("concerns:desk")).content.decode()
    assert 'hx-trigger="every 10s"' in page and reverse("concerns:queue") in page
    alone = browser.get(reverse("concerns:queue")).content.decode()
    assert alone.lstrip().startswith('<div id="desk-queue"') and "<html" not in alone
    assert "现在没有等着的担心" in alone


def test_opening_the_desk_keeps_the_clocks():
    keeper = make_keeper()
    concern = make_concern(at=timezone.now() - timedelta(minutes=20))
    factories.signed_in(keeper).get(reverse("concerns:desk"))
    concern.refresh_from_db()
    assert concern.escalated_15_at


def test_the_queue_names_nobody():
    child = factories.make_child(factories.make_user(nickname="林妈妈"), nickname="林小雨")
    make_concern(child=child)
    page = factories.signed_in(make_keeper()).get(reverse("concerns:desk")).content.decode()
    assert "林" not in page and str(child.public_id) not in page


def test_filters():
    browser = factories.signed_in(make_keeper())
    eating, other = make_concern(kind=Kind.EATING), make_concern()
    page = browser.get(reverse("concerns:desk") + "?kind=eating").content.decode()
    assert str(eating.public_id) in page and str(other.public_id) not in page


def test_nobody_on_duty_and_untrained_people_are_said():
    keeper = make_keeper()
    page = factories.signed_in(keeper).get(reverse("concerns:desk")).content.decode()
    assert "培训不全" in page and str(keeper) in page


def test_one_concern_from_taking_it_to_its_end():
    keeper = make_keeper()
    browser, concern = factories.signed_in(keeper), make_concern()
    page = browser.get(url("concern", concern)).content.decode()
    assert "我来接手" in page and "先让人安全" in page

    def post(name, **data):
        answer = browser.post(url(name, concern), data, follow=True)
        assert answer.status_code == 200
        concern.refresh_from_db()
        return answer.content.decode()

    post("take")
    assert concern.acknowledged_by == keeper
    post("step", step="read")
    assert concern.steps.get().step == "read"
    post("step", step="read", undo="1")
    assert not concern.steps.exists()
    assert "和外婆通过电话" in post("note", text="和外婆通过电话")
    assert "监护人" in post("told", told="guardian", text="妈妈今晚陪着")
    post("urgency", level="3")
    assert concern.urgency == Level.URGENT
    post("release")
    assert concern.acknowledged_at is None
    post("take")
    assert "为什么可以结束" in post("close", outcome="", reason="")
    assert concern.is_open
    post("close", outcome="support", reason="妈妈陪着，明天再联系")
    assert not concern.is_open and concern.outcome == "support"
    post("reopen", reason="又收到消息")
    assert concern.is_open
    post("hand_over", to="", text="下一位请先打给妈妈")
    assert concern.acknowledged_at is None


def test_abuse_warns_before_the_family_is_told():
    keeper = make_keeper()
    browser, concern = factories.signed_in(keeper), make_concern(kind=Kind.ABUSE, by=keeper)
    page = browser.get(url("concern", concern)).content.decode()
    assert 'value="guardian"' not in page and "家长不先知道" in page
    browser.post(url("told", concern), {"told": "guardian", "text": "x"})
    assert not concern.events.filter(kind="family_told").exists()
    browser.post(url("close", concern), {"outcome": "danger", "reason": "确认"})
    concern.refresh_from_db()
    assert concern.is_open


def test_the_phone_tree_is_shown_and_marked():
    keeper = make_keeper()
    browser = factories.signed_in(keeper)
    concern = make_concern(at=timezone.now() - timedelta(minutes=20))
    services.watch_concerns()
    page = browser.get(url("concern", concern)).content.decode()
    assert f"tel:{keeper.phone}" in page
    call = concern.calls.get()
    browser.post(url("call", concern), {"call": call.public_id, "state": CallState.REACHED})
    call.refresh_from_db()
    assert call.state == CallState.REACHED
    browser.post(url("call", concern), {"call": "nonsense", "state": "nonsense"})


def test_a_person_without_a_name_is_asked_for_and_decided_on_the_page():
    asker, second = make_keeper(), make_keeper()
    concern = make_concern(author=factories.make_teen(nickname="云朵"), source=Source.POST)
    first, other = factories.signed_in(asker), factories.signed_in(second)
    assert url("person", concern) not in first.get(url("concern", concern)).content.decode()
    first.post(url("unseal", concern), {"what": "person", "reason": "帖子里写了今晚的打算，必须找到人"})
    assert "同意打开" not in first.get(url("concern", concern)).content.decode()
    assert "同意打开" in other.get(url("concern", concern)).content.decode()
    other.post(url("decide", concern), {"agrees": "yes"})
    assert "云朵" in first.get(url("person", concern)).content.decode()


def test_the_page_of_one_asks_the_same_however_much_happened():
    keeper = make_keeper()
    browser, concern = factories.signed_in(keeper), make_concern(by=keeper)
    browser.get(url("concern", concern))
    services.note(public_id=concern.public_id, text="一", by=keeper)
    one = queries(browser, url("concern", concern))
    for text in ("二", "三"):
        services.note(public_id=concern.public_id, text=text, by=keeper)
    assert queries(browser, url("concern", concern)) == one


def test_a_lead_starts_a_drill_and_writes_training_down():
    lead, keeper = make_lead(), make_keeper()
    browser = factories.signed_in(lead)
    browser.post(reverse("concerns:drill_start"), {"scenario": "not-eating"})
    drill = Concern.objects.get(is_drill=True)
    assert "演练" in browser.get(reverse("concerns:drills")).content.decode()
    page = factories.signed_in(keeper).get(url("concern", drill)).content.decode()
    assert "（演练）" in page and "假想" in page
    today = timezone.localdate().isoformat()
    browser.post(reverse("concerns:training_record"), {"user": keeper.pk, "training": "desk", "done_on": today})
    assert TrainingRecord.objects.get().user == keeper
    again = browser.post(reverse("concerns:training_record"), {"user": keeper.pk, "training": "desk", "done_on": ""})
    assert again.status_code == 200
    assert str(keeper) in browser.get(reverse("concerns:training")).content.decode()


def test_lists_of_drills_and_trainings_ask_the_same_for_three_as_for_one():
    lead = make_lead()
    browser, pages = (
        factories.signed_in(lead),
        [reverse(f"concerns:{name}") for name in ("drills", "training", "figures")],
    )

    def more(count: int) -> list[int]:
        for _ in range(count):
            make_keeper()
            services.start_drill(scenario="not-eating", started_by=lead)
        for path in pages:
            browser.get(path)
        return [queries(browser, path) for path in pages]

    assert more(1) == more(3)
