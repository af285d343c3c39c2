"""How allauth meets Linli's accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from linli.accounts.models import User
from linli.core import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Residents may register themselves; they hold no post and so no ability over others."""

    def new_user(self, request: HttpRequest) -> User:
        """A fresh account."""
        return User(joined=clock.now())

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep what the form holds: a name to sign in with and a password."""
        user.username = form.cleaned_data["username"].strip()
        user.display_name = user.username
        user.set_password(form.cleaned_data["password1"])
        if commit:
            user.save()
        return user
