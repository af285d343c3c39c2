"""The doctor's checks of the house itself: database, roles, queue, data folder, stored files, disk and calendar.

What a domain must keep true, its own app registers with the doctor.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from linli.core import clock, doctor, files, printing
from linli.core.calendar_table import unknown_ahead
from linli.core.models import FileRow

OLDEST: Final = 150_000
GIGABYTE: Final = 1 << 30
LOW_DISK: Final = 2 * GIGABYTE
NO_DISK: Final = GIGABYTE // 5


def pending_migrations() -> list[str]:
    """The migrations that the database still lacks, as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@doctor.register("database", _("Database"))
def database() -> Iterator[doctor.Finding]:
    """The database answers, is new enough and speaks UTF-8."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    if version < OLDEST:
        yield doctor.fault("database.version", _("PostgreSQL 15 or newer is needed."))
    if encoding != "UTF8":
        yield doctor.fault("database.encoding", _("The database does not store UTF-8."))


@doctor.register("migrations", _("Migrations"))
def migrations() -> Iterator[doctor.Finding]:
    """Every migration has been applied."""
    pending = pending_migrations()
    if pending:
        yield doctor.fault("migrations.pending", _("Run `linli migrate`: ") + ", ".join(pending[:5]))


@doctor.register("roles", _("Database role"))
def roles() -> Iterator[doctor.Finding]:
    """The application does not own the tables, since an owner can switch the journal's guard off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(tableowner, 'MEMBER')"
        )
        (owned,) = cursor.fetchone()
    if owned and os.environ.get("LINLI_DATABASE_ROLE") != "owner":
        yield doctor.warning(
            "roles.owner",
            _("The application owns its tables; DATABASE_URL and DATABASE_OWNER_URL want two roles."),
        )


@doctor.register("journal_guard", _("Journal guard"))
def journal_guard() -> Iterator[doctor.Finding]:
    """The triggers that refuse changes of the journal are there and switched on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname IN ('core_entry', 'core_seal') AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        (guards,) = cursor.fetchone()
    if guards < 4:
        yield doctor.fault("journal.unguarded", _("The journal can be changed: its triggers are missing or off."))


@doctor.register("queue", _("Background work"))
def queue() -> Iterator[doctor.Finding]:
    """Nobody notifies, and no job has been waiting for long or has failed for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'procrastinate_jobs_notify%'")
        (triggers,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'todo'"
            " AND coalesce(scheduled_at, now()) < now() - interval '15 minutes') FROM procrastinate_jobs"
        )
        failed, waiting = cursor.fetchone()
    if triggers:
        yield doctor.fault("queue.notify", _("The queue still notifies, which serialises commits."))
    if failed:
        yield doctor.warning("queue.failed", _("%(count)d jobs have failed for good.") % {"count": failed})
    if waiting:
        yield doctor.warning("queue.waiting", _("%(count)d jobs wait; is a worker running?") % {"count": waiting})


@doctor.register("data", _("Data folder"))
def data_folder() -> Iterator[doctor.Finding]:
    """The data folder can be written, and nobody else can read its keys."""
    try:
        with tempfile.NamedTemporaryFile(dir=settings.DATA, prefix=".doctor-"):
            pass
    except OSError as error:
        yield doctor.fault("data.unwritable", f"{settings.DATA}: {error.strerror}")
        return
    for path in sorted((settings.DATA / "keys").glob("*")):
        if path.is_file() and path.stat().st_mode & 0o077:
            yield doctor.fault("data.keys_open", _("Others can read %(name)s.") % {"name": path})


@doctor.register("files", _("Stored files"))
def stored_files() -> Iterator[doctor.Finding]:
    """Every file that a row names is there."""
    names = FileRow.objects.values_list("sha256", flat=True).iterator()
    gone = sum(1 for sha256 in names if not files.present(sha256))
    if gone:
        yield doctor.fault("files.missing", _("%(count)d stored files are gone; restore a backup.") % {"count": gone})


@doctor.register("disk", _("Disk space"))
def disk() -> Iterator[doctor.Finding]:
    """There is room left."""
    free = shutil.disk_usage(settings.DATA).free
    text = _("%(free).1f GB are free.") % {"free": free / GIGABYTE}
    if free < NO_DISK:
        yield doctor.fault("disk.full", text)
    elif free < LOW_DISK:
        yield doctor.warning("disk.low", text)


@doctor.register("printing", _("Printing"))
def printed() -> Iterator[doctor.Finding]:
    """The libraries that letters, cards and case files are printed with are there."""
    if not printing.available():
        yield doctor.warning(
            "print.no_pango",
            _("Nothing can be printed here yet. Install %(packages)s.") % {"packages": printing.PACKAGES},
        )


@doctor.register("calendar", _("Working calendar"))
def calendar() -> Iterator[doctor.Finding]:
    """The holidays of this year are entered, and those of the next once deadlines reach into it."""
    this = clock.today().year
    for unknown in unknown_ahead():
        code = "calendar.unknown_year" if unknown.year == this else "calendar.unknown_next_year"
        yield doctor.warning(code, unknown.sentence)
