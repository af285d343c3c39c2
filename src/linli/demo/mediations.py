"""Disputes of the demo place: one asked for, one in sessions, one agreed in instalments; the studio of the mediator."""

from collections.abc import Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Final

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.mediation.models import Mediation
from linli.mediation.operations.agreements import Promise, Terms, agreement_reach, agreement_sign, items_check
from linli.mediation.operations.mediations import Asking, Who, mediation_accept, mediation_ask, party_consent
from linli.mediation.operations.sessions import session_plan, session_record
from linli.territory.models import MEDIATION_STUDIO, Place
from linli.territory.operations.recording import facility_record_many
from linli.venues.operations.rooms import Open, opening_set

STUDIO: Final = "演示和事佬调解工作室"
WEEK: Final = [["09:00-12:00", "14:00-17:30"]] * 5 + [["09:00-12:00"], []]
NOISE: Final = "楼上孩子夜里拍球，楼下老人睡不着，为此争吵过两次。"
LEAK: Final = "楼上水管漏水泡坏楼下吊顶，双方对赔偿数额有争议。"
PATH: Final = "两家为门前三尺通道堆放花盆起争执。"


def mediations_begin(actors: Mapping[str, Actor]) -> None:
    """Let three disputes be mediated as far as they are."""
    desk = actors["shequ"]
    with days_ago(60):
        studio = _studio(desk)
    with days_ago(1):
        _asked(desk, PATH, "演示住户戊", "演示住户己")
    with days_ago(9):
        noise = _accepted(desk, NOISE, "演示住户丙", "演示住户丁")
        evening = clock.today() + timedelta(days=11)
        session_plan(actor=desk, mediation_id=noise.pk, on=evening, starts=time(19, 30), venue="里间", studio_id=studio)
    with days_ago(25):
        leak = _accepted(desk, LEAK, "演示住户甲", "演示住户乙")
    with days_ago(20):
        session = session_plan(actor=desk, mediation_id=leak.pk, on=clock.today(), starts=time(9), studio_id=studio)
        came = list(leak.parties.values_list("pk", flat=True))
        session_record(actor=desk, session_id=session.pk, on=clock.today(), came=came, record="双方愿意各让一步。")
        second, days = leak.parties.get(position=2), (23, 53)
        promises = [Promise(second.pk, clock.today() + timedelta(days=at), Decimal(900)) for at in days]
        terms = Terms("written", clock.today(), "楼上水管老化，由楼上赔偿。", "分两期赔偿，并更换水管。", promises)
        agreement_reach(actor=desk, mediation_id=leak.pk, terms=terms)
        agreement_sign(actor=desk, mediation_id=leak.pk, on=clock.today(), complete=True)
    items_check()


def _studio(desk: Actor) -> int:
    """The studio that a mediator runs, with its hours posted: residents ask it from its public page."""
    home = Place.objects.get(name=HOME).pk
    row = {"name": STUDIO, "kind": MEDIATION_STUDIO, "area_m2": Decimal(28), "address": "演示路5号", "place": home}
    (pk,) = facility_record_many(actor=SYSTEM, rows=[{**row, "state": "在用", "since": clock.today()}])
    opening = Open(WEEK, access="yes", services="邻里、婚姻家庭、物业纠纷调解，不收费", phone="10000000114")
    opening_set(actor=desk, facility_id=pk, version=0, opening=opening)
    return pk


def _asked(desk: Actor, facts: str, *names: str) -> Mediation:
    parties = [Who(name, f"1000000010{at}") for at, name in enumerate(names, 1)]
    place = Place.objects.get(name=HOME)
    return mediation_ask(actor=desk, asking=Asking(place.pk, "neighbours", facts, parties))


def _accepted(desk: Actor, facts: str, *names: str) -> Mediation:
    row = _asked(desk, facts, *names)
    row = mediation_accept(actor=desk, mediation_id=row.pk, post_ids=desk.post_ids[:1])
    for party in row.parties.all():
        party_consent(actor=desk, party_id=party.pk, agrees=True)
    return row
