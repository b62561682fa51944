"""A name on an association's list stops whom it surely means, and nobody else."""

import pytest
from django.utils import timezone

from catalog.standing.enums import EntrySource, LicenceKind, WithholdingKind
from catalog.standing.errors import FileUnreadable, NotAnAssociation, NotYours
from catalog.standing.matching import maybe_meant
from catalog.standing.models import BlacklistEntry
from catalog.standing.selectors import blacklisted, is_suspended
from catalog.standing.services import (
    apply_blacklists,
    blacklist,
    end_entry,
    import_blacklist,
    record_licence,
    say_who_is_meant,
)
from tests import factories

from .deciding import REASONS, make_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make_association()


def listed(association, **fields):
    body, person = association
    return blacklist(body=body, noted_by=person, reasons=REASONS, **fields)


def licensed(partner, number):
    return record_licence(
        partner=partner, kind=LicenceKind.BUSINESS, number=number, issued_by="示例市场监督管理局",
        valid_from_on=timezone.localdate(), valid_until_on=None, checked_by=None,
    )  # fmt: skip


def test_an_organisation_is_known_by_its_number_under_whatever_name(association):
    provider = factories.make_provider()
    licensed(provider.partner, "91000000示例")
    entry = listed(association, name="别的名字", number="91000000示例")

    assert entry.withholding.kind == WithholdingKind.BLACKLIST
    assert is_suspended(provider)


def test_a_person_is_not_stopped_for_having_somebody_elses_name(association):
    provider = factories.make_provider(name="林一", credential="示例登记 X-123456")
    entry = listed(association, name="林一")
    assert not is_suspended(provider)
    assert maybe_meant(entry) == [provider]

    say_who_is_meant(entry=entry, provider=provider, said_by=association[1])
    assert is_suspended(provider)


def test_a_person_with_the_same_registration_is_stopped(association):
    provider = factories.make_provider(name="林一", credential="示例登记 X-123456")
    listed(association, name="林一", number="X-123456")
    assert is_suspended(provider)


def test_a_name_waits_until_it_is_known_here(association):
    entry = listed(association, name="迟来机构")
    assert entry.withholding is None and apply_blacklists() == 0

    provider = factories.make_provider(partner=factories.make_partner(name="迟来机构"))
    assert apply_blacklists() == 1
    assert is_suspended(provider)


def test_taken_off_the_list_it_is_offered_again(association):
    provider = factories.make_provider()
    entry = listed(association, name=provider.partner.name)
    end_entry(entry=entry, ended_by=association[1], because="示例：查明是弄错了，已更正。")

    assert not is_suspended(provider)
    assert not blacklisted(name=provider.partner.name).exists()


def test_another_association_does_not_take_it_off(association):
    entry = listed(association, name="示例机构")
    with pytest.raises(NotYours):
        end_entry(entry=entry, ended_by=make_association()[1], because="示例：查明是弄错了，已更正。")


class TestFile:
    def imported(self, association, text):
        body, person = association
        return import_blacklist(body=body, content=text.encode(), imported_by=person)

    def test_every_line_is_taken_in_once_and_bad_ones_are_named(self, association):
        provider = factories.make_provider()
        text = (
            "名称,编号,理由,日期\n"
            f"{provider.partner.name},,{REASONS},2026-03-01\n"
            f"别家机构,91000001,{REASONS},2026/03/02\n"
            f"没有理由的,,短,2026-03-03\n"
            f"日期不对的,,{REASONS},昨天\n"
        )
        first, again = self.imported(association, text), self.imported(association, text)

        assert (first.new, first.known, first.stopped) == (2, 0, 1)
        assert [number for number, _ in first.left_out] == [4, 5]
        assert (again.new, again.known, again.stopped) == (0, 2, 0)
        assert is_suspended(provider)
        assert set(BlacklistEntry.objects.values_list("source", flat=True)) == {EntrySource.FILE}

    def test_a_formula_comes_in_as_plain_words(self, association):
        self.imported(association, f'名称,编号,理由,日期\n"=HYPERLINK(""x"")",,{REASONS},2026-03-01\n')
        assert BlacklistEntry.objects.get().name == 'HYPERLINK("x")'

    def test_english_columns_are_read(self, association):
        assert self.imported(association, f"Name,number,reasons,date\n别家机构,9100,{REASONS},2026-03-01\n").new == 1

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", "名称,编号\n甲,1\n".encode()])
    def test_what_is_no_such_table_is_refused_with_a_sentence(self, association, content):
        body, person = association
        with pytest.raises(FileUnreadable):
            import_blacklist(body=body, content=content, imported_by=person)

    def test_only_an_association_has_a_list(self):
        clinic = factories.make_partner()
        with pytest.raises(NotAnAssociation):
            self.imported((clinic, factories.make_partner_staff(clinic)), "名称,编号,理由,日期\n")
