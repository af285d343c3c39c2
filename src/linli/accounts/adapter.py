"""How allauth meets Linli's accounts."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest

from linli.accounts.models import User
from linli.accounts.operations.owning import account_register, account_register_elsewhere
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.errors import NotFound


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

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Whether the password is asked for again: not within minutes after signing in with it."""
        if not super().is_reauthentication_required(app=app):
            return False
        records = get_authentication_records(context.request, context.request.user)
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["method"] == "password" and record["at"] > since for record in records)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever first comes from another server gets a resident's account; posts are given as to everybody else."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """The settings of another server. Raises: not_found where the installation has none of this kind"""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as error:
            raise NotFound from error

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The other server has asked what there is to ask."""
        return True

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Register through the operation, then tie the account to the one elsewhere."""
        told = sociallogin.account.extra_data
        told = told.get("userinfo") or told
        shown = told.get("nickname") or told.get("name") or ""
        sociallogin.user = account_register_elsewhere(actor=getattr(request, "actor", VISITOR), shown=str(shown))
        sociallogin.save(request)
        return User.objects.get(pk=sociallogin.user.pk)
