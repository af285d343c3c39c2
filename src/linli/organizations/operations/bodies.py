"""Bodies one at a time: create, approve, change, move in the tree, end with a successor.

Set forms for ledgers are in recording.py; seats in joint committees in seats.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.models import WorkItem
from linli.organizations import events, policies
from linli.organizations.models import Organization, Post
from linli.organizations.sections import BodyType, OrganizationsSection
from linli.records import profiles
from linli.territory.models import Place

LONGEST_NAME: Final = 160
CHANGEABLE: Final = ("name", "kind", "level", "members", "members_elsewhere", "leader", "since", "expires", "basis")
LONGEST: Final = {"name": LONGEST_NAME, "kind": 64, "level": 64, "leader": 60, "basis": 300}


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a new body is, where it belongs and below which body."""

    type: str
    name: str
    place_id: int
    parent_id: int | None = None
    kind: str = ""
    level: str = ""
    code: str = ""
    basis: str = ""
    leader: str = ""
    members: int | None = None
    since: date | None = None
    expires: date | None = None


@transaction.atomic
def organization_create(*, actor: Actor, sketch: Sketch) -> Organization:
    """Add a body at a place, below its parent (ORG-01, ORG-02).

    The parent is of the level next above, where the profile names levels; a temporary kind says when it ends
    (ORG-06); where the profile asks for approval the body is planned until somebody above approves it.
    Raises: not_found, organization.not_yours, organization.bad_type, organization.bad_name,
    organization.level_unknown, organization.parent_level, organization.parent_type, organization.expiry_missing,
    organization.code_used
    """
    if sketch.type not in Organization.Type.values:
        raise InvalidInput("organization.bad_type", _("There is no type of organisation “%(type)s”."), type=sketch.type)
    place = Place.objects.filter(pk=sketch.place_id, until=None).first()
    if place is None:
        raise NotFound
    policies.require_manage(actor, place)
    parent = body_locked(sketch.parent_id) if sketch.parent_id else None
    rules = rules_of(sketch.type)
    _check_kind(rules, sketch.kind, sketch.expires)
    _check_parent(rules, sketch.type, sketch.level, parent)
    _check_code(sketch.type, sketch.code.strip())
    pk = next_ids(Organization, 1)[0]
    body = Organization(
        id=pk,
        type=sketch.type,
        name=checked_name(sketch.name),
        place=place,
        parent=parent,
        path=f"{parent.path if parent else '/'}{pk}/",
        kind=sketch.kind[:64],
        level=sketch.level[:64],
        code=sketch.code.strip()[:40],
        basis=sketch.basis[:300],
        leader=sketch.leader[:60],
        members=sketch.members,
        since=sketch.since or clock.today(),
        expires=sketch.expires,
        state="planned" if rules.approval and parent is not None else "active",
        opened_by=actor.key,
    )
    body.save(force_insert=True)
    _done(actor, "organization.create", body, {"type": body.type, "state": body.state})
    return body


@transaction.atomic
def organization_approve(*, actor: Actor, organization_id: int) -> Organization:
    """Approve a planned body (ORG-02): by somebody who manages the parent's place, and not by who opened it.

    Raises: not_found, organization.not_yours, organization.not_planned, organization.second_person
    """
    body = body_locked(organization_id)
    assert body.parent is not None or body.state != "planned", "only a body below another is planned"
    policies.require_manage(actor, body.parent.place if body.parent else body.place)
    if body.state != "planned" or body.until is not None:
        raise RuleBroken("organization.not_planned", _("This body does not wait for approval."))
    if body.opened_by == actor.key:
        raise RuleBroken("organization.second_person", _("Whoever opened a body does not approve it."))
    body.state, body.version = "active", body.version + 1
    body.save(update_fields=["state", "version"])
    _done(actor, "organization.approve", body, {})
    return body


@transaction.atomic
def organization_change(*, actor: Actor, organization_id: int, version: int, **values: Any) -> Organization:
    """Change what describes a body.

    Raises: not_found, organization.not_yours, organization.stale, organization.ended, organization.bad_name,
    organization.level_unknown, organization.parent_level, organization.expiry_missing, organization.members_elsewhere
    """
    body = body_locked(organization_id)
    policies.require_body_manage(actor, body)
    _require_version(body, version)
    _require_open(body)
    unknown = set(values) - set(CHANGEABLE)
    assert not unknown, f"organization_change does not know {unknown}"
    if "name" in values:
        values["name"] = checked_name(values["name"])
    for name, value in values.items():
        setattr(body, name, value[: LONGEST[name]] if name in LONGEST else value)
    if (body.members_elsewhere or 0) > (body.members or 0):
        raise InvalidInput(
            "organization.members_elsewhere", _("More members have their home elsewhere than there are members.")
        )
    rules = rules_of(body.type)
    _check_kind(rules, body.kind, body.expires)
    _check_parent(rules, body.type, body.level, body.parent)
    body.version += 1
    body.save(update_fields=[*values, "version"])
    _done(actor, "organization.change", body, {"changed": sorted(values)})
    return body


@transaction.atomic
def organization_move(*, actor: Actor, organization_id: int, version: int, parent_id: int) -> Organization:
    """Hang a body, with all below it, under another.

    Raises: not_found, organization.not_yours, organization.stale, organization.ended, organization.ring,
    organization.parent_level, organization.parent_type
    """
    body, parent = body_locked(organization_id), body_locked(parent_id)
    policies.require_body_manage(actor, body)
    policies.require_body_manage(actor, parent)
    _require_version(body, version)
    _require_open(body)
    if parent.path.startswith(body.path):
        raise RuleBroken("organization.ring", _("A body cannot lie below itself."))
    _check_parent(rules_of(body.type), body.type, body.level, parent)
    was = body.path
    below = Organization.objects.filter(path__startswith=was)
    below.update(path=Concat(Value(f"{parent.path}{body.pk}/"), Substr("path", len(was) + 1)))
    body.parent, body.path, body.version = parent, f"{parent.path}{body.pk}/", body.version + 1
    body.save(update_fields=["parent", "path", "version"])
    _done(actor, "organization.move", body, {"parent": parent.pk})
    return body


@transaction.atomic
def organization_end(
    *, actor: Actor, organization_id: int, on: date | None = None, successor_id: int | None = None, reason: str = ""
) -> Organization:
    """End a body on a day. With a successor it has merged: open work, posts and bodies below go there.

    Without one it must have nothing open. History stays with the ended body.
    Raises: not_found, organization.not_yours, organization.ended, organization.span, organization.has_children,
    organization.has_posts, organization.has_work, organization.ring
    """
    body = body_locked(organization_id)
    policies.require_body_manage(actor, body)
    _require_open(body)
    day = on or clock.today()
    if body.since and day < body.since:
        raise InvalidInput("organization.span", _("A body must end after it begins."))
    successor = body_locked(successor_id) if successor_id else None
    if successor is not None:
        policies.require_body_manage(actor, successor)
        _require_open(successor)
        if successor.path.startswith(body.path):
            raise RuleBroken("organization.ring", _("A body cannot lie below itself."))
        _give_all(body, successor, day)
    else:
        _require_empty(body, day)
    body.until, body.successor = day, successor
    body.state = "merged" if successor else "dissolved"
    body.version += 1
    body.save(update_fields=["until", "successor", "state", "version"])
    _done(actor, "organization.end", body, {"on": day.isoformat(), "reason": reason[:200]})
    events.announce(
        events.organization_ended, events.Ended(actor, body.pk, day, organization=successor.pk if successor else None)
    )
    return body


def rules_of(body_type: str) -> BodyType:
    """What the profile in force says about a type of body."""
    return profiles.current().section(OrganizationsSection).of(body_type)


def body_locked(organization_id: int) -> Organization:
    """The body, locked. Raises: not_found."""
    rows = Organization.objects.select_for_update(of=("self",)).select_related("place", "parent__place")
    body = rows.filter(pk=organization_id).first()
    if body is None:
        raise NotFound
    return body


def checked_name(name: str) -> str:
    """A name without stray spaces. Raises: organization.bad_name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        message = _("A name has between 1 and %(most)s characters.")
        raise InvalidInput("organization.bad_name", message, most=LONGEST_NAME)
    return name


def _check_kind(rules: BodyType, kind: str, expires: date | None) -> None:
    known = next((item for item in rules.kinds if item.code == kind), None)
    if known is not None and known.temporary and expires is None:
        raise InvalidInput("organization.expiry_missing", _("A temporary body says when it ends."), kind=kind)


def _check_parent(rules: BodyType, body_type: str, level: str, parent: Organization | None) -> None:
    """Bodies of a tree with levels lie below one of the level next above; offices and others lie anywhere."""
    if parent is not None and parent.until is not None:
        raise RuleBroken("organization.ended", _("This body has ended."))
    levels = [item.code for item in rules.levels]
    if not levels or not level:
        return
    if level not in levels:
        message = _("There is no level “%(level)s” of such bodies.")
        raise InvalidInput("organization.level_unknown", message, level=level)
    if parent is None:
        return
    if parent.type != body_type:
        raise InvalidInput("organization.parent_type", _("The body above must be of the same type."))
    if parent.level and levels.index(level) and parent.level != levels[levels.index(level) - 1]:
        message = _("The body above must be of the level %(level)s.")
        raise InvalidInput("organization.parent_level", message, level=levels[levels.index(level) - 1])


def _check_code(body_type: str, code: str) -> None:
    if code and Organization.objects.filter(type=body_type, code=code).exists():
        raise RuleBroken("organization.code_used", _("The code %(code)s is in use."), code=code)


def _give_all(body: Organization, successor: Organization, day: date) -> None:
    for item in WorkItem.objects.select_for_update().filter(organization_id=body.pk, ended=None):
        same = WorkItem.objects.filter(
            kind=item.kind,
            subject_type=item.subject_type,
            subject_id=item.subject_id,
            post_id=item.post_id,
            organization_id=successor.pk,
            ended=None,
        )
        values = {"ended": clock.now()} if same.exists() else {"organization_id": successor.pk}
        WorkItem.objects.filter(pk=item.pk).update(**values)
    Post.objects.filter(policies.held_on(day), organization=body).update(organization=successor)
    for child in Organization.objects.filter(parent=body, until=None):
        below = Organization.objects.filter(path__startswith=child.path)
        below.update(path=Concat(Value(f"{successor.path}{child.pk}/"), Substr("path", len(child.path) + 1)))
        Organization.objects.filter(pk=child.pk).update(parent=successor)


def _require_empty(body: Organization, day: date) -> None:
    if Organization.objects.filter(parent=body, until=None).exists():
        raise RuleBroken("organization.has_children", _("Bodies below this one are open; move or end them first."))
    if Post.objects.filter(policies.held_on(day), organization=body).exists():
        raise RuleBroken("organization.has_posts", _("Posts in this body are held; end them or name a successor."))
    if WorkItem.objects.filter(organization_id=body.pk, ended=None).exists():
        raise RuleBroken("organization.has_work", _("This body owes open work; name a successor."))


def _require_open(body: Organization) -> None:
    if body.until is not None and body.until <= clock.today():
        raise RuleBroken("organization.ended", _("This body has ended."))


def _require_version(body: Organization, version: int) -> None:
    if body.version != version:
        message = _("Somebody changed this body since you read it.")
        raise Stale("organization.stale", message, version=body.version)


def _done(actor: Actor, operation: str, body: Organization, facts: dict[str, Any]) -> None:
    journal.write(actor, operation, ("organization", body.pk), place_id=body.place_id, facts=facts)
