"""Posts under unified recruitment: each is given by a round, by transfer, or as an exception that says why (PPL-02).

The post itself is written by the roster, which asks here while it is being given; what a roster's ledger tells is.
"""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.careers import policies
from linli.careers.models import RecruitedPost, RecruitmentRound
from linli.careers.sections import section
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.core.words import at_most
from linli.organizations.models import Post
from linli.organizations.sections import recruited_kinds

LONGEST: Final = 200


@transaction.atomic
def post_recruit(*, actor: Actor, post_id: int, round_id: int | None = None, exception: str = "") -> RecruitedPost:
    """Note on what a post is given, or refuse it: who was chosen in a round, holds such a post, or is an exception.

    Raises: not_found, post.recruitment, post.round, post.round_full, post.exception
    """
    post = Post.objects.select_related("place").get(pk=post_id)
    row = RecruitedPost(post=post, place=post.place, given=clock.now(), given_by=actor.key)
    row.reason = at_most(exception, LONGEST, "post.exception")
    if round_id is not None:
        row.basis, row.round, row.reason = "round", _round(actor, post, round_id), ""
    elif _holds_one(post, post.since or clock.today()):
        row.basis, row.reason = "transfer", ""
    elif row.reason:
        row.basis = "exception"
    else:
        message = _(
            "Posts of this kind go to who was chosen in a recruitment round, or holds such a post already. Open the"
            " closed round and give the post there; where there is none, say why."
        )
        raise RuleBroken("post.recruitment", message)
    row.save(force_insert=True)
    facts = {"basis": row.basis, "round": row.round_id, "reason": row.reason}
    journal.write(actor, "post.recruit", ("post", post.pk), place_id=post.place_id, facts=facts)
    return row


def _round(actor: Actor, post: Post, round_id: int) -> RecruitmentRound:
    """A closed round for a rung of this kind, above the place, in which somebody chosen is still without a post."""
    rows = RecruitmentRound.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.rounds_visible_to(actor), pk=round_id).first()
    if row is None:
        raise NotFound
    rung = section().rung(row.rung)
    fits = rung is not None and post.kind in rung.posts and post.place.path.startswith(row.place.path)
    if row.state != "closed" or not fits:
        raise RuleBroken("post.round", _("A post is given by a closed round for its rung, of its place or above it."))
    if row.given.count() >= (row.chosen or 0):
        message = _("All %(chosen)s who were chosen in this round have their posts.")
        raise RuleBroken("post.round_full", message, chosen=row.chosen or 0)
    return row


def _holds_one(post: Post, day: date) -> bool:
    """Whether the person holds a post of such a kind, up to the day before at least."""
    assert post.person_id, "a post is given to somebody"
    held = Post.objects.filter(person_id=post.person_id, kind__in=recruited_kinds(), confirmed=True)
    held = held.filter(Q(until=None) | Q(until__gte=day), Q(since=None) | Q(since__lte=day), stands_in_for=None)
    return held.exclude(pk=post.pk).exists()
