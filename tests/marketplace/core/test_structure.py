"""An empty database gets what all migrations build, from one kept file."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from marketplace.core.embedded.locations import database_url
from marketplace.core.structure import keeping


@pytest.fixture
def empty(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The alias of a database with nothing in it."""
    name = f"{connection.settings_dict['NAME']}_empty"
    with psycopg.connect(database_url("test", "postgres"), autocommit=True) as administration:
        administration.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        administration.execute(f'CREATE DATABASE "{name}"')
        connections.databases["empty"] = connections.databases["default"] | {"NAME": name}
        with django_db_blocker.unblock():
            yield "empty"
            connections["empty"].close()
        del connections.databases["empty"]
        del connections["empty"]
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_kept_structure_is_of_these_migrations():
    assert keeping.kept_digest() == keeping.digest_of_migrations(), (
        "A migration has changed: make an empty database, name it in DATABASE_URL, run `manage.py keep_structure`."
    )


def test_an_empty_database_is_ready_at_once(empty):
    laid_out = connections[empty]
    assert keeping.lay_down(laid_out)
    executor = MigrationExecutor(laid_out)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_it_is_laid_down_for_other_migrations_or_over_other_tables_never(empty, monkeypatch):
    laid_out = connections[empty]
    with monkeypatch.context() as changed:
        changed.setattr(keeping, "digest_of_migrations", lambda: "of another day")
        assert not keeping.lay_down(laid_out)
    with laid_out.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (id int)")
    assert not keeping.lay_down(laid_out)
    assert laid_out.introspection.table_names() == ["somebody_elses"]


def test_a_structure_that_breaks_off_leaves_nothing_behind(empty, monkeypatch):
    monkeypatch.setattr(keeping, "_statements", lambda: "CREATE TABLE half (id int); CREATE TABLE half (id int)")
    with pytest.raises(psycopg.errors.DuplicateTable):
        keeping.lay_down(connections[empty])
    assert connections[empty].introspection.table_names() == []
