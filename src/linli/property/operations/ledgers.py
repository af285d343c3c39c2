"""How compounds were managed before, from ledgers of contracts, in set form and silent: nothing is owed of them.

A row is one compound. Rows with one number, one company and one first day are one contract; a row with neither number
nor company says how a compound is managed without a contract.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.property.models import Contract, Management
from linli.property.operations.contracts import common
from linli.property.operations.spans import held_in, hold_again, last_before, make_room
from linli.property.workflow import MODELS, SAID
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = ("mode", "buildings", "since", "last", "unit")
COLUMNS: Final = (*PLAIN, "number", "company", "state")
Key = tuple[str, int | None, date]


def managements_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are none, by position: of no compound, without an end though over, or in the time of another."""
    ids = {row["place"] for row in rows if isinstance(row.get("place"), int)}
    compounds = set(Place.objects.filter(pk__in=ids, type=Place.Type.COMPOUND).values_list("pk", flat=True))
    taken: dict[int, list[tuple[date, date | None, str, bool]]] = {}
    for held in held_in(compounds, date.min, None):
        number = held.contract.number if held.contract else ""
        term = (held.since, held.last, number, held.contract_id is not None)
        taken.setdefault(held.compound_id, []).append(term)
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        place = row.get("place")
        if place not in compounds:
            found[position] = "property_contract.compound"
            continue
        if row.get("state") == "ended" and row.get("last") is None:
            found[position] = "property_contract.no_end"
            continue
        term = (row["since"], row.get("last"), row.get("number") or "", _is_contract(row))
        terms = taken.setdefault(place, [])
        if any(_clash(term, other) for other in terms):
            found[position] = "property_contract.overlap"
            continue
        terms.append(term)
    return found


def _is_contract(row: Mapping[str, Any]) -> bool:
    return bool(row.get("number") or row.get("company"))


def _clash(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two hold in the same time; the same number from the same day is the same, and words give way."""
    if (one[0], one[2]) == (other[0], other[2]):
        return False
    if (not other[3] and other[0] <= one[0]) or (not one[3] and one[0] <= other[0]):
        return False
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def managements_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows mean what is here already, by position: the same compound and number from the same day."""
    ids = {row["place"] for row in rows if isinstance(row.get("place"), int)}
    held = Management.objects.filter(compound_id__in=ids, void=False).select_related("contract")
    known: dict[tuple[Any, ...], int] = {
        (item.compound_id, item.since, item.contract.number if item.contract else ""): item.pk for item in held
    }
    found = {at: known.get((row.get("place"), row["since"], row.get("number") or "")) for at, row in enumerate(rows)}
    return {at: pk for at, pk in found.items() if pk}


@transaction.atomic
def management_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in from a ledger who manages compounds, with the contracts by which they do."""
    held = Management.objects.select_for_update(of=("self",)).select_related("contract")
    known = held.in_bulk([row["id"] for row in rows if row.get("id")])
    places = Place.objects.select_related("parent", "county", "street", "community")
    compounds = places.in_bulk({row["place"] for row in rows if row.get("place")})
    numbers = {row["number"] for row in rows if row.get("number")}
    contracts = {_key(item): item for item in Contract.objects.select_for_update().filter(number__in=numbers)}
    given = []
    for row in rows:
        record = known.get(row.get("id") or 0) or Management(said=clock.now(), said_by=actor.key, author=actor.label)
        if row.get("place"):
            record.compound = compounds[row["place"]]
        _fill(record, row)
        if _is_contract(row):
            record.contract = _contract(actor, record, row, contracts)
        else:
            record.last = last_before(record.compound_id, record.since)
        if not record.pk:
            make_room([record.compound_id], record.since)
        record.save()
        given.append(record.pk)
    hold_again({record.compound_id for record in Management.objects.filter(pk__in=given)})
    journal.write(actor, f"{SAID}.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: Management, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, COLUMNS)}
    for name in PLAIN:
        if row.get(name) is not None:
            setattr(record, name, row[name])
    if row.get("company"):
        record.manager_id = row["company"]


def _key(contract: Contract) -> Key:
    return contract.number, contract.company_id, contract.since


def _contract(actor: Actor, record: Management, row: Mapping[str, Any], contracts: dict[Key, Contract]) -> Contract:
    """The contract of a row: its own, that of other rows with the same number, or a new one."""
    number, company_id = row.get("number") or "", row.get("company")
    key = (number, company_id, record.since)
    contract = record.contract or (contracts.get(key) if number else None)
    if contract is None:
        contract = Contract(number=number, place=common([record.compound]), recorded=clock.now(), recorder=actor.key)
        contracts[key] = contract
    elif contract.pk and not record.pk:
        contract.place = common([record.compound, *_covered(contract)])
    contract.number, contract.company_id = number or contract.number, company_id or contract.company_id
    contract.model = record.mode if record.mode in dict(MODELS) else contract.model or MODELS[0][0]
    contract.since, contract.last = record.since, record.last
    contract.state = row.get("state") or contract.state
    contract.save()
    return contract


def _covered(contract: Contract) -> list[Place]:
    return list(Place.objects.filter(managements__contract=contract).select_related("county", "street", "community"))


@transaction.atomic
def managements_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove what an import made, when it is taken back, with the contracts that then cover nothing."""
    rows = Management.objects.filter(pk__in=ids)
    compounds, contracts = (
        set(rows.values_list("compound_id", flat=True)),
        set(rows.values_list("contract_id", flat=True)),
    )
    rows.delete()
    Contract.objects.filter(pk__in=contracts - {None}, managements=None).delete()
    hold_again(compounds)
    journal.write(actor, f"{SAID}.remove_many", None, count=max(1, len(ids)))
