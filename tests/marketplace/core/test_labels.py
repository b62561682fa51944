"""Who looked is kept in one language and read in any."""

from django.utils import translation

from marketplace.accounts.enums import Duty
from marketplace.core.labels import kept_label, shown_label


def test_a_label_is_kept_in_the_source_language():
    with translation.override("en"):
        assert kept_label("青禾心理", Duty.SAFETY.label) == "青禾心理 · 安全值守"


def test_each_reader_gets_it_in_their_language():
    with translation.override("en"):
        assert shown_label("心桥 · 安全值守") == "Xinqiao · Safety duty"
    assert shown_label("心桥 · 安全值守") == "心桥 · 安全值守"
    assert shown_label("") == ""
