"""A group talks: everybody is joined to everybody, hears everything once, and nobody is lost when one of them drops."""

from itertools import combinations, permutations

import pytest

from tests.factories.rooms import make_group_session, make_member
from tests.support.rooms import Browser, Line

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = 6


def description(sender: Line, to: Line) -> dict:
    return {"description": {"type": "offer", "sdp": f"v=0 {sender.visit} {to.visit}"}}


@pytest.fixture
def group(room_server):
    """The provider's line, then six members', all inside; and their browsers."""
    occupancy = make_group_session(seats=MEMBERS)
    browsers = [Browser(room_server, make_member(occupancy).booked_by) for _ in range(MEMBERS)]
    browsers.insert(0, Browser(room_server, occupancy.provider.user))
    lines = [browser.enter(occupancy.public_id, f"成员{number}") for number, browser in enumerate(browsers)]
    for member in lines[1:]:
        lines[0].send("admit", visit=member.visit)
        member.expect("admitted")
    for member in lines[1:]:
        member.people(MEMBERS + 1)  # everybody knows of everybody
    return occupancy.public_id, browsers, lines


def test_everybody_reaches_everybody_and_in_each_pair_one_gives_way(group):
    _room, _browsers, lines = group
    lines[0].people(MEMBERS + 1)
    seen = [{person["visit"]: person for person in line.seen[-1]["people"]} for line in lines]
    for one, other in combinations(range(MEMBERS + 1), 2):
        gives_way = seen[one][lines[other].visit]["polite"], seen[other][lines[one].visit]["polite"]
        assert sorted(gives_way) == [False, True], "both call at once, and exactly one gives way"
    for one, other in permutations(lines, 2):
        one.send("signal", to=other.visit, data=description(one, other))
    for line in lines:
        others = {each.visit: each for each in lines if each is not line}
        heard = [line.expect("signal") for _ in others]
        assert {each["from"] for each in heard} == set(others)
        assert all(each["data"] == description(others[each["from"]], line) for each in heard)


def test_what_one_writes_everybody_reads_once(group):
    _room, _browsers, lines = group
    for number, line in enumerate(lines):
        line.send("say", text=f"我是{number}", id="same")
        line.send("say", text=f"我是{number}", id="same")
    wanted = {(line.visit, f"我是{number}") for number, line in enumerate(lines)}
    for line in lines:
        said = [line.expect("said") for _ in lines]
        assert {(each["from"], each["text"]) for each in said} == wanted
        line.nothing_but("people")


def test_two_drop_at_once_the_others_stay_and_both_are_back_inside(group):
    room, browsers, lines = group
    for number in (2, 5):
        lines[number].drop()
    assert {person["visit"] for person in lines[1].people(MEMBERS - 1)} == {
        line.visit for number, line in enumerate(lines) if number not in (2, 5)
    }
    lines[1].send("say", text="他们呢", id="1")
    for number in (2, 5):
        back = browsers[number].enter(room, f"成员{number}")
        assert (back.welcome["place"], back.visit) == ("inside", lines[number].visit)
        assert "他们呢" in [words["text"] for words in back.welcome["said"]]
    lines[0].people(MEMBERS + 1)


def test_one_is_asked_to_leave_and_one_goes_and_the_end_is_for_all(group):
    _room, _browsers, lines = group
    lines[0].send("decline", visit=lines[3].visit)
    lines[3].expect("declined")
    lines[4].send("end")
    lines[4].expect("ended")
    staying = [line for line in lines if line not in (lines[3], lines[4])]
    assert {person["visit"] for person in lines[1].people(MEMBERS - 1)} == {line.visit for line in staying}
    lines[1].send("signal", to=lines[3].visit, data=description(lines[1], lines[3]))
    assert lines[1].expect("refused")["code"] == "not_here"
    lines[0].send("end")
    for line in staying:
        line.expect("ended")
