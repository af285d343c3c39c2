"""Contracts at the same moment, in real threads on a database of their own: a compound goes to exactly one."""

from datetime import date
from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.property.models import Contract, Management
from linli.property.operations.contracts import contract_conclude, contract_end
from linli.property.operations.saying import Mode, mode_say
from linli.property.tests.managed import courtyard, terms


def test_one_of_many_contracts_is_concluded_and_one_end_counts(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    here, there = cast.places["compound"], courtyard(cast)
    actors = (cast.community_worker, cast.secretary)
    # Both orders of the same compounds, so that whoever locked them as they came would wait for another for ever.
    wishes = [terms(cast, here, there, model="bundled"), terms(cast, there, here, model="bundled"), terms(cast, there)]
    calls = [partial(contract_conclude, actor=actors[n % 2], terms=wishes[n % 3]) for n in range(12)]
    said = partial(mode_say, actor=cast.secretary, compound_id=there.pk, mode=Mode("unit_run", date(2025, 6, 1)))
    found = answers(own_database.together(*calls, said, said))
    assert found == {"ok": 3, "contract.overlap": 11}
    row = Contract.objects.get()
    assert [item.mode for item in Management.objects.filter(compound=there, void=False).order_by("since")] == [
        "unit_run",
        row.model,
    ]
    end = partial(contract_end, actor=cast.secretary, contract_id=row.pk, on=date(2026, 3, 1), reason="合并")
    assert answers(own_database.together(*[end] * 4)) == {"ok": 1, "contract.state": 3}
