"""One's own account: opening it with a code on paper, settings, password, one's data, leaving."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts import forms
from linli.accounts.auditing import seen
from linli.accounts.models import User
from linli.accounts.operations import owning
from linli.accounts.operations.issuing import account_activate
from linli.accounts.queries import has_second_factor, looks_for, own_data
from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, NotFound
from linli.core.visitors import visitor_counted
from linli.organizations.operations.people import person_correct
from linli.organizations.queries import rosters
from linli.organizations.sections import kinds_in_force

# The cookie in which a browser keeps whether it shows large print.
ELDER: Final = "elder"

BACKEND = "linli.accounts.backends.PhoneOrNameBackend"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor where nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else VISITOR


def own(request: HttpRequest) -> tuple[Actor, User]:
    """Who is signed in. Raises: not_found."""
    user = request.user
    if not isinstance(user, User):
        raise NotFound
    return actor_of(request), user


def form_page(
    request: HttpRequest, template: str, form: Any, call: Callable[[], HttpResponse], **context: Any
) -> HttpResponse:
    """Show a form, or do what it asks for; a refusal is shown on the form with its own status."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return call()
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = error.status
    return render(request, template, {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Open an account with the code on paper, and sign in."""
    form = forms.ActivateForm(request.POST or None)

    def opened() -> HttpResponse:
        visitor_counted(request)
        user = account_activate(actor=VISITOR, **form.cleaned_data)
        if has_second_factor(user):
            # The slip replaces the password; the second factor is asked for as ever.
            messages.success(request, _("The new password holds. Sign in with it, and with your second factor."))
            return redirect("account_login")
        login(request, user, backend=BACKEND)
        # Code and new password are proof enough for what asks for the password again.
        record_authentication(request, user, method="password")
        return redirect("home")

    return form_page(request, "accounts/activate.html", form, opened)


@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who gives a new password: an office by a code on paper. Nothing is sent."""
    return render(request, "accounts/forgotten.html")


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """One's account: posts, settings, who looked at one's data."""
    actor, user = own(request)
    initial = {name: getattr(user, name) for name in ("display_name", "language", "elder_mode")}
    form = forms.SettingsForm(request.POST or None, initial=initial)

    def changed() -> HttpResponse:
        owning.account_change_settings(actor=actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        answer = redirect("accounts:me")
        # What this browser had chosen for itself no longer counts against the account's own choice.
        answer.delete_cookie(ELDER)
        return answer

    return form_page(
        request,
        "accounts/me.html",
        form,
        changed,
        user=user,
        page=rosters.person_for(actor, user.person_id) if user.person_id else None,
        kinds=kinds_in_force(),
        looks=seen(looks_for(actor)[:20]),
        second_factor=has_second_factor(user),
    )


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; this session stays, others end."""
    actor, _user = own(request)
    form = forms.PasswordForm(request.POST or None)

    def changed() -> HttpResponse:
        update_session_auth_hash(request, owning.account_change_password(actor=actor, **form.cleaned_data))
        messages.success(request, _("The password is changed."))
        return redirect("accounts:me")

    return form_page(request, "accounts/form.html", form, changed, title=_("Change the password"), do=_("Change"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Correct one's name or phone."""
    actor, user = own(request)
    if user.person is None:
        raise NotFound
    person = user.person
    form = forms.CorrectForm(request.POST or None, initial={"version": person.version, "name": person.name})

    def corrected() -> HttpResponse:
        person_correct(actor=actor, person_id=person.pk, **form.cleaned_data)
        return redirect("accounts:me")

    return form_page(request, "accounts/form.html", form, corrected, title=_("Correct my data"), do=_("Save"))


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about oneself, as one file."""
    actor, _user = own(request)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return JsonResponse(own_data(actor), headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Leave: the account ends and its personal data goes."""
    actor, _user = own(request)
    owning.account_close(actor=actor)
    logout(request)
    return redirect("home")
