"""Counts of open matters for the map: at each place above, in each grid above, and the same as the list behind."""

from datetime import timedelta

from linli.cases.models import Case
from linli.cases.queries.lists import filtered
from linli.cases.queries.loads import loads
from linli.cases.tests.town import Town
from linli.core import clock
from linli.core.actors import SYSTEM


def counted(town: Town) -> dict[str, tuple[int, int]]:
    """Open and overdue by the places of the town."""
    names = {
        place.pk: name for name, place in vars(town).items() if name in ("county", "community", "grid", "elsewhere")
    }
    return {names[load.place_id]: (load.open, load.overdue) for load in loads(list(names))}


def test_a_matter_counts_at_every_place_and_grid_above_it(town: Town) -> None:
    assert counted(town)["county"] == (0, 0)
    number = iter(range(9))
    common = {"source": "resident", "received_on": clock.today()}
    late, soon = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    for place, grid, due, state in (
        (town.compound, town.grid, late, "accepted"),
        (town.community, None, soon, "received"),
        (town.community, town.grid, late, "rated"),
    ):
        Case.objects.create(number=f"N{next(number)}", place=place, grid=grid, due=due, state=state, **common)
    assert counted(town) == {"county": (2, 1), "community": (2, 1), "grid": (1, 1), "elsewhere": (0, 0)}
    for load in loads([town.community.pk, town.grid.pk]):
        assert filtered(SYSTEM, {"place": str(load.place_id)}).count() == load.open
        assert filtered(SYSTEM, {"place": str(load.place_id), "overdue": "1"}).count() == load.overdue
