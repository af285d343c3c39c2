"""What the login machinery does to accounts, written into the journal: second factors, sign-ins, lock-outs.

What is exported anywhere goes into the access log.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from linli.accounts.models import User
from linli.accounts.operations.looking import export_record
from linli.core import journal
from linli.core.actors import VISITOR, Actor
from linli.records.events import Exported, exported


@receiver(mfa.authenticator_added, dispatch_uid="accounts.authenticator_added")
def note_added(sender: Any, user: User, authenticator: Any, **_rest: Any) -> None:
    """A second factor was set up."""
    journal.write(_self(user), "account.add_factor", ("account", user.pk), facts={"type": authenticator.type})


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.authenticator_removed")
def note_removed(sender: Any, user: User, authenticator: Any, **_rest: Any) -> None:
    """A second factor was removed."""
    journal.write(_self(user), "account.remove_factor", ("account", user.pk), facts={"type": authenticator.type})


@receiver((account.password_changed, account.password_reset, account.password_set), dispatch_uid="accounts.password")
def note_password(sender: Any, user: User, **_rest: Any) -> None:
    """A password was changed on a page of the login machinery."""
    journal.write(_self(user), "account.change_password", ("account", user.pk))


@receiver(user_logged_in, dispatch_uid="accounts.user_logged_in")
def note_sign_in(sender: Any, user: User, **_rest: Any) -> None:
    """Somebody signed in; where from is kept nowhere."""
    journal.write(_self(user), "account.sign_in", ("account", user.pk))


@receiver(user_locked_out, dispatch_uid="accounts.user_locked_out")
def note_lock_out(sender: Any, username: str, **_rest: Any) -> None:
    """Too many wrong tries; the name that was typed is kept only where there is such an account."""
    user = User.objects.filter(username__iexact=username or "").first()
    journal.write(VISITOR, "account.lock_out", ("account", user.pk) if user else None)


@receiver(exported, dispatch_uid="accounts.exported")
def note_export(sender: Any, *, fact: Exported, **_rest: Any) -> int:
    """Rows left as a file; the log's number goes on the file."""
    row = export_record(actor=fact.actor, what=fact.what, form=fact.form, filters=fact.filters, rows=fact.rows)
    return row.pk


def _self(user: User) -> Actor:
    return Actor(key=f"user:{user.pk}", label="", user_id=user.pk)
