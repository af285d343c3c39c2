"""What the application's role may do: read and write rows, and only add to the journal.

The owner says so after every migration and restore. The triggers that refuse everybody are in the migrations.
"""

import os
from typing import Final
from urllib.parse import unquote, urlparse

from django.db import connection
from psycopg import sql

from linli.core import cluster

APPEND_ONLY: Final = ("core_entry", "core_seal")


def grant_to_application() -> None:
    """Open the tables to the role of DATABASE_URL, unless that is the owner itself."""
    role = unquote(urlparse(os.environ["DATABASE_URL"]).username or "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if not role or cursor.fetchone()[0] == role:
            return
        for statement in cluster.grants(role):
            cursor.execute(statement)
        for table in set(APPEND_ONLY) & set(connection.introspection.table_names(cursor)):
            words = sql.Identifier(table), sql.Identifier(role)
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(*words))
