"""Handing over open work: every item moves in one statement to a successor or to the inbox of a body.

Called by the operations of this folder inside their own transaction; it writes no journal entry of its own.
"""

from typing import Any

from django.db.models import Q

from linli.core import clock
from linli.core.models import WorkItem
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on


def inbox_of(post: Post) -> Organization | None:
    """The body that takes over what a post leaves: its own body, else the office nearest above its place."""
    if post.organization is not None and post.organization.until is None:
        return post.organization
    above = [int(step) for step in post.place.path.split("/") if step]
    offices = Organization.objects.filter(
        held_on(clock.today()), type=Organization.Type.OFFICE, place_id__in=above
    ).select_related("place")
    return max(offices, key=lambda item: (len(item.place.path), -item.pk), default=None)


def open_items(post: Post) -> list[WorkItem]:
    """What the post owes now, locked; the earliest due first."""
    return list(WorkItem.objects.select_for_update().filter(post_id=post.pk, ended=None).order_by("due", "id"))


def items_move(items: list[WorkItem], *, post_id: int | None, organization_id: int | None) -> None:
    """Give open items to a post or body; where it owes the same already, the older item simply ends."""
    doubled = [item for item in items if _owes(item, post_id, organization_id)]
    now = clock.now()
    WorkItem.objects.filter(pk__in=[item.pk for item in doubled]).update(ended=now)
    moved = [item.pk for item in items if item not in doubled]
    WorkItem.objects.filter(pk__in=moved).update(post_id=post_id, organization_id=organization_id)


def sheet_of(items: list[WorkItem]) -> list[dict[str, Any]]:
    """The items as the hand-over sheet keeps them: title and due day, nothing personal."""
    return [
        {
            "kind": item.kind,
            "subject": f"{item.subject_type}:{item.subject_id}",
            "title": item.title,
            "due": item.due.isoformat() if item.due else None,
        }
        for item in items
    ]


def _owes(item: WorkItem, post_id: int | None, organization_id: int | None) -> bool:
    same = Q(kind=item.kind, subject_type=item.subject_type, subject_id=item.subject_id, ended=None)
    return WorkItem.objects.filter(same, post_id=post_id, organization_id=organization_id).exclude(pk=item.pk).exists()
