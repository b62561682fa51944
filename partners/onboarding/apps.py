"""How organisations come to work here, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    """Label onboarding."""

    name = "partners.onboarding"
    label = "onboarding"
    verbose_name = _("机构入驻")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who opens papers, where applicants and reviewers start, how long papers are kept, what is kept of people."""
        from marketplace.accounts.duty.desks import register_desk
        from marketplace.accounts.selectors import register_start_page
        from marketplace.core.uploads.readers import register_reader

        from .looking import note_opened
        from .own_desk import REVIEW_DESK
        from .retention import register_retention
        from .rules import FILES, may_read_file
        from .starting import page_of_applicant
        from .subject_data import register_subject_data

        register_reader(FILES, may_read_file, opened=note_opened)
        register_desk(REVIEW_DESK)
        register_start_page(page_of_applicant)
        register_retention()
        register_subject_data()
