"""What owners do with their accounts: register, change password and settings, leave; and locking by administrators."""

import re
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.accounts import policies
from linli.accounts.events import account_closed
from linli.accounts.models import PaperCode, User
from linli.accounts.operations.issuing import checked_password
from linli.core import clock, journal, masks, secrets
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Person
from linli.organizations.operations.people import person_forget

LANGUAGES = ("zh-hans", "en")
LONGEST_NAME = 60
PHONE = re.compile(r"\d{7,13}")
# What the names of accounts begin with that sign in by phone alone.
PHONE_NAME = "phone-"


@transaction.atomic
def account_register(*, actor: Actor, username: str, password: str) -> User:
    """Open an account for a resident: it holds no post and so no ability over others.

    A phone number as a name is kept as its keyed hash alone: it serves to sign in and cannot be read by anybody.

    Raises: account.bad_name, account.name_taken, account.weak_password
    """
    name = username.strip()
    if not 2 <= len(name) <= LONGEST_NAME or any(sign.isspace() for sign in name):
        raise InvalidInput("account.bad_name", _("A user name has 2 to %(most)s characters."), most=LONGEST_NAME)
    phone = secrets.match_hash(name, "phone") if PHONE.fullmatch(secrets.normal_phone(name)) else None
    if User.objects.filter(Q(username__iexact=name) | Q(phone_hash=phone, phone_hash__isnull=False)).exists():
        raise RuleBroken("account.name_taken", _("This user name is taken."))
    user = User(username=name, display_name=name, joined=clock.now(), language=actor.language, phone_hash=phone)
    if phone is not None:
        user.username = f"{PHONE_NAME}{uuid.uuid4().hex}"
        user.display_name = masks.mask_phone(secrets.normal_phone(name))
    user.set_password(checked_password(password, user))
    user.save()
    journal.write(actor, "account.register", ("account", user.pk))
    return user


@transaction.atomic
def account_register_elsewhere(*, actor: Actor, shown: str) -> User:
    """Open a resident's account for somebody whom another server vouches for; it has no password here.

    Nothing that the other server says gives an ability, a person or a post.
    """
    name = " ".join(shown.split())[:LONGEST_NAME] or gettext("Resident")
    user = User(username=f"elsewhere-{uuid.uuid4().hex}", display_name=name, joined=clock.now())
    user.set_unusable_password()
    user.save()
    journal.write(actor, "account.register", ("account", user.pk), facts={"elsewhere": True})
    return user


@transaction.atomic
def account_change_password(*, actor: Actor, current: str, new: str) -> User:
    """Change one's own password; other sessions of the account end with it.

    Raises: not_found, account.password_wrong, account.weak_password
    """
    user = _own(actor)
    if not user.check_password(current):
        raise InvalidInput("account.password_wrong", _("The present password is not right."))
    user.set_password(checked_password(new, user))
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    journal.write(actor, "account.change_password", ("account", user.pk))
    return user


@transaction.atomic
def account_change_settings(
    *, actor: Actor, language: str | None = None, elder_mode: bool | None = None, display_name: str | None = None
) -> User:
    """Change one's own language, elder mode or shown name.

    Raises: not_found, account.language_unknown, account.bad_name
    """
    user = _own(actor)
    if language is not None:
        if language not in LANGUAGES:
            raise InvalidInput("account.language_unknown", _("There is no such language."), language=language)
        user.language = language
    if elder_mode is not None:
        user.elder_mode = elder_mode
    if display_name is not None:
        if not 1 <= len(display_name.strip()) <= LONGEST_NAME:
            message = _("A user name has 2 to %(most)s characters.")
            raise InvalidInput("account.bad_name", message, most=LONGEST_NAME)
        user.display_name = display_name.strip()
    user.save(update_fields=["language", "elder_mode", "display_name"])
    journal.write(actor, "account.change_settings", ("account", user.pk))
    return user


@transaction.atomic
def account_close(*, actor: Actor) -> None:
    """Leave: the account can no longer be used and its personal data is gone; posts must have ended before.

    Raises: not_found, person.in_post
    """
    user = _own(actor)
    if user.person_id is not None:
        person_forget(actor=actor, person_id=user.person_id)
    user.username = f"gone-{uuid.uuid4().hex}"
    user.display_name = user.email = ""
    user.phone_hash = None
    user.is_active = False
    user.set_unusable_password()
    user.save()
    PaperCode.objects.filter(user=user).delete()
    account_closed.send(sender=User, user_id=user.pk)
    journal.write(actor, "account.close", ("account", user.pk))


@transaction.atomic
def account_lock(*, actor: Actor, user_id: int, locked: bool) -> User:
    """Lock an account, or open it again; its sessions end at once. Nobody locks their own.

    Raises: account.not_yours, not_found, account.own
    """
    policies.require_accounts(actor)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound
    if user.pk == actor.user_id:
        raise RuleBroken("account.own", _("Nobody locks their own account."))
    user.is_active = not locked
    user.save(update_fields=["is_active"])
    journal.write(actor, "account.lock" if locked else "account.unlock", ("account", user.pk))
    return user


def _own(actor: Actor) -> User:
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0, is_active=True).first()
    if user is None:
        raise NotFound
    return user


@transaction.atomic
def person_own(*, actor: Actor, name: str, phone: str = "") -> Person:
    """The person behind one's own account, made where there is none yet from what its owner says; a phone number that
    was not known yet is kept.

    Nobody proved the phone number, so it is kept without the hash by which the roster of posts knows people: a post
    is never given to an account because it said so.
    Raises: not_found, person.bad_name
    """
    user = _own(actor)
    if user.person is not None:
        if phone and not user.person.phone:
            user.person.phone = phone
            user.person.save(update_fields=["phone"])
        return user.person
    said = " ".join(name.split())
    if not 0 < len(said) <= LONGEST_NAME:
        message = _("A name has between 1 and %(most)s characters.")
        raise InvalidInput("person.bad_name", message, most=LONGEST_NAME)
    user.person = Person.objects.create(name=said, phone=phone or None, created=clock.now())
    user.save(update_fields=["person"])
    journal.write(actor, "account.name_person", ("account", user.pk))
    return user.person
