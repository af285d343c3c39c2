"""Study groups: how much was pushed to each, and what. Nothing here says who read it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linli.organizations.views.requests import form_page, page_number, staff
from linli.workforce import forms
from linli.workforce.operations import study
from linli.workforce.queries import growth
from linli.workforce.workflow import PLAN


@require_http_methods(["GET", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """The study groups, with the form to set one up."""
    actor = staff(request, PLAN)
    page = Paginator(growth.groups(actor), growth.PAGE).get_page(page_number(request))
    form = forms.GroupForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect("workforce:group", pk=study.group_open(actor=actor, group=form.group()).pk)

    return form_page(request, form, save, {"page": page}, "workforce/groups.html")


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One study group, with the form to write down what was pushed."""
    actor = staff(request, PLAN)
    page = growth.group_page(actor, pk)
    form = forms.ItemForm(request.POST or None)

    def save() -> HttpResponse:
        study.item_push(actor=actor, group_id=pk, **form.cleaned_data)
        return redirect("workforce:group", pk=pk)

    return form_page(request, form, save, {"page": page, "row": page.row}, "workforce/group.html")
