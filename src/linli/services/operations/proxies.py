"""The only writers of proxies: an agent accepts one, the resident takes it back, it ends; copies come and go.

A resident lets the community act in one matter and until a day (SVC-02). What ended stays ended: one asks anew.
"""

from datetime import date, timedelta
from functools import partial
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.cases.operations.intake import file_row
from linli.core import clock, files, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import FileRow
from linli.core.words import said
from linli.services import policies
from linli.services.models import Proxy, ProxyCopy, ServiceItem, ServiceRequest
from linli.services.operations.steps import goes, hold, locked, noted, passed, saved, seen
from linli.services.sections import section
from linli.services.workflow import SUBJECT

NAME: Final = 80
COPIES: Final = 12
LIMIT: Final = 8 * 1024 * 1024
KINDS: Final = files.PHOTOS | {files.PDF}
BATCH: Final = 500


def last_day(item: ServiceItem, until: date) -> date:
    """The last day of a proxy for an item. Raises: proxy.not_here, proxy.until"""
    if not item.by_proxy:
        raise RuleBroken("proxy.not_here", _("One has to ask for this oneself; nobody may act for another here."))
    most = section().proxy_days
    if not clock.today() <= until <= clock.today() + timedelta(days=most):
        message = _("A proxy lasts at least until today and at most %(most)s days.")
        raise InvalidInput("proxy.until", message, most=most)
    return until


@transaction.atomic
def proxy_accept(*, actor: Actor, request_id: int) -> ServiceRequest:
    """Become the agent of a resident who asked for one on the page. The resident sees who it is.

    Raises: not_found, request.not_yours, request.state, proxy.taken, proxy.over, proxy.no_person
    """
    row = seen(actor, request_id)
    policies.require_keep(actor, row.place)
    proxy = policies.proxy_of(row)
    if proxy is None or proxy.state != "asked":
        raise RuleBroken("proxy.taken", _("No agent is asked for here, or somebody is the agent already."))
    if clock.today() > proxy.until:
        raise RuleBroken(
            "proxy.over", _("The proxy is over, nobody acts by it any more. Ask the resident for a new one.")
        )
    if actor.person_id is None:
        raise RuleBroken("proxy.no_person", _("Only a person can act for somebody."))
    goes(row, "accept")
    proxy.agent_id, proxy.state, proxy.given_on = actor.person_id, "given", clock.today()
    proxy.version += 1
    proxy.save()
    hold(row)
    return noted(actor, "accept", row)


@transaction.atomic
def proxy_revoke(*, actor: Actor, address: str) -> ServiceRequest:
    """Take one's own proxy back by the address of one's request; the request itself stays.

    Raises: not_found, request.state, proxy.none
    """
    row = locked(Q(pk=policies.own_pk(ServiceRequest, address)))
    if not policies.acts_by_proxy(row):
        raise RuleBroken("proxy.none", _("Nobody acts for you in this matter any more."))
    goes(row, "revoke")
    proxy_end(actor, row, "withdrawn")
    return saved(actor, "revoke", row)


def copy_add(*, actor: Actor, request_id: int, name: str, content: BinaryIO) -> ProxyCopy:
    """Keep a copy of a paper while the agent needs it.

    Raises: not_found, request.state, proxy.none, proxy.over, proxy.not_agent, proxy.copies, request.paper,
    file.type, file.too_large, file.broken
    """
    stored = files.store(content, LIMIT, allowed=KINDS)
    with transaction.atomic():
        row = seen(actor, request_id)
        policies.require_keep(actor, row.place)
        policies.require_acts(actor, row)
        goes(row, "copy")
        if row.proxy.copies.filter(file__isnull=False).count() >= COPIES:
            raise RuleBroken("proxy.copies", _("At most %(most)s copies are kept at a time."), most=COPIES)
        label = said(name, NAME, "request.paper")
        copy = ProxyCopy.objects.create(proxy=row.proxy, name=label, file=file_row(stored, "copy"), at=clock.now())
        noted(actor, "copy", row, copy=copy.pk)
    return copy


@transaction.atomic
def copy_look(*, actor: Actor, copy_id: int) -> FileRow:
    """Open a copy of a paper; the access log keeps it. Raises: not_found"""
    copy = ProxyCopy.objects.select_related("file").filter(policies.copies_visible_to(actor), pk=copy_id).first()
    if copy is None or copy.file is None:
        raise NotFound
    look_record(actor=actor, subject=("proxy_copy", copy.pk), field="file", reason=str(_("proxy handling")))
    return copy.file


def proxy_end(actor: Actor, row: ServiceRequest, why: str) -> None:
    """End the proxy of a request, where one is left. Part of an operation, in its transaction."""
    proxy = policies.proxy_of(row)
    if proxy is None or proxy.state == "ended":
        return
    proxy.state, proxy.why, proxy.ended_on = "ended", why, clock.today()
    proxy.version += 1
    proxy.save()
    journal.write(actor, "proxy.end", (SUBJECT, row.pk), place_id=row.place_id, facts={"why": why})


@transaction.atomic
def proxies_check() -> int:
    """End proxies whose last day is over, and delete the copies of papers whose days are over. Gives how many ended."""
    over = Proxy.objects.filter(until__lt=clock.today()).exclude(state="ended").order_by("pk")
    found = list(over.values_list("request_id", flat=True)[:BATCH])
    for pk in found:
        row = locked(Q(pk=pk))
        passed(row, "expire")
        proxy_end(SYSTEM, row, "expired")
        saved(SYSTEM, "expire", row)
    copies_drop()
    return len(found)


def copies_drop() -> int:
    """Delete the copies of papers of proxies that ended some days ago: the rows say when, the files are gone."""
    last_kept = clock.today() - timedelta(days=section().keep_copies_days)
    rows = ProxyCopy.objects.select_for_update(of=("self",)).filter(file__isnull=False, proxy__ended_on__lte=last_kept)
    copies = list(rows.select_related("proxy__request").order_by("proxy_id", "pk")[:BATCH])
    contents = {copy.file_id for copy in copies}
    ProxyCopy.objects.filter(pk__in=[copy.pk for copy in copies]).update(file=None, deleted_on=clock.today())
    for pk in contents:
        _delete_unnamed(pk or 0)
    for request in {copy.proxy.request_id: copy.proxy.request for copy in copies}.values():
        count = sum(1 for copy in copies if copy.proxy.request_id == request.pk)
        passed(request, "forget")
        journal.write(
            SYSTEM, "proxy.delete_copies", (SUBJECT, request.pk), place_id=request.place_id, facts={"copies": count}
        )
    return len(copies)


def _delete_unnamed(pk: int) -> None:
    """Delete a file from the table and the disk, unless something else names the same content."""
    row = FileRow.objects.filter(pk=pk).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return
    transaction.on_commit(partial(files.remove, row.sha256))
