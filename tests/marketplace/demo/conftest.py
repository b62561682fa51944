import pytest


@pytest.fixture
def demo(db: None) -> None:
    """A database with all demo data."""
    from marketplace.demo.services import load_demo_data

    assert load_demo_data()
