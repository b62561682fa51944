"""What screenings hold about people: nothing that leads to anybody, so that nothing can be read out or erased by person.

A screening names a thing, not who wrote it: an anonymous post must not lead to its author. What a concern holds about
a person is answered for by the desk; what the person wrote, by the app that keeps it.
"""

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register


def _export(subject: Subject) -> list[Section]:
    return []


def _nothing(subject: Subject) -> ErasureOutcome:
    return ErasureOutcome()


def register_subject_data() -> None:
    """Answer for screenings."""
    register(
        SubjectData(
            key="screenings",
            title=_("文字的安全把关结果"),
            covers=frozenset({"gate.Screening"}),
            export=_export,
            erase=_nothing,
            foresee=_nothing,
        )
    )
