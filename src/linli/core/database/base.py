"""A connection is tried before each request: a question to the database would be one more for every request."""

import select
from typing import Final

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

# A closed connection is of unknown status.
BROKEN: Final = (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


class DatabaseWrapper(base.DatabaseWrapper):
    """Between requests the database has nothing to say but that it hangs up, so that a line with news is not used."""

    def is_usable(self) -> bool:
        """Whether the other end still holds the line and no statement has failed in a transaction, without asking."""
        if self.connection is None or self.connection.info.transaction_status in BROKEN:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return not line.poll(0)
