"""REST of the territory: where a point lies and who answers there. What hangs on a board at every corner."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.core.rest import answer, one_of, signed_in
from linli.territory import locating, queries
from linli.territory.models import Place

router = Router(tags=["territory"])
Longitude = Annotated[float, Query(ge=-180, le=180, description="In degrees.")]
Latitude = Annotated[float, Query(ge=-90, le=90, description="In degrees.")]
Crs = Annotated[locating.Crs, Query(description="The coordinate system of the point.")]


class StepOut(Schema):
    """One place that holds the point."""

    id: int = Field(description="The id of the place.")
    type: str = Field(description="What it is.", json_schema_extra=one_of(*Place.Type.values))
    level: str = Field(description="The level of a division or grid, as the place's profile names it.")
    code: str = Field(description="Its division or grid code; may be empty.")
    name: str = Field(description="Its name.")


class AnswererOut(Schema):
    """A posted post that answers for one of the places."""

    place_id: int = Field(description="The place it answers for.")
    post: str = Field(description="What the post is called.")
    holder: str = Field(description="Who holds it, as posted publicly; empty where it is vacant.")
    organization: str = Field(description="The body it belongs to.")
    lead: bool = Field(description="Whether it leads there.")


class LocatedOut(Schema):
    """Every place that holds a point; what does not hold it is null or missing from the lists."""

    chain: list[StepOut] = Field(description="All of them, the smallest first; empty outside every outline.")
    grids: list[StepOut] = Field(description="The comprehensive grids, from the widest down to the leaf.")
    overlays: list[StepOut] = Field(description="The dedicated grids, which may cross borders, in the same order.")
    building: StepOut | None
    compound: StepOut | None
    community: StepOut | None
    street: StepOut | None
    county: StepOut | None
    who_answers: list[AnswererOut] = Field(description="Who answers, place by place in the order of the chain.")


@router.get("/locate", response=LocatedOut)
def locate(request: HttpRequest, lng: Longitude, lat: Latitude, crs: Crs = "wgs84") -> HttpResponse:
    """The grids, community, street and county at a point, and who answers there; nothing of it is secret."""
    signed_in(request)
    return answer(queries.chain_as_dict(locating.locate(lng, lat, crs)))
