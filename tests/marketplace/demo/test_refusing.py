import pytest
from django.core.management import CommandError, call_command

from catalog.partner.models import Partner
from marketplace.demo.models import LoadedData


def test_refuses_outside_the_demo(db: None, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo_data")
    assert not Partner.objects.filter(is_demo=True).exists()
    assert not LoadedData.objects.exists()
