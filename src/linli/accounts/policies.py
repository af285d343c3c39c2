"""Who may manage which accounts. Abilities over others come from posts; here only accounts are decided on."""

from django.utils.translation import gettext_lazy as _

from linli.accounts.abilities import kinds_in_force
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Post
from linli.organizations.policies import SECURITY, held_on, may_appoint


def manages_accounts(actor: Actor) -> bool:
    """Whether the actor manages the accounts of this installation."""
    return actor.key == "system" or actor.can(SECURITY)


def may_issue(actor: Actor, person_id: int) -> bool:
    """Whether the actor may hand an account to somebody: one who could appoint them to every post they hold.

    A new code replaces the password; who manages one post of a person must not get at the others through it.
    """
    if manages_accounts(actor):
        return True
    kinds = kinds_in_force()
    posts = Post.objects.filter(held_on(clock.today()), person_id=person_id).select_related("place")
    return bool(posts) and all(
        post.kind in kinds and may_appoint(actor, kinds[post.kind], post.place) for post in posts
    )


def require_accounts(actor: Actor) -> None:
    """Refuse who does not manage accounts. Raises: account.not_yours."""
    if not manages_accounts(actor):
        raise NotAllowed("account.not_yours", _("Accounts are managed by the security administrator."))
