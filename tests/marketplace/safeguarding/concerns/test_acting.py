"""What our people on duty do about a concern, and what they may not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.safeguarding.concerns import family_contact, playbooks, rules, services
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.concerns.enums import EventKind, Outcome, Told
from marketplace.safeguarding.concerns.errors import (
    AlreadyTaken,
    ConcernClosed,
    NoSuchStep,
    NotOnDuty,
    NotTaken,
    OnlyLeads,
    OpenElsewhere,
    ReportFirst,
    WordsMissing,
)
from marketplace.safeguarding.concerns.models import Concern, ConcernEvent
from marketplace.safeguarding.concerns.selectors import (
    drill_results,
    figures,
    is_trained,
    training_rows,
    untrained_on_rota,
)
from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import DANGERS, Kind, Level, Source
from tests import factories
from tests.factories.concerns import make_concern, make_keeper, make_lead, make_sleeper

pytestmark = pytest.mark.django_db


def kinds(concern: Concern) -> list[str]:
    return list(concern.events.order_by("pk").values_list("kind", flat=True))


def test_taking_it_stops_the_clock_and_is_measured():
    keeper = make_keeper()
    concern = make_concern()
    services.acknowledge(public_id=concern.public_id, by=keeper, now=concern.clock_from + timedelta(seconds=90))
    assert concern.events.get(kind=EventKind.ACKNOWLEDGED).seconds == 90


def test_a_second_person_is_told_and_the_same_one_changes_nothing():
    keeper, other = make_keeper(), make_keeper()
    concern = make_concern(by=keeper)
    services.acknowledge(public_id=concern.public_id, by=keeper)
    assert concern.events.filter(kind=EventKind.ACKNOWLEDGED).count() == 1
    with pytest.raises(AlreadyTaken):
        services.acknowledge(public_id=concern.public_id, by=other)


def test_taken_back_the_clock_goes_on_from_where_it_began():
    keeper = make_keeper()
    concern = make_concern(by=keeper)
    services.release(public_id=concern.public_id, by=keeper)
    concern.refresh_from_db()
    assert (concern.acknowledged_at, concern.round) == (None, 1)
    assert concern.events.get(kind=EventKind.ACKNOWLEDGED).seconds is None
    with pytest.raises(NotTaken):
        services.release(public_id=concern.public_id, by=keeper)


@pytest.mark.parametrize(
    "act",
    [
        lambda it, who: services.acknowledge(public_id=it, by=who),
        lambda it, who: services.release(public_id=it, by=who),
        lambda it, who: services.hand_over(public_id=it, by=who, text="x"),
        lambda it, who: services.note(public_id=it, by=who, text="x"),
        lambda it, who: services.mark_step(public_id=it, by=who, step="read"),
        lambda it, who: services.unmark_step(public_id=it, by=who, step="read"),
        lambda it, who: services.set_urgency(public_id=it, by=who, level=3),
        lambda it, who: services.tell_somebody(public_id=it, by=who, told=Told.SCHOOL, text="x"),
        lambda it, who: services.close(public_id=it, by=who, outcome=Outcome.SUPPORT, reason="x"),
        lambda it, who: services.reopen(public_id=it, by=who, reason="x"),
        lambda it, who: services.ask_to_unseal(public_id=it, by=who, what="person", reason="人命关天，必须找到"),
    ],
)
def test_whoever_is_not_on_duty_does_nothing(act):
    concern = make_concern()
    for nobody in (make_sleeper(), make_lead(), factories.make_parent(), factories.make_teen()):
        with pytest.raises(NotOnDuty):
            act(concern.public_id, nobody)
    assert kinds(concern) == [EventKind.OPENED]


def test_handing_over_to_a_colleague_on_duty_or_to_whoever_is_next():
    keeper, other, sleeper = make_keeper(), make_keeper(), make_sleeper()
    concern = make_concern(by=keeper)
    services.hand_over(public_id=concern.public_id, by=keeper, to=other, text="等妈妈回电话")
    concern.refresh_from_db()
    assert concern.acknowledged_by == other and concern.round == 1
    with pytest.raises(NotOnDuty):
        services.hand_over(public_id=concern.public_id, by=other, to=sleeper, text="下班了")
    with pytest.raises(WordsMissing):
        services.hand_over(public_id=concern.public_id, by=other, text="  ")
    services.hand_over(public_id=concern.public_id, by=other, text="下班了，没有人回电话")
    concern.refresh_from_db()
    assert (concern.acknowledged_by, concern.round) == (None, 2)


def test_notes_are_sealed():
    keeper = make_keeper()
    event = services.note(public_id=make_concern().public_id, by=keeper, text="和外婆通过电话")
    held = ConcernEvent.objects.filter(pk=event.pk).values_list("text", flat=True).get()
    assert "外婆".encode() not in bytes(held.ciphertext)


def test_steps_are_marked_once_and_taken_back():
    keeper, concern = make_keeper(), make_concern()
    for _ in range(2):
        services.mark_step(public_id=concern.public_id, step="read", by=keeper)
    services.unmark_step(public_id=concern.public_id, step="read", by=keeper)
    assert kinds(concern) == [EventKind.OPENED, EventKind.STEP_DONE, EventKind.STEP_UNDONE]
    assert not concern.steps.exists()
    with pytest.raises(NoSuchStep):
        services.mark_step(public_id=concern.public_id, step="dance", by=keeper)


def report_it(concern: Concern, keeper) -> None:
    for step in rules.REPORTING_STEPS:
        services.mark_step(public_id=concern.public_id, step=step, by=keeper)


def test_suspected_abuse_is_reported_before_anybody_of_the_family_hears_of_it():
    keeper = make_keeper()
    concern = make_concern(kind=Kind.ABUSE, by=keeper)
    for told in (Told.GUARDIAN, Told.RELATIVE):
        with pytest.raises(ReportFirst):
            services.tell_somebody(public_id=concern.public_id, told=told, text="x", by=keeper)
    services.tell_somebody(public_id=concern.public_id, told=Told.POLICE, text="已报案", by=keeper)
    report_it(concern, keeper)
    services.tell_somebody(public_id=concern.public_id, told=Told.RELATIVE, text="和警方商量后联系姑姑", by=keeper)


def test_abuse_that_is_one_does_not_end_unreported():
    keeper = make_keeper()
    concern = make_concern(kind=Kind.ABUSE, by=keeper)
    with pytest.raises(ReportFirst):
        services.close(public_id=concern.public_id, outcome=Outcome.DANGER, reason="确认", by=keeper)
    report_it(concern, keeper)
    assert services.close(public_id=concern.public_id, outcome=Outcome.DANGER, reason="确认", by=keeper).closed_at


def test_a_report_goes_to_the_police_and_the_civil_affairs_first_of_all():
    must = [step.code for step in playbooks.playbook_of(Kind.ABUSE).steps if step.must]
    assert rules.REPORTING_STEPS | {"no_parents"} <= set(must)
    assert {step.call for step in playbooks.playbook_of(Kind.ABUSE).steps} >= {"110", "12345"}


def test_every_kind_has_a_playbook_with_steps_that_must_be():
    for kind in DANGERS:
        steps = playbooks.playbook_of(kind).steps
        assert any(step.must for step in steps) and len({step.code for step in steps}) == len(steps)
    assert playbooks.playbook_of(Kind.DISTRESS).steps


@pytest.mark.parametrize(
    ("kind", "level", "decides", "words"),
    [
        (Kind.ABUSE, Level.CONCERN, False, "先报警"),
        (Kind.ABUSE, Level.URGENT, True, "先报警"),
        (Kind.SELF_HARM, Level.URGENT, True, "生命危险"),
        (Kind.SELF_HARM, Level.CONCERN, False, "不满 14 岁"),
        (Kind.EATING, Level.CONCERN, True, "本人同意"),
        (Kind.EATING, Level.CONCERN, None, "不知道年龄"),
    ],
)
def test_who_of_the_family_may_be_told(kind, level, decides, words):
    rule = family_contact.family_rule(kind, level, decides)
    assert words in f"{rule.first}{rule.then}"


def test_closing_needs_somebody_who_looked_an_outcome_and_a_reason():
    keeper, concern = make_keeper(), make_concern()
    with pytest.raises(NotTaken):
        services.close(public_id=concern.public_id, outcome=Outcome.SUPPORT, reason="x", by=keeper)
    services.acknowledge(public_id=concern.public_id, by=keeper)
    with pytest.raises(WordsMissing):
        services.close(public_id=concern.public_id, outcome=Outcome.SUPPORT, reason=" ", by=keeper)
    services.close(public_id=concern.public_id, outcome=Outcome.SUPPORT, reason="聊过了", by=keeper)
    with pytest.raises(ConcernClosed):
        services.note(public_id=concern.public_id, text="x", by=keeper)


def test_whoever_holds_a_text_back_hears_what_it_turned_out_to_be():
    heard = []

    def hear(sender, **words):
        heard.append((words["source"], words["ref"], words["outcome"]))

    concern_closed.connect(hear)
    try:
        keeper = make_keeper()
        concern = make_concern(by=keeper, source=Source.REVIEW, ref="a review")
        services.close(public_id=concern.public_id, outcome=Outcome.NO_DANGER, reason="歌词", by=keeper)
    finally:
        concern_closed.disconnect(hear)
    assert heard == [(Source.REVIEW, "a review", Outcome.NO_DANGER)]


def test_opened_again_it_is_in_the_hands_of_who_did_it_unless_another_one_is_open():
    keeper, child = make_keeper(), factories.make_child(factories.make_user())
    concern = make_concern(by=keeper, child=child)
    services.close(public_id=concern.public_id, outcome=Outcome.NO_DANGER, reason="误报", by=keeper)
    services.reopen(public_id=concern.public_id, reason="又收到消息", by=keeper)
    concern.refresh_from_db()
    assert (concern.outcome, concern.acknowledged_by, concern.round) == ("", keeper, 2)
    services.close(public_id=concern.public_id, outcome=Outcome.NO_DANGER, reason="误报", by=keeper)
    make_concern(child=child)
    with pytest.raises(OpenElsewhere):
        services.reopen(public_id=concern.public_id, reason="又收到消息", by=keeper)


def test_a_drill_is_started_by_a_lead_measured_and_reaches_no_family():
    keeper, lead = make_keeper(), make_lead()
    with pytest.raises(OnlyLeads):
        services.start_drill(scenario="uncle-at-home", started_by=keeper)
    drill = services.start_drill(scenario="uncle-at-home", started_by=lead)
    assert "演练" in keeper.messages_received.filter(channel="sms").get().body
    later = drill.clock_from + timedelta(seconds=42)
    services.acknowledge(public_id=drill.public_id, by=keeper, now=later)
    services.mark_step(public_id=drill.public_id, step="read", by=keeper)
    heard = []

    def hear(sender, **words):
        heard.append(words)

    concern_closed.connect(hear)
    services.close(public_id=drill.public_id, outcome="", reason="练完了", by=keeper)
    concern_closed.disconnect(hear)
    result = drill_results()[0]
    steps = len(playbooks.playbook_of(Kind.ABUSE).steps)
    assert (result.seconds, result.steps_done, result.steps) == (42, 1, steps)
    assert result.concern.outcome == Outcome.PRACTISED and not heard
    assert figures(drill.opened_at - timedelta(days=1), timezone.now() + timedelta(days=1)).opened == 0


def test_figures_are_the_median_and_the_95th_percentile():
    keeper, start = make_keeper(), timezone.now()
    for seconds in (10, 20, 30, 40, 1000):
        concern = make_concern(at=start)
        services.acknowledge(public_id=concern.public_id, by=keeper, now=start + timedelta(seconds=seconds))
    outcomes = [Outcome.DANGER, Outcome.SUPPORT, Outcome.NO_DANGER]
    for concern, outcome in zip(Concern.objects.order_by("pk"), outcomes, strict=False):
        services.close(public_id=concern.public_id, outcome=outcome, reason="看过了", by=keeper)
    found = figures(start - timedelta(days=1), start + timedelta(days=1))
    assert (found.opened, found.acknowledged, found.in_time) == (5, 5, 4)
    assert (found.median_seconds, found.p95_seconds) == (30, pytest.approx(808))
    assert found.by_outcome == {"danger": 1, "support": 1, "no_danger": 1}
    assert found.precision == pytest.approx(2 / 3, abs=1e-4)


def test_who_is_trained_and_who_is_on_the_rota_without_it():
    keeper, lead, today = make_keeper(), make_lead(), timezone.localdate()
    assert [row.person for row in untrained_on_rota(timezone.now(), today)] == [keeper]
    with pytest.raises(OnlyLeads):
        services.record_training(user=keeper, training="desk", done_on=today, recorded_by=keeper)
    for training in ("gatekeeper", "desk", "report"):
        services.record_training(user=keeper, training=training, done_on=today, recorded_by=lead)
    assert is_trained(keeper, today) and not untrained_on_rota(timezone.now(), today)
    assert training_rows(today + timedelta(days=366))[0].missing
    assert training_rows(today + timedelta(days=350))[0].ends_soon


def test_a_reader_that_breaks_closes_no_desk():
    def breaks(ref):
        raise ValueError("gone")

    keeper = make_keeper()
    from marketplace.safeguarding.concerns import contexts

    kept = dict(contexts._readers)
    try:
        register_context(Source.INTAKE, breaks)
        concern = make_concern()
        assert services.read_texts(concern=concern, viewer=keeper)[0].context is None
        register_context(Source.INTAKE, lambda ref: Context("好累", timezone.now(), "说说困扰"))
        assert services.read_texts(concern=concern, viewer=keeper)[0].context.text == "好累"
    finally:
        contexts._readers.clear()
        contexts._readers.update(kept)
