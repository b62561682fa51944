"""What a test that commits leaves behind is gone before the next one, and what migrations wrote is back."""

from collections.abc import Iterator

import psycopg
import pytest
from django.contrib.sites.models import Site
from django.db import connection

from catalog.catalogue.models import Category
from marketplace.core.embedded.locations import database_url
from tests.support import databases, renewing


@pytest.fixture
def own(db) -> Iterator[psycopg.Connection]:
    """A connection to a database of this test alone, fresh from the template."""
    name = f"{connection.settings_dict['NAME']}_renewed"
    databases.clone(name)
    with psycopg.connect(database_url("test", name), autocommit=True) as opened:
        yield opened
    with psycopg.connect(database_url("test", "postgres"), autocommit=True) as administration:
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_rows_counters_and_what_was_there_come_back(own):
    ground = renewing.ground_of(own)
    own.execute("UPDATE django_site SET domain = 'elsewhere'")
    own.execute("DELETE FROM catalogue_productclass")
    own.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
    own.execute("SELECT nextval('accounts_user_id_seq')")
    own.execute("INSERT INTO django_session SELECT n, repeat('b', 500), now() FROM generate_series(1, 4000) n")

    assert renewing.put_back(own, ground)
    assert renewing.ground_of(own) == ground
    assert own.execute("SELECT count(*), pg_relation_size('django_session') FROM django_session").fetchone() == (0, 0)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE scheduling_occupancy DROP CONSTRAINT provider_never_in_two_places",
        "ALTER TABLE ledger_journalentry DISABLE TRIGGER USER",
        "ALTER TABLE django_session ADD COLUMN more int",
        "CREATE TABLE somebody_elses (id int)",
        "DROP INDEX booking_holds",
    ],
)
def test_a_changed_structure_is_noticed(own, change):
    ground = renewing.ground_of(own)
    own.execute(change)
    assert not renewing.put_back(own, ground)


def test_whoever_is_in_the_middle_of_something_is_cut_off(own):
    ground = renewing.ground_of(own)
    with psycopg.connect(own.info.dsn) as other:
        other.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
        assert renewing.put_back(own, ground)
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_the_next_test_finds_nothing_of_this_one(round_):
    assert Site.objects.get().domain != "elsewhere"
    assert not Category.objects.filter(name="我的").exists()
    Site.objects.update(domain="elsewhere")
    Category.add_root(name="我的", axis="need")
