"""Training makes the same bytes again, and shares are counted rightly."""

from pathlib import Path

import pytest

from marketplace.safeguarding.enums import Kind
from marketplace.safeguarding.gate.corpora import sentences
from marketplace.safeguarding.gate.evaluation import Share, evaluate
from marketplace.safeguarding.gate.grading import Grade, grade
from marketplace.safeguarding.gate.model import TRAINED, Model

pytest.importorskip("sklearn", reason="only those who develop train")

#: Every so many sentences are enough to see whether two runs differ.
EVERY = 12


def test_the_same_sentences_make_the_same_bytes(tmp_path: Path) -> None:
    from marketplace.safeguarding.gate.training import prepare, store, train

    prepared = prepare(sentences()[::EVERY])
    made = []
    for name in ("once", "again"):
        folder = tmp_path / name
        folder.mkdir()
        store(train(prepared, seed=1), prepared, folder, seed=1)
        made.append([(folder / file).read_bytes() for file in ("gate.npz", "gate.json")])
    assert made[0] == made[1]
    small = Model(tmp_path / "once")
    assert grade("我不想活了", small).score > grade("今天食堂的饭好吃", small).score


def test_the_committed_model_is_small_and_of_the_committed_sentences() -> None:
    card = Model(TRAINED).card
    counted = {str(kind): sum(sentence.kind == kind for sentence in sentences()) for kind in Kind}
    assert card["sentences"] == counted
    assert sum(path.stat().st_size for path in TRAINED.iterdir()) < 6_000_000


def test_wilsons_interval() -> None:
    low, high = Share(45, 50).interval
    assert (round(low, 3), round(high, 3)) == (0.786, 0.957)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_what_a_gate_that_sees_danger_everywhere_is_worth() -> None:
    from marketplace.safeguarding.enums import Level

    found = evaluate(sentences()[::40], lambda text: Grade(Kind.SELF_HARM, Level.CONCERN, 1.0))
    assert found.recall.value == found.alarms.value == 1.0
    assert found.kind_right.value < 1.0 and found.urgent_as_urgent.value == 0.0
