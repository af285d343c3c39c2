"""`linli worker`: does background work from the queue in the database; any number may run."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from linli.core.processes import recorded


class Command(BaseCommand):
    """Asks for jobs at short intervals, because nobody notifies (see the core migration 0002)."""

    help = "处理后台任务 / Do the background work"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at the queue")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time")
        parser.add_argument("--once", action="store_true", help="end when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until TERM or INT; a running job then has one second to finish, or is done again later."""
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        with (
            recorded(settings.DATA, "worker"),
            app.replace_connector(connector.get_worker_connector()) as worker,
        ):
            worker.run_worker(
                name="linli",
                concurrency=options["concurrency"],
                wait=not options["once"],
                listen_notify=False,
                fetch_job_polling_interval=options["interval"],
                abort_job_polling_interval=30.0,
                shutdown_graceful_timeout=1.0,
                delete_jobs="successful",
            )
