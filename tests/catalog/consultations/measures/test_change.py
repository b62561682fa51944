"""Reliable change, worked by hand."""

import pytest

from catalog.consultations.measures.change import change_between, is_off_track
from catalog.consultations.measures.enums import ChangeKind
from catalog.consultations.measures.instruments import FACES, GAD7, GOAL, INSTRUMENTS, instruments_for
from catalog.consultations.measures.instruments.shapes import Reliability


@pytest.mark.parametrize(
    ("spread", "value", "error", "points"),
    [
        # SE = 7.6 x sqrt(0.05) = 1.6994; S_diff = 1.6994 x 1.41421 = 2.4033; x 1.96 = 4.7105. The figures (7.6 and 0.95) are
        # the worked example of a published doctoral thesis on dependence scores.
        (7.6, 0.95, 4.7105, 5),
        # GAD-7, Spitzer 2006, alpha: SE = 4.7 x sqrt(0.08) = 1.32936; S_diff = 1.88000; x 1.96 = 3.6848.
        (4.7, 0.92, 3.6848, 4),
        # Those without the disorder: 4.8 x 0.282843 x 1.414214 x 1.96 = 3.7632. The same whole number.
        (4.8, 0.92, 3.7632, 4),
        # With the test-retest figure: 4.7 x sqrt(0.17) = 1.93786; x 1.414214 = 2.74055; x 1.96 = 5.3715. Bischoff 2020: 6.
        (4.7, 0.83, 5.3715, 6),
        # Nothing is measured: 2 x sqrt(2) x 1.96 = 5.5437.
        (2.0, 0.0, 5.5437, 6),
    ],
)
def test_the_error_of_a_difference_by_jacobson_and_truax(spread, value, error, points):
    reliability = Reliability(spread=spread, value=value, source="")

    assert reliability.error_of_difference == pytest.approx(error, abs=0.0005)
    assert reliability.reliable_change == points


def test_gad7_counts_with_the_four_points_of_nhs_talking_therapies():
    assert GAD7.reliability.reliable_change == 4


@pytest.mark.parametrize(
    ("first", "later", "kind"),
    [
        (14, 14, ChangeKind.WITHIN),
        (14, 11, ChangeKind.WITHIN),
        (14, 10, ChangeKind.BETTER),
        (10, 13, ChangeKind.WITHIN),
        (10, 14, ChangeKind.WORSE),
        (0, 21, ChangeKind.WORSE),
        (21, 0, ChangeKind.BETTER),
    ],
)
def test_less_worry_is_better_and_three_points_may_be_chance(first, later, kind):
    change = change_between(GAD7, first, later)

    assert (change.points, change.kind) == (later - first, kind)


@pytest.mark.parametrize("instrument", [GOAL, FACES])
def test_our_own_scales_never_call_a_change_reliable(instrument):
    assert change_between(instrument, instrument.lowest, instrument.highest).kind == ChangeKind.UNKNOWN
    assert not is_off_track(instrument, [instrument.highest, instrument.lowest])


@pytest.mark.parametrize(
    ("scores", "off"),
    [([], False), ([9], False), ([9, 12], False), ([9, 13], True), ([9, 13, 12], False), ([13, 5, 12], False)],
)
def test_off_track_is_the_newest_score_reliably_worse_than_the_first(scores, off):
    assert is_off_track(GAD7, scores) is off


def test_scores_are_sums_of_whole_answers():
    answers = {"1": 3, "2": 2, "3": 1, "4": 0, "5": 0, "6": 3, "7": 1}

    assert GAD7.score(answers) == 10
    for wrong in (answers | {"7": 4}, answers | {"8": 0}, dict.fromkeys("123456", 1)):
        with pytest.raises(ValueError, match="gad7"):
            GAD7.score(wrong)


def test_ranges_and_ages():
    assert [(each.lowest, each.highest) for each in (GAD7, GOAL, FACES)] == [(0, 21), (0, 10), (0, 12)]
    assert [[each.key for each in instruments_for(age)] for age in (7, 8, 11, 12, 17, 18)] == [
        [],
        ["faces"],
        ["faces"],
        ["goal", "gad7"],
        ["goal", "gad7"],
        [],
    ]


def test_each_instrument_names_licence_and_source():
    for instrument in INSTRUMENTS:
        assert str(instrument.licence) and str(instrument.source), instrument.key
