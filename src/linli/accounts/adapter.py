"""How allauth meets Linli's accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from linli.accounts.models import User
from linli.accounts.operations.owning import account_register
from linli.core import clock
from linli.core.actors import VISITOR


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Residents may register themselves; they hold no post and so no ability over others."""

    def new_user(self, request: HttpRequest) -> User:
        """A fresh account."""
        return User(joined=clock.now())

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Register through the one operation that does so; `commit` is what allauth happens to pass."""
        return account_register(
            actor=getattr(request, "actor", VISITOR),
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password1"],
        )
