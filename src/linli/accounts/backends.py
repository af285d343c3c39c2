"""Signing in with a phone number or a name and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from linli.accounts.models import User
from linli.core import secrets
from linli.core.composed import composed


@composed(planned=True)
def active_user(pk: int) -> QuerySet[User]:
    """The account with an id, while it is active."""
    return User.objects.filter(pk=pk, is_active=True)


class PhoneOrNameBackend(BaseBackend):
    """Finds the account by name, else by the keyed hash of the phone number."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: Any,
    ) -> User | None:
        """The account, if the password is right; the time taken tells nothing about whether it exists."""
        if not username or not password:
            return None
        user = self._find(username.strip())
        if user is None:
            User().set_password(password)
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, while it is active."""
        return active_user.one(int(user_id))

    def _find(self, name: str) -> User | None:
        found = User.objects.filter(username__iexact=name).first()
        if found is None and secrets.normal_phone(name).isdecimal():
            found = User.objects.filter(phone_hash=secrets.match_hash(name, "phone")).first()
        return found
