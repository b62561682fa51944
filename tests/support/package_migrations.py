"""Migrations of packages, with those of ours on which they depend: `python -m tests.support.package_migrations`."""

from pathlib import Path

import django
from django.apps import apps
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from marketplace.core.embedded.locations import CHECKOUT


def package_plan() -> list[tuple[str, str]]:
    """(app label, module name) of each migration that this applies, without asking a database."""
    loader = MigrationLoader(None)
    keys = {key for leaf in _package_leaves(loader) for key in loader.graph.forwards_plan(leaf)}
    return [(app, loader.graph.nodes[app, name].__module__) for app, name in keys]


def _package_leaves(loader: MigrationLoader) -> list[tuple[str, str]]:
    ours = {config.label for config in apps.get_app_configs() if _is_ours(Path(config.path))}
    return [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] not in ours]


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(CHECKOUT) and ".venv" not in path.parts


def main() -> None:
    """Apply them to the database of the settings."""
    from django.db import connection

    executor = MigrationExecutor(connection)
    executor.migrate(_package_leaves(executor.loader))


if __name__ == "__main__":
    django.setup()
    main()
