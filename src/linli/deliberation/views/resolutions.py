"""Pages of resolutions: the ledger, one with its tasks, what is done with a task."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable
from linli.core.forms import plain, require_filled
from linli.deliberation.forms.topics import TaskForm
from linli.deliberation.operations import resolutions as operations
from linli.deliberation.queries import resolutions as queries
from linli.deliberation.views.topics import before, kept
from linli.deliberation.workflow.topics import RESOLUTION, VIEW
from linli.organizations.views.requests import staff


@require_GET
def resolutions(request: HttpRequest) -> HttpResponse:
    """The ledger of resolutions."""
    actor, asked = staff(request, VIEW), plain(request.GET)
    words, state, late = asked.get("q", "").strip()[:60], asked.get("state", ""), asked.get("late") == "1"
    rows, more = queries.listed(actor, words, state, before(request), late=late)
    context = {"rows": rows, "more": more, "query": kept(request), "states": RESOLUTION.choices}
    return render(request, "deliberation/resolutions.html", {**context, "words": words, "state": state, "late": late})


@require_GET
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """One resolution with its tasks."""
    return _page(request, staff(request, VIEW), pk)


@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a body a task."""
    actor = staff(request, VIEW)
    row = queries.resolution_page(actor, pk).resolution
    form = TaskForm(request.POST, owners=queries.owners(row.place))

    def add() -> None:
        require_filled(form, "task.form")
        operations.task_add(actor=actor, resolution_id=pk, assignment=form.assignment())

    return _done(request, actor, pk, add, form)


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task, on the page of its resolution."""
    row = queries.task_seen(staff(request, VIEW), pk)
    return redirect(f"{reverse('topics:resolution', args=[row.resolution_id])}#task{row.pk}")


@require_POST
def task_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done."""
    actor = staff(request, VIEW)
    row, said = queries.task_seen(actor, pk), plain(request.POST).get("result", "")
    call = partial(operations.task_finish, actor=actor, task_id=pk, result=said)
    return _done(request, actor, row.resolution_id, call)


@require_POST
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a task, with a reason."""
    actor = staff(request, VIEW)
    row, said = queries.task_seen(actor, pk), plain(request.POST).get("reason", "")
    call = partial(operations.task_drop, actor=actor, task_id=pk, reason=said)
    return _done(request, actor, row.resolution_id, call)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, form: TaskForm | None = None
) -> HttpResponse:
    page = queries.resolution_page(actor, pk)
    if form is None and page.hosts and page.resolution.state == "open":
        form = TaskForm(owners=queries.owners(page.resolution.place))
    context = {"page": page, "resolution": page.resolution, "fault": fault, "form": form, "today": clock.today()}
    return render(request, "deliberation/resolution.html", context, status=fault.status if fault else 200)


def _done(
    request: HttpRequest, actor: Actor, pk: int, call: Callable[[], object], form: TaskForm | None = None
) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error, form)
    return redirect("topics:resolution", pk=pk)
