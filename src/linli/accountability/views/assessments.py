"""Pages of assessments: the rounds, one round, the sheet of one assessed with its forms, and the rows behind points."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accountability.assessing.section import schemes
from linli.accountability.forms.assessments import AnswerForm, GivenForm, OpenForm, WordsForm
from linli.accountability.operations import assessments as rounds
from linli.accountability.operations import objecting, rating, scoring
from linli.accountability.operations.references import reference_draw
from linli.accountability.policies.assessments import RATE
from linli.accountability.queries import assessments as queries
from linli.accountability.queries.subjects import candidates
from linli.accountability.views.book import opened_page
from linli.accountability.workflow.assessments import RUN
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.forms import number_of
from linli.organizations.views.requests import actor_of, form_page

Verb = Callable[..., Any]
VERBS: Final[Mapping[str, Verb]] = {
    "freeze": rounds.assessment_freeze,
    "close": rounds.ratings_close,
    "score": scoring.assessment_score,
    "publish": scoring.assessment_publish,
    "finish": scoring.assessment_finish,
}


def staff(request: HttpRequest) -> Actor:
    """Who asks, if they hold a post: whoever does may be assessed. Raises: not_found"""
    actor = actor_of(request)
    if not (actor.post_ids or actor.can(RUN) or actor.can(RATE)):
        raise NotFound
    return actor


@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """The rounds that one runs, rates in or is assessed in."""
    actor = staff(request)
    context = {"rounds": queries.rounds_for(actor), "may_open": actor.can(RUN), "schemes": schemes()}
    return render(request, "accountability/assessments.html", context)


@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    actor = staff(request)
    if not actor.can(RUN):
        raise NotFound
    form = OpenForm(request.POST or None, actor=actor, initial={"day": clock.today().isoformat()})

    def save() -> HttpResponse:
        row = rounds.assessment_open(actor=actor, opening=form.opening())
        return redirect("assessments:assessment", pk=row.pk)

    context = {"title": _("Open a round of assessment"), "do": _("Open it"), "back": "assessments:list"}
    return form_page(request, form, save, context, "accountability/assessment_form.html")


@require_GET
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: how far it is, who is assessed, what one still has to give."""
    page = queries.page(staff(request), pk)
    bodies = [(part, candidates(part.assessed.place)) for part in page.unassigned]
    usual = [move for move in page.moves if move.verb in VERBS]
    context = {"page": page, "bodies": bodies, "primary": usual[0] if usual else None}
    return render(request, "accountability/assessment.html", context)


@require_POST
def assessment_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step of a round."""
    actor = staff(request)
    if verb == "withdraw":
        rounds.assessment_withdraw(actor=actor, assessment_id=pk, reason=request.POST.get("reason", ""))
    elif verb in VERBS:
        VERBS[verb](actor=actor, assessment_id=pk)
    else:
        raise NotFound
    return redirect("assessments:assessment", pk=pk)


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessed: what is asked, given and computed, down to the rows."""
    return render(request, "accountability/assessed.html", {"sheet": queries.sheet(staff(request), pk)})


@require_POST
def reference(request: HttpRequest, pk: int) -> HttpResponse:
    """The reference from a final result, as a Word file."""
    drawn = reference_draw(actor=staff(request), assessed_id=pk)
    name = quote(f"{drawn.title}.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(drawn.content, content_type=files.DOCX, headers=headers)


@require_POST
def part_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a part, or put it right."""
    actor = staff(request)
    data = _clean(GivenForm(request.POST))
    given = rating.Given(data["points"], data["words"])
    part = rating.part_rate(actor=actor, part_id=pk, version=data["version"], given=given)
    return _to_sheet(part.assessed_id, part.criterion)


@require_POST
def part_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the body that gives a part."""
    actor = staff(request)
    body = request.POST.get("organization", "")
    chosen = number_of(body) or 0
    part = rating.part_assign(actor=actor, part_id=pk, organization_id=chosen)
    return redirect("assessments:assessment", pk=part.assessed.assessment_id)


@require_POST
def say(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """What the assessed say: a statement before, a comment or an objection after."""
    actor = staff(request)
    data = _clean(WordsForm(request.POST))
    if verb == "state":
        rating.assessed_state(actor=actor, assessed_id=pk, text=data["text"])
    elif verb == "comment":
        rating.assessed_comment(actor=actor, assessed_id=pk, text=data["text"])
    elif verb == "object":
        criterion = data["criterion"]
        objecting.objection_raise(actor=actor, assessed_id=pk, criterion=criterion, reason=data["text"])
    else:
        raise NotFound
    return _to_sheet(pk)


@require_POST
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    actor = staff(request)
    data = _clean(AnswerForm(request.POST))
    points = data["points"] if data["verdict"] == "uphold" else None
    answer = objecting.Answer(data["text"], points)
    row = objecting.objection_answer(actor=actor, objection_id=pk, answer=answer)
    return _to_sheet(row.assessed_id, row.criterion)


@require_GET
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen rows behind the points of a criterion, as far as one may open them."""
    actor = staff(request)
    score, opened = queries.rows_of(actor, pk, request.GET.get("part", ""))
    criterion = score.assessed.assessment.rules.criterion(score.criterion)
    context = {"score": score, "criterion": criterion, **opened_page(opened, request.GET.get("after", ""))}
    return render(request, "accountability/assessment_rows.html", {**context, "part": request.GET.get("part", "")})


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """The rounds of units whose results everybody may read."""
    return render(request, "accountability/public_assessments.html", {"rounds": queries.published()[:100]})


@require_GET
def public_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one round, unit by unit in the order of places."""
    row = queries.published().filter(pk=pk).first()
    if row is None:
        raise NotFound
    scheme = row.rules
    units = [(item, scheme.grade(item.grade)) for item in queries.published_units(row)]
    context = {"row": row, "scheme": scheme, "units": units}
    return render(request, "accountability/public_assessment.html", context)


def _clean(form: Form) -> dict[str, Any]:
    """What a form of a sheet holds. Raises: assessment.malformed"""
    if not form.is_valid():
        words = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        raise InvalidInput("assessment.malformed", "%(words)s", words=words)
    return form.cleaned_data


def _to_sheet(pk: int, criterion: str = "") -> HttpResponse:
    address = redirect("assessments:sheet", pk=pk)
    if criterion:
        address["Location"] += f"#criterion-{criterion}"
    return address
