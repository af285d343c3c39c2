"""Who manages the compounds of the demo place: a contract near its end, a bundle, old courtyards with nobody."""

from collections.abc import Mapping
from datetime import timedelta

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.days import days_ago
from linli.organizations.models import Organization
from linli.property.operations.contracts import Terms, contract_conclude, contract_end, contracts_check
from linli.property.operations.saying import Mode, mode_say
from linli.territory.models import Place


def property_begin(actors: Mapping[str, Actor]) -> None:
    """A company manages for years, another was sent away; one compound is run by its unit, one by nobody."""
    desk, far = actors["shequ"], actors["qiaodong"]
    with days_ago(700):
        _contract(desk, "演示安居物业公司", 760, "演示一小区", number="演示合同1", phone="10000000101")
        early = _contract(desk, "演示邻好物业公司", 1000, "演示花苑", number="演示合同2", phone="10000000102")
        _say(desk, "演示家园", Mode("unit_run", clock.today(), "演示回迁安置办"))
        _say(far, "演示三小区", Mode("unmanaged", clock.today()))
    with days_ago(90):
        contract_end(actor=desk, contract_id=early, on=clock.today(), reason="业主表决不再续聘")
    with days_ago(80):
        _contract(desk, "演示安居物业公司", 700, "演示花苑", "演示家园", number="演示合同3", phone="10000000101")
    contracts_check()


def _place(name: str) -> Place:
    return Place.objects.get(name=name, type=Place.Type.COMPOUND)


def _contract(actor: Actor, company: str, days: int, *names: str, number: str, phone: str) -> int:
    covered = {place.pk: place.buildings for place in map(_place, names)}
    body = Organization.objects.get(name=company)
    model = "bundled" if len(names) > 1 else "professional"
    end = clock.today() + timedelta(days=days)
    terms = Terms(model, body.pk, clock.today(), end, covered, number, phone)
    return contract_conclude(actor=actor, terms=terms).pk


def _say(actor: Actor, name: str, mode: Mode) -> None:
    mode_say(actor=actor, compound_id=_place(name).pk, mode=mode)
