"""`manage.py demo`: the whole product with demo data on one machine, until Ctrl-C."""

import importlib.util
import os
import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from marketplace.core.embedded import postgres, redis, serving
from marketplace.core.embedded.locations import Place
from marketplace.core.embedded.processes import ServerFailed
from marketplace.core.embedded.supervisor import (
    CannotStart,
    Program,
    Supervisor,
    require_free_disk,
    require_free_port,
    sole_supervisor,
)

STEPS = 5
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DISK_FULL = "磁盘已满，请腾出空间后重试。\nThe disk is full: free some space and run the same command again."
FOREIGN_DATA = (
    "演示数据库来自不相容的版本。请运行 make reset 删除它，然后重试。\n"
    "The demo's database comes from another version of the code: `make reset` deletes it, then start again."
)


class MigrationCounter:
    """Takes what `migrate` prints and shows how far it is instead."""

    def __init__(self, say: Any, total: int) -> None:
        self.say, self.total, self.done = say, total, 0

    def write(self, text: str) -> None:
        if text.strip().endswith("OK"):
            self.done += 1
            if self.done % 50 == 0:
                self.say(f"      {self.done}/{self.total}")

    def flush(self) -> None:
        """Nothing is held back."""


class Command(BaseCommand):
    help = "Run the demo: servers, web, background work and the payment simulator. PORT chooses the port."
    requires_system_checks: list[str] = []  # they would want the database before it is started

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until interrupted; everything started here is stopped here."""
        if not settings.DEMO:
            raise CommandError("The demo runs under marketplace.settings.demo only.")
        for number in ENDING_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # under nohup it lives on
                signal.signal(number, signal.default_int_handler)
        place = Place(settings.EMBEDDED_PURPOSE)
        try:
            with sole_supervisor(place):
                self._run(Supervisor(place, _programs(), self._say))
        except (CannotStart, ServerFailed) as trouble:
            raise CommandError(DISK_FULL if "No space left" in str(trouble) else f"\n{trouble}") from None
        except OSError as error:
            if error.errno != 28:  # ENOSPC
                raise
            raise CommandError(DISK_FULL) from None

    def _run(self, supervisor: Supervisor) -> None:
        began = time.monotonic()
        supervisor.end_leftovers()
        require_free_port(settings.PORT, f"make demo PORT={settings.PORT + 10}")
        require_free_port(settings.SIMULATOR_PORT, f"make demo SIMULATOR_PORT={settings.SIMULATOR_PORT + 100}")
        require_free_disk(supervisor.place)
        try:
            self._prepare(supervisor.place)
            self._step(4, "启动网站与支付模拟器", "Starting the site and the payment simulator …")
            supervisor.start_all()
            self._step(5, f"已就绪，用时 {time.monotonic() - began:.0f} 秒", f"Ready: {settings.PUBLIC_BASE_URL}/")
            self._say(_welcome_text())
            supervisor.watch()
        except KeyboardInterrupt:
            self._say("\n正在停止 Stopping …")
        finally:
            for number in ENDING_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            connection.close()
            supervisor.stop()
            self._say("已停止 Stopped.")

    def _prepare(self, place: Place) -> None:
        self._step(1, "启动 PostgreSQL 与 Redis", "Starting PostgreSQL and Redis …")
        postgres.start(place)
        redis.start(place)
        executor = MigrationExecutor(connection)
        unapplied = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if unapplied:
            self._step(2, "建立数据库（约一至两分钟）", f"Applying {unapplied} migrations (a minute or two) …")
            counter = MigrationCounter(self._say, unapplied)
            try:
                call_command("migrate", interactive=False, skip_checks=True, stdout=counter, no_color=True)
            except (InconsistentMigrationHistory, DatabaseError) as error:
                raise CannotStart(f"{FOREIGN_DATA}\n({error})") from None
        else:
            self._step(2, "数据库已是最新", "The database is up to date")
        self._step(3, "装入演示数据", "Loading demo data …")
        call_command("load_demo_data", stdout=self.stdout)

    def _step(self, number: int, chinese: str, english: str) -> None:
        self._say(f"[{number}/{STEPS}] {chinese} {english}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _programs() -> list[Program]:
    """What runs beside the servers; each command ends with a word that tells it from its siblings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
    place = Place(settings.EMBEDDED_PURPOSE)
    web, room = (f"unix:{path}" for path in serving.sockets_in(place.sockets))
    celery = [sys.executable, "-m", "celery", "--app=marketplace.celery"]
    schedule = place.home / "celerybeat-schedule"
    own, simulator = f"127.0.0.1:{settings.PORT}", f"127.0.0.1:{settings.SIMULATOR_PORT}"
    patient = ("--preload", "--timeout=60", *serving.ACCESS_LOG)
    return [
        Program("front", serving.front(own, pages=web, rooms=room), answers_at=f"http://{own}/healthz"),
        Program(
            "web",
            serving.gunicorn(serving.PAGES, web, "--workers=2", "--proxy-protocol=v1", *patient),
            answers_at=f"http://{own}/healthz",
        ),
        Program(
            "room",
            serving.uvicorn([f"--uds={room.removeprefix('unix:')}"]),
            answers_at=f"http://{own}/ws/healthz",
        ),
        Program(
            "simulator",
            serving.gunicorn("payments.simulators.wsgi:application", simulator, "--threads=4", *patient),
            answers_at=f"http://{simulator}/",
        ),
        Program("worker", [*celery, "worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", "--concurrency=2"]),
        Program("beat", [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={schedule}"]),
    ]  # fmt: skip


def _welcome_text() -> str:
    """Who can sign in and what to try, told by whoever wrote the demo data."""
    if importlib.util.find_spec("marketplace.demo.welcome") is None:
        return f"\n{settings.PUBLIC_BASE_URL}/\n"
    from marketplace.demo.welcome import welcome_text

    return welcome_text()
