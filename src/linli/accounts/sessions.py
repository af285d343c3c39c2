"""Sessions in the database, as Django keeps them; the one of a request is read by a query that is composed once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from linli.core.composed import composed


@composed(planned=True)
def session_with(key: str) -> QuerySet[Session]:
    """The session with a key, while it lasts."""
    return Session.objects.filter(session_key=key, expire_date__gt=Now())


class SessionStore(DatabaseSessions):
    """Django's own, but for how one is found."""

    def _get_session_from_db(self) -> Any:
        found = session_with.one(self.session_key or "")
        if found is None:
            self._session_key = None
        return found
