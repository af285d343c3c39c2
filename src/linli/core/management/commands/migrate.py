"""`linli migrate`: Django's own command, and afterwards the application's role may use what was made."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand

from linli.core.grants import grant_to_application


class Command(DjangoCommand):
    """Runs as the owner of the tables."""

    help = "更新数据库结构 / Bring the database's tables up to date"

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        super().handle(*args, **options)
        if not (options.get("plan") or options.get("check_unapplied")):
            grant_to_application()
