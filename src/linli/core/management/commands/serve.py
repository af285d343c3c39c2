"""`linli serve`: the web server and one worker, until told to end."""

import json
import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.translation import gettext as _

from linli.core import cluster
from linli.core.archive import is_private
from linli.core.errors import RuleBroken
from linli.core.health import pending_migrations
from linli.core.processes import Child, Supervisor, living, recorded

# Together well under three seconds, on a busy machine too: first the processes, then the database.
GRACE_SECONDS: Final = 1.2
CLUSTER_SECONDS: Final = 0.8


class Command(BaseCommand):
    """Starts the private cluster if it is not running, and then also ends it."""

    help = "启动网站和后台任务 / Serve the web site and do the background work"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes; HOST and PORT may also come from the environment."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="web processes")
        parser.add_argument("--threads", type=int, default=2, help="threads of each web process")
        parser.add_argument("--no-worker", action="store_true", help="leave background work to `linli worker`")
        parser.add_argument("--json", action="store_true", help="say the address as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until TERM or INT; exit status 1 when the web server ends by itself."""
        data: Path = settings.DATA
        self._check_port(options["host"], options["port"])
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        place = cluster.ensure(data) if is_private() else None
        os.environ.update(cluster.addresses(data) if place else {})
        with recorded(data, "serve"):
            self._migrate()
            url = f"http://{options['host']}:{options['port']}/"
            self.stdout.write(json.dumps({"url": url}) if options["json"] else f"邻里 Linli: {url}")
            self.stdout.flush()
            status = Supervisor(self._children(options), self._say).run(GRACE_SECONDS)
        if place is not None and place.started and not living(data):
            cluster.stop(data, seconds=CLUSTER_SECONDS)
        sys.exit(status)

    def _check_port(self, host: str, port: int) -> None:
        """Refuse a port that is taken before anything is started."""
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                text = _("%(host)s:%(port)s cannot be used: %(why)s")
                raise RuleBroken("serve.port", text, host=host, port=port, why=error.strerror) from None

    def _migrate(self) -> None:
        """Bring the private cluster up to date; someone else's database is only looked at."""
        pending = pending_migrations()
        connections.close_all()
        if not pending:
            return
        if not is_private():
            raise RuleBroken("serve.migrations", _("The database is not up to date; run `linli migrate`."))
        subprocess.run(
            [sys.executable, "-m", "linli", "migrate", "--verbosity", "0"],
            env={**os.environ, "LINLI_DATABASE_ROLE": "owner"},
            check=True,
        )

    def _children(self, options: dict[str, Any]) -> list[Child]:
        """The web server, without which serving is over, and the worker, which is started again."""
        flags = {
            "interface": "wsgi",
            "host": options["host"],
            "port": options["port"],
            "workers": options["workers"],
            "blocking-threads": options["threads"],
            "workers-kill-timeout": 1,
            "log-level": "warning",
        }
        words = [f"--{name}={value}" for name, value in flags.items()]
        web = [
            sys.executable,
            "-m",
            "granian",
            *words,
            "--respawn-failed-workers",
            "linli.config.wsgi:application",
        ]
        children = [Child("web", web, revive=False)]
        if not options["no_worker"]:
            children.append(Child("worker", [sys.executable, "-m", "linli", "worker"], revive=True))
        return children

    def _say(self, text: str) -> None:
        self.stderr.write(text)
