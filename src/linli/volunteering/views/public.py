"""What everybody sees of volunteering at a place: teams, projects, posts; no name of any member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.core.errors import NotFound
from linli.territory.models import Place
from linli.volunteering.queries import projects, teams
from linli.volunteering.queries.projects import Wanted


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Teams, projects and open posts of a division."""
    rows = Place.objects.filter(type=Place.Type.DIVISION, placeholder=False, until=None, code=code)
    found = rows.first()
    if found is None:
        raise NotFound
    context = {
        "place": found,
        "teams": teams.of_place(found),
        "projects": projects.listed(Wanted(), found)[0],
        "posts": projects.posts_listed(place=found)[0],
    }
    return render(request, "volunteering/public_place.html", context)
