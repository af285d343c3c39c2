"""Pages on which communities and grids merge and communities split; each shows first what would move."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from linli.core.errors import NotFound
from linli.territory import policies, queries
from linli.territory.forms import MergeForm, SplitForm
from linli.territory.models import Place
from linli.territory.operations.communities import communities_merge, community_split, grids_merge
from linli.territory.views.requests import FORM, actor_of, form_page, viewer_of


@require_http_methods(FORM)
def place_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge neighbours into this community or grid."""
    viewer = viewer_of(request)
    place = queries.place_for(viewer, pk)
    policies.require_manage(viewer, place)
    near = queries.mergeable(viewer, place)
    if place.until is not None or not near:
        raise NotFound
    form = MergeForm(request.POST or None, near=near)

    def save() -> Place:
        merge = grids_merge if place.type == Place.Type.GRID else communities_merge
        data = form.cleaned_data
        return merge(actor=actor_of(request), places=data["places"], into=pk, on=data["on"])

    return form_page(request, place, form, save, "merge")


@require_http_methods(FORM)
def place_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split this community into two."""
    viewer = viewer_of(request)
    place = queries.place_for(viewer, pk)
    policies.require_manage(viewer, place)
    if place.community_id != place.pk or place.until is not None:
        raise NotFound
    form = SplitForm(request.POST or None, children=queries.split_children(place))

    def save() -> Place:
        made = community_split(actor=actor_of(request), place=pk, parts=form.parts(), on=form.cleaned_data["on"])
        return made[0]

    return form_page(request, place, form, save, "split")
