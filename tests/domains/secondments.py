"""What secondments add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.secondments.models import (
    Secondment,
    SecondmentMonth,
    SecondmentReview,
    SelectionRound,
    WorkList,
    WorkListItem,
)
from linli.secondments.policies import (
    lists_visible_to,
    parts_visible_to,
    reviews_visible_to,
    rounds_visible_to,
    secondments_visible_to,
)
from linli.secondments.tests.serving import secondments_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "secondments/<pk>": rows(Secondment, secondments_visible_to, far=away(Secondment, "place")),
    "secondments/<pk>/<verb>": words("recall"),
    "secondments/months/<pk>": rows(SecondmentMonth, parts_visible_to, far=away(SecondmentMonth, "place")),
    "secondments/months/<pk>/<verb>": words("confirm"),
    "secondments/lists/<pk>": rows(WorkList, lists_visible_to, far=away(WorkList, "place")),
    "secondments/items/<pk>": rows(WorkListItem, parts_visible_to, far=away(WorkListItem, "place")),
    "secondments/reviews/<pk>": rows(SecondmentReview, reviews_visible_to, far=away(SecondmentReview, "place")),
    "secondments/selections/<pk>": rows(SelectionRound, rounds_visible_to, far=away(SelectionRound, "place")),
    "secondments/selections/<pk>/<verb>": words("drop"),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {
    "secondments/reviews/<pk>/answer/": "whoever serves a term is none of this world's people",
    "secondments/items/<pk>/": "whoever serves a term is none of this world's people",
}


def made(world: "World") -> None:
    """Put terms into the world, here and in the other place."""
    secondments_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place, street, today = world.cast.places["community"].pk, world.cast.places["street"].pk, clock.today()
    person = {"name": "另一人", "staff_number": "", "phone": "10000007077", "unit": "县水务局", "category": "county"}
    term = {"role": "first_secretary", "place": f"{place}", "since": f"{today}", "planned_end": "", "selection": ""}
    month_end = f"{today + timedelta(days=30)}"
    tasks = {"place": f"{street}", "role": "", "title": "清单", "since": f"{today}", "until": month_end}
    review = {"on": f"{today}", "period": "", "note": "走访扎实", "action": "", "grade": ""}
    review |= {"own": "", "residents": "", "bodies": ""}
    call = {"place": f"{street}", "title": "选派", "role": "first_secretary", "wanted": "2", "standards": "标准"}
    return {
        "secondments/new/": {**person, **term, "target": "建强组织", "duty": "指导"},
        "secondments/<pk>/<verb>/": {"on": f"{today}", "reason": "调整"},
        "secondments/months/<pk>/<verb>/": {"then": "list"},
        "secondments/lists/new/": {**tasks, "due": month_end, "tasks": "走访十户"},
        "secondments/<pk>/review/": review,
        "secondments/reviews/<pk>/correct/": {**review, "reason": "录错", "version": "1"},
        "secondments/reviews/<pk>/answer/": {"text": "已改"},
        "secondments/items/<pk>/": {"result": "办完了"},
        "secondments/selections/new/": {**call, "document": ""},
        "secondments/selections/<pk>/<verb>/": {"reason": "不再选派"},
    }
