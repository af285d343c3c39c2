"""What is public of a place, without a login: what must be, what is, its history, questions and their answers."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.requests import actor_of, refuse
from linli.core import files
from linli.core.errors import DomainError, NotFound
from linli.core.visitors import visitor_counted
from linli.publishing.forms.publications import QuestionForm
from linli.publishing.models import PublicationQuestion
from linli.publishing.operations.questions import question_ask
from linli.publishing.queries import disclosure
from linli.publishing.queries.divisions import public_division

# In which community somebody says that they live, for as long as they are signed in.
HOME: Final = "disclosure_home"
# Whoever asked finds the answer by a signed address; nothing of it is stored.
SALT: Final = "publishing.question"


@require_GET
def place(request: HttpRequest, code: str = "") -> HttpResponse:
    """What must be public of a place, and what is."""
    page = disclosure.public_page(actor_of(request), _home(request), code, request.GET.get("year", ""))
    return render(request, "publishing/public_disclosure.html", {"page": page})


@csrf_protect
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; whoever reads it may ask."""
    actor, home_id = actor_of(request), _home(request)
    page = disclosure.notice_page(actor, home_id, pk)
    form, status = QuestionForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                row = question_ask(actor=actor, publication_id=pk, text=form.cleaned_data["text"], home=home_id)
                return redirect("public_disclosure:asked", token=token_of(row))
            except DomainError as error:
                status = refuse(form, error)
    return render(request, "publishing/public_notice.html", {"page": page, "form": form}, status=status)


@require_GET
def attachment(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of a notice, as it was attached."""
    row = disclosure.notice_file(actor_of(request), _home(request), pk, file)
    stream = files.path_of(row.file.sha256).open("rb")
    inline = row.file.media_type in files.PHOTOS
    return FileResponse(stream, as_attachment=not inline, filename=row.name, content_type=row.file.media_type)


@require_GET
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """One's own question by its signed address: its state and its answer."""
    try:
        pk = int(signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise NotFound from error
    row = PublicationQuestion.objects.select_related("publication", "place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return render(request, "publishing/public_asked.html", {"question": row, "address": request.build_absolute_uri()})


@require_POST
@csrf_protect
@login_required
def home(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one lives in a community, to read what is for its residents; kept in the session only."""
    division = public_division(code)
    if division.level != "community":
        raise NotFound
    request.session[HOME] = division.place.pk
    return redirect("public_disclosure:place", code=code)


def token_of(question: PublicationQuestion) -> str:
    """The end of the address by which whoever asked finds their question again."""
    return signing.dumps(question.pk, salt=SALT)


def _home(request: HttpRequest) -> int | None:
    found = request.session.get(HOME)
    return found if isinstance(found, int) else None
