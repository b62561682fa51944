"""How moderators are looked after, tried with any day of work."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cms.community.moderation import care
from cms.community.moderation.care import Need, Rest, Span, State

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def state(spans, rests=(), *, after: float) -> State:
    return care.state(spans, rests, now=MORNING + minutes(after), day_began_at=MORNING - timedelta(hours=1))


def hard(begins: float, lasts: float = 3) -> Span:
    began = MORNING + minutes(begins)
    return Span(began, began + minutes(lasts), hard_at=began)


def test_nothing_in_hand_needs_no_rest():
    assert state([], after=0) == State(Need.NONE, 0, timedelta(0), 0)


def test_five_hard_texts_offer_a_rest_and_eight_need_one():
    assert state([hard(4 * each) for each in range(4)], after=16).need is Need.NONE
    assert state([hard(4 * each) for each in range(5)], after=20).need is Need.OFFERED
    assert state([hard(4 * each) for each in range(8)], after=32).need is Need.REQUIRED


def test_fifty_minutes_offer_a_rest_and_an_hour_and_a_quarter_need_one():
    easy = [Span(MORNING + minutes(5 * each), MORNING + minutes(5 * each + 4)) for each in range(20)]
    assert state(easy, after=49).need is Need.NONE
    assert state(easy, after=50).need is Need.OFFERED
    assert state(easy, after=75).need is Need.REQUIRED


def test_a_rest_of_full_length_begins_a_new_spell():
    work = [hard(4 * each) for each in range(8)]
    rest = Rest(MORNING + minutes(32), MORNING + minutes(42))
    assert state(work, [rest], after=43).need is Need.NONE
    too_short = Rest(MORNING + minutes(32), MORNING + minutes(36))
    assert state(work, [too_short], after=36).need is Need.REQUIRED


def test_time_with_nothing_in_hand_counts_as_a_rest():
    work = [hard(4 * each) for each in range(8)]
    assert state(work, after=35 + 4).need is Need.REQUIRED
    assert state(work, after=31 + 11).need is Need.NONE


def test_hard_texts_of_a_day_have_an_end():
    work = [hard(30 * each) for each in range(care.HARD_A_DAY)]
    assert state(work, after=30 * 20).has_seen_enough_today
    assert not state(work[:-1], after=30 * 20).has_seen_enough_today


#: A day as it may come: gaps before and lengths of spans in minutes, and whether a text in it was hard.
DAYS = st.lists(st.tuples(st.floats(0, 30), st.floats(0.5, 15), st.booleans()), max_size=80)


@given(DAYS)
def test_whoever_heeds_the_rule_never_sees_more_than_eight_hard_texts_without_a_rest(day):
    """The rule is asked before each text, as the desk asks it; what it allows keeps the promise."""
    now, spans, since_rest, spell_began, last_ended = MORNING, [], 0, None, None
    for gap, lasts, is_hard in day:
        now += minutes(gap)
        if last_ended is not None and now - last_ended >= care.REST:
            since_rest, spell_began = 0, None
        if care.state(spans, [], now=now, day_began_at=MORNING).need is Need.REQUIRED:
            continue
        spell_began = spell_began or now
        since_rest += is_hard
        assert since_rest <= care.NEED_AFTER_HARD
        assert now - spell_began < care.NEED_AFTER
        span = Span(now, now + minutes(lasts), hard_at=now if is_hard else None)
        spans.append(span)
        now = last_ended = span.ended_at


@given(DAYS, st.data())
def test_more_work_never_lessens_the_need(day, data):
    now, spans = MORNING, []
    for gap, lasts, is_hard in day:
        now += minutes(gap)
        spans.append(Span(now, now + minutes(lasts), hard_at=now if is_hard else None))
        now += minutes(lasts)
    order = [Need.NONE, Need.OFFERED, Need.REQUIRED]
    some = [span for span in spans if data.draw(st.booleans())]
    needs = [care.state(each, [], now=now, day_began_at=MORNING).need for each in (some, spans)]
    if spans:
        assert order.index(needs[0]) <= order.index(needs[1])


@given(DAYS)
def test_the_order_in_which_spans_are_told_does_not_matter(day):
    now, spans = MORNING, []
    for gap, lasts, is_hard in day:
        now += minutes(gap)
        spans.append(Span(now, now + minutes(lasts), hard_at=now if is_hard else None))
        now += minutes(lasts)
    one = care.state(spans, [], now=now, day_began_at=MORNING)
    assert care.state(spans[::-1], [], now=now, day_began_at=MORNING) == one
