"""Disputes of the demo place: one asked for, one in sessions, one agreed in instalments."""

from collections.abc import Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.mediation.models import Mediation
from linli.mediation.operations.agreements import Promise, Terms, agreement_reach, agreement_sign, items_check
from linli.mediation.operations.mediations import Asking, Who, mediation_accept, mediation_ask, party_consent
from linli.mediation.operations.sessions import session_plan, session_record
from linli.territory.models import Place

ROOM: Final = "社区调解室"
NOISE: Final = "楼上孩子夜里拍球，楼下老人睡不着，为此争吵过两次。"
LEAK: Final = "楼上水管漏水泡坏楼下吊顶，双方对赔偿数额有争议。"
PATH: Final = "两家为门前三尺通道堆放花盆起争执。"


def mediations_begin(actors: Mapping[str, Actor]) -> None:
    """Let three disputes be mediated as far as they are."""
    desk = actors["shequ"]
    with days_ago(1):
        _asked(desk, PATH, "演示住户戊", "演示住户己")
    with days_ago(9):
        noise = _accepted(desk, NOISE, "演示住户丙", "演示住户丁")
        session_plan(
            actor=desk, mediation_id=noise.pk, on=clock.today() + timedelta(days=11), starts=time(19, 30), venue=ROOM
        )
    with days_ago(25):
        leak = _accepted(desk, LEAK, "演示住户甲", "演示住户乙")
    with days_ago(20):
        session = session_plan(actor=desk, mediation_id=leak.pk, on=clock.today(), starts=time(9), venue=ROOM)
        came = list(leak.parties.values_list("pk", flat=True))
        session_record(actor=desk, session_id=session.pk, on=clock.today(), came=came, record="双方愿意各让一步。")
        second, days = leak.parties.get(position=2), (23, 53)
        promises = [Promise(second.pk, clock.today() + timedelta(days=at), Decimal(900)) for at in days]
        terms = Terms("written", clock.today(), "楼上水管老化，由楼上赔偿。", "分两期赔偿，并更换水管。", promises)
        agreement_reach(actor=desk, mediation_id=leak.pk, terms=terms)
        agreement_sign(actor=desk, mediation_id=leak.pk, on=clock.today(), complete=True)
    items_check()


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
