"""Notices for everybody: those of a place, as a page and as a feed; one to read and pass on; what one subscribes to."""

from typing import Any, Final

import segno
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of
from linli.core import files
from linli.core.errors import DomainError, NotFound
from linli.core.forms import plain
from linli.core.visitors import visitor_counted
from linli.notices import forms, queries
from linli.notices.models import Subscription
from linli.notices.operations import subscribing
from linli.notices.sections import kind_names
from linli.notices.tokens import subscription_of
from linli.organizations.views.requests import printed

LIST: Final = "public_notices:list"


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What a place tells everybody, and the form to subscribe; as a feed where that is asked for."""
    actor, asked = actor_of(request), plain(request.GET)
    code, kind = asked.get("place", ""), asked.get("kind", "")
    page = queries.public_page(actor, code, kind)
    if asked.get("format") == "atom":
        return _feed(request, page)
    signed_in, status = actor.user_id is not None, 200
    form = forms.WishForm(
        request.POST or None, division=page.division, signed_in=signed_in, initial=forms.WishForm.of(page.mine)
    )
    if request.method == "POST":
        status = 400
        try:
            if request.POST.get("verb") == "leave" or form.is_valid():
                _subscribe(request, form, page)
                return redirect(f"{reverse(LIST)}?place={page.division.place.code}")
        except DomainError as error:
            form.add_error(None, error.sentence)
            status = error.status
    context = {"page": page, "form": form, "kind": kind, "kinds": kind_names().items(), "signed_in": signed_in}
    context["inside"] = list(page.division.inside)
    return render(request, "notices/public_notices.html", context, status=status)


def _subscribe(request: HttpRequest, form: forms.WishForm, page: queries.PublicPage) -> None:
    actor = actor_of(request)
    if request.POST.get("verb") == "leave":
        subscribing.subscription_leave(actor=actor, code=page.division.place.code)
        messages.success(request, _("You are told no more. What you had chosen is erased."))
    elif actor.user_id is not None:
        subscribing.subscription_set(actor=actor, wish=form.wish())
        messages.success(request, _("From now on you find these notices in your messages."))
    else:
        visitor_counted(request)
        address, home = form.cleaned_data["email"], request.build_absolute_uri("/")
        subscribing.subscription_ask(actor=actor, wish=form.wish(), address=address, home=home)
        messages.success(request, _("We have sent you a mail. Follow the link in it, and the notices come."))


def _feed(request: HttpRequest, page: queries.PublicPage) -> HttpResponse:
    """The notices as Atom, for which a reader gives nothing of theirs."""
    place = page.division.place
    feed = Atom1Feed(
        title=_("Notices of %(place)s") % {"place": place.name},
        link=request.build_absolute_uri(f"{reverse(LIST)}?place={place.code}"),
        description="",
        language=request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else None,
        feed_url=request.build_absolute_uri(),
    )
    for line in page.lines[: queries.FEED]:
        link = request.build_absolute_uri(reverse("public_notices:notice", args=[line.row.pk]))
        told: dict[str, Any] = {"pubdate": line.row.published, "author_name": line.row.place.name}
        feed.add_item(line.row.title, link, line.row.body, unique_id=link, categories=[line.kind], **told)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice, with what one passes on: a text to copy, a code to scan, a card to print."""
    line = queries.notice_read(actor_of(request), pk)
    row, out = line.row, line.row.state == "published" and not line.over
    address = request.build_absolute_uri(reverse("public_notices:notice", args=[pk]))
    context: dict[str, Any] = {"line": line, "row": row, "out": out, "address": address}
    if out and row.public:
        context["picture"] = segno.make(address, error="m").svg_data_uri(border=2)
        if request.GET.get("card") == "1":
            return printed("notices/card_print.html", context, f"notice-{pk}.pdf")
    if out:
        context |= {"files": queries.files_of(row), "editions": list(row.editions.order_by("-edition"))}
    return render(request, "notices/public_notice.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a notice that one reads."""
    row = queries.file_read(actor_of(request), pk)
    inline = row.file.media_type in files.PHOTOS
    stream = files.path_of(row.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=not inline, filename=row.name, content_type=row.file.media_type)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One's subscription by e-mail. A mail program ends it without a page before it (RFC 8058); forms are guarded."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        return _ended(request, token)
    return _mine(request, token)


@csrf_protect
def _mine(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm it, or end it and be forgotten. Looking changes nothing."""
    pk = subscription_of(token)
    if request.method == "POST" and request.POST.get("verb") == "confirm":
        subscribing.subscription_confirm(actor=actor_of(request), subscription_id=pk)
        return redirect("public_notices:mine", token=token)
    if request.method == "POST":
        return _ended(request, token)
    row = Subscription.objects.select_related("place").filter(pk=pk, user=None).first()
    if row is None:
        raise NotFound
    names = kind_names()
    chosen = "、".join(names.get(code, code) for code in row.kinds)
    return render(request, "notices/mine.html", {"row": row, "chosen": chosen})


def _ended(request: HttpRequest, token: str) -> HttpResponse:
    subscribing.subscription_end(actor=actor_of(request), subscription_id=subscription_of(token))
    return render(request, "notices/mine.html", {"row": None})
