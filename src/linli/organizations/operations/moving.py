"""Bodies and posts follow their place when it is redrawn, merged or split (TER-10): work moves, history stays."""

from copy import copy
from datetime import date

from django.db import transaction

from linli.core import journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.models import WorkItem
from linli.organizations.models import HouseholdGroup, Organization, Post, ResourceOffer
from linli.organizations.policies import held_on


@transaction.atomic
def place_followed(*, actor: Actor, old_id: int, new_id: int, on: date) -> tuple[int, int]:
    """Move what stands at an ended place to its main successor; returns how many bodies and posts.

    A body keeps its row, because it is the same body elsewhere. A post ends, and a new one at the new place goes
    on with the same holder, abilities and open work; a place that has a lead keeps its own.
    """
    bodies = Organization.objects.filter(held_on(on), place_id=old_id).update(place_id=new_id)
    for kept in (HouseholdGroup, ResourceOffer):
        kept._default_manager.filter(held_on(on), place_id=old_id).update(place_id=new_id)
    posts = list(Post.objects.select_for_update().filter(held_on(on), place_id=old_id).order_by("pk"))
    led = Post.objects.filter(held_on(on), place_id=new_id, lead=True).exists()
    going_on: dict[int, int] = {}
    for post, pk in zip(posts, next_ids(Post, len(posts)), strict=True):
        new = copy(post)
        new.pk, new.place_id, new.since, new.version = pk, new_id, on, 1
        new.lead = post.lead and not led
        new.stands_in_for_id = going_on.get(post.stands_in_for_id or 0, post.stands_in_for_id)
        led = led or new.lead
        going_on[post.pk] = pk
        Post.objects.filter(pk=post.pk).update(until=on)
        new.save(force_insert=True)
        HouseholdGroup.objects.filter(held_on(on), lead_id=post.pk).update(lead_id=pk)
        WorkItem.objects.filter(post_id=post.pk, ended=None).update(post_id=pk)
    if bodies or posts:
        facts = {"from": old_id, "bodies": bodies, "posts": len(posts)}
        count = bodies + len(posts)
        journal.write(actor, "place.follow", ("place", new_id), place_id=new_id, facts=facts, count=count)
    return bodies, len(posts)
