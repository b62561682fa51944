"""The corpora are what they say they are, and test sentences are no training sentences."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from marketplace.safeguarding.enums import DANGERS, Kind
from marketplace.safeguarding.gate.corpora import UnreadableCorpus, near_repeats, sentences
from tests.support.show_safety import TESTED, almost, refusal


def test_the_test_set_is_large_and_balanced() -> None:
    tested = sentences(TESTED)
    kinds = Counter(sentence.kind for sentence in tested)
    assert len(tested) >= 1500
    assert set(kinds) == set(Kind) and min(kinds.values()) >= 100
    assert {sentence.age for sentence in tested} == {"8-11", "12-14", "15-18", "adult"}
    assert {"homophone", "initials", "emoji", "spaced", "negation", "quotation", "idiom"} <= {
        s.disguise for s in tested
    }


def test_no_test_sentence_nearly_repeats_a_training_one() -> None:
    assert not near_repeats(sentences(TESTED), sentences())


def test_one_that_does_is_refused() -> None:
    trained = sentences()
    said = refusal([almost(trained)], trained)
    assert said.startswith("refused: 1 test sentence") and almost(trained).text not in said
    danger = next(sentence for sentence in trained if sentence.is_danger and len(sentence.text) > 20)
    assert refusal([replace(danger, text=danger.text.replace("，", " "))], trained)


def test_labels_fit_levels() -> None:
    assert all((sentence.kind in DANGERS) == sentence.is_danger for sentence in [*sentences(), *sentences(TESTED)])


@pytest.mark.parametrize(
    "line", ["self_harm\t9\tself\tnone\t12-14\tpost\tx", "everyday\t2\tnone\tnone\t12-14\tpost\tx", "x"]
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.tsv").write_text(f"kind\tlevel\twho\tdisguise\tage\tsource\ttext\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableCorpus, match="a.tsv:2"):
        sentences(tmp_path)
