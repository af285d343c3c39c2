"""Accounts from the roster: one for each holder of a post, opened with a one-time code on paper.

The code is shown once, to print; only its keyed hash is kept. What the account allows comes from confirmed posts.
"""

import secrets as randomness
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import policies
from linli.accounts.abilities import kinds_in_force
from linli.accounts.models import PaperCode, User
from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.organizations.models import Person, Post
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint, post_confirm
from linli.organizations.policies import can_see_post, held_on, may_appoint
from linli.territory.operations.recording import root_place

# No letters or digits that are taken for one another on paper.
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 10
VALID: Final = timedelta(days=14)
MOST_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Issued:
    """What one slip of paper says."""

    user_id: int
    name: str
    place: str
    username: str
    code: str


@transaction.atomic
def accounts_issue(*, actor: Actor, post_ids: Sequence[int]) -> list[Issued]:
    """Make accounts for the holders of posts and a one-time code for each; posts not yet confirmed are confirmed.

    Somebody who has an account gets a new code, which replaces the password.
    Raises: not_found, account.not_yours, account.nobody, and as `post_confirm`
    """
    posts = list(Post.objects.select_related("person", "place").filter(pk__in=post_ids).order_by("place__path", "id"))
    if len(posts) != len(set(post_ids)) or not all(can_see_post(actor, post) for post in posts):
        raise NotFound
    kinds = kinds_in_force()
    for post in posts:
        if post.person_id is None:
            raise InvalidInput("account.nobody", _("A vacant post has no account."), post=post.pk)
        if not policies.may_issue(actor, post.person_id):
            raise NotAllowed("account.not_yours", _("Your posts do not let you hand out this account."))
    loose = [p.pk for p in posts if not p.confirmed and p.kind in kinds and may_appoint(actor, kinds[p.kind], p.place)]
    if loose:
        post_confirm(actor=actor, post_ids=loose)
    first = {post.person_id: post for post in reversed(posts)}
    issued = [_issue(post) for post in first.values()]
    facts = {"users": [item.user_id for item in issued]}
    journal.write(actor, "account.issue", None, facts=facts, count=max(1, len(issued)))
    return issued


@transaction.atomic
def administrator_appoint(*, actor: Actor, kind: str, name: str) -> Issued:
    """Give an administrator's post over the whole place to somebody, with an account and its one-time code.

    So the first one comes to a place where nobody can sign in yet; whoever holds the post already gets a new code.
    Raises: account.no_place, account.no_administrator, and as `post_appoint` and `accounts_issue`
    """
    root = root_place()
    if root is None:
        raise RuleBroken("account.no_place", _("There is no place yet; import its division codes first."))
    known = kinds_in_force().get(kind)
    if known is None or not known.administers:
        raise InvalidInput("account.no_administrator", _("“%(kind)s” is no administrator's post."), kind=kind)
    held = Post.objects.filter(held_on(clock.today()), kind=kind, place=root, person__name=name.strip(), confirmed=True)
    post = held.order_by("pk").first() or post_appoint(
        actor=actor, appointment=Appointment(kind=kind, place_id=root.pk, named=Named(name))
    )
    return accounts_issue(actor=actor, post_ids=[post.pk])[0]


def account_activate(*, actor: Actor, username: str, code: str, password: str) -> User:
    """Open an account with the code on paper and set the first password. The code works once.

    Raises: account.code_wrong (also where there is no such account or code), account.weak_password
    """
    with transaction.atomic():
        answer = _activated(actor, username.strip(), normal_code(code), password)
    # A wrong try must count, so it is committed before the refusal is raised.
    if isinstance(answer, DomainError):
        raise answer
    return answer


@transaction.atomic
def person_account(*, actor: Actor, person_id: int) -> User:
    """An account without any way in yet for a person, for those who set it up otherwise (the demo, say).

    Raises: not_found, account.not_yours
    """
    policies.require_accounts(actor)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    user = _user_of(person)
    journal.write(actor, "account.create", ("account", user.pk))
    return user


def normal_code(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(code.split()).replace("-", "").upper()


def checked_password(password: str, user: User | None = None) -> str:
    """The password, if the rules allow it. Raises: account.weak_password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput("account.weak_password", " ".join(error.messages)) from error
    return password


def _activated(actor: Actor, username: str, code: str, password: str) -> User | DomainError:
    wrong = InvalidInput("account.code_wrong", _("Name and code do not fit, or the code is no longer valid."))
    rows = PaperCode.objects.select_for_update(of=("self",)).select_related("user")
    paper = rows.filter(user__username__iexact=username, user__is_active=True).first()
    if paper is None or paper.expires <= clock.now() or paper.tries >= MOST_TRIES:
        return wrong
    if bytes(paper.code_hash) != secrets.match_hash(code or "-", "paper_code"):
        paper.tries += 1
        paper.save(update_fields=["tries"])
        return wrong
    user = paper.user
    try:
        user.set_password(checked_password(password, user))
    except InvalidInput as weak:
        return weak
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    paper.delete()
    journal.write(actor, "account.activate", ("account", user.pk))
    return user


def _issue(post: Post) -> Issued:
    assert post.person is not None
    user = _user_of(post.person)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    code = "".join(randomness.choice(ALPHABET) for _index in range(CODE_LENGTH))
    now = clock.now()
    PaperCode.objects.update_or_create(
        user=user,
        defaults={
            "code_hash": secrets.match_hash(code, "paper_code"),
            "made": now,
            "expires": now + VALID,
            "tries": 0,
        },
    )
    shown = f"{code[:5]}-{code[5:]}"
    return Issued(user.pk, post.person.name, post.place.name, user.username, shown)


def _user_of(person: Person) -> User:
    known = User.objects.select_for_update().filter(person=person).first()
    if known is not None:
        return known
    digest = person.phone_hash
    taken = digest is not None and User.objects.filter(phone_hash=digest).exists()
    user = User(
        username=_free_name(person),
        person=person,
        display_name=person.name,
        phone_hash=None if taken else digest,
        joined=clock.now(),
    )
    user.set_unusable_password()
    user.save()
    return user


def _free_name(person: Person) -> str:
    """The staff number, else the name in Latin letters with the person's number, which is free unless squatted."""
    # Its dictionaries take half a second to read, which nobody else should wait for.
    from pypinyin import lazy_pinyin

    plain = person.staff_number or f"{''.join(lazy_pinyin(person.name))[:40]}{person.pk}"
    name, tries = plain, 1
    while User.objects.filter(username__iexact=name).exists():
        tries += 1
        name = f"{plain}.{tries}"
    return name
