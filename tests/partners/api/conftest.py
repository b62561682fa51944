import pytest


@pytest.fixture
def clinic(db):
    """A clinic with a key that may do everything."""
    from .calling import make_organisation  # models can be imported once the settings are chosen

    return make_organisation()


@pytest.fixture
def program(clinic):
    """The clinic's program."""
    from .calling import Program

    return Program(clinic.secret)
