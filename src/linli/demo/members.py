"""Members of the demo place who serve where they live: registered, turned out, some with a household's answer."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.members.models import Member
from linli.members.operations.counting import Counted, participation_count_record
from linli.members.operations.pairing import Answered, pairing_record
from linli.members.operations.posts import Assigned, responsibility_open
from linli.members.operations.registering import Joining, member_register, unit_register
from linli.members.operations.rounds import (
    Opening,
    Outcome,
    membership_round_decide,
    membership_round_open,
)
from linli.members.operations.turning_out import Told, turn_out_tell
from linli.territory.models import Place

NAMES: Final = ("演示在职甲", "演示在职乙", "演示在职丙", "演示在职丁", "演示在职戊", "演示在职己")
SKILLS: Final = (("electric",), ("law",), (), ("teaching",), ("digital",), ())
KINDS: Final = ("cleaning", "policy", "elders", "order")


def members_begin(actors: Mapping[str, Actor]) -> None:
    """Two bodies register, and members of them, who serve; some told of it only yesterday."""
    desk, secretary, company = actors["shequ"], actors["shuji"], actors["chengguan"]
    home = Place.objects.get(name=HOME)
    unit = company.organization_ids[0]
    with days_ago(75):
        unit_register(actor=company, organization_id=unit, place_id=home.pk, offers="执法车辆、普法志愿者")
        members = [_registered(desk, home, unit, at) for at in range(len(NAMES))]
        own = _own(actors["gongshui"], home)
        responsibility_open(actor=desk, assigned=_area("area", "演示一小区1号楼责任区", NAMES[0], home, "巡查楼道"))
        responsibility_open(actor=desk, assigned=_area("post", "政策宣讲示范岗", NAMES[1], home, "解答政策"))
    _numbers(desk, home)
    for days in (58, 33, 6):
        with days_ago(days):
            for at, member in enumerate(members[: 5 if days > 10 else 3]):
                told = Told(clock.today(), KINDS[at % len(KINDS)], Decimal("1.5"))
                turn_out_tell(actor=desk, member_id=member.pk, told=told)
    with days_ago(20):
        yes = Answered(consents=True, on=clock.today(), household="演示户-07")
        pairing_record(actor=secretary, member_id=own.pk, answered=yes)
        no = Answered(consents=False, on=clock.today())
        pairing_record(actor=secretary, member_id=members[1].pk, answered=no)
    with days_ago(1):
        turn_out_tell(actor=actors["gongshui"], member_id=own.pk, told=Told(clock.today(), "elders", Decimal(2)))


def _numbers(desk: Actor, home: Place) -> None:
    """A selection of new members that a meeting decided, one that runs, and two pictures of how members take part."""
    with days_ago(70):
        year = clock.today().year
        opening = Opening(home.pk, year - 1, 3, "向有为青年、高知群体倾斜")
        row = membership_round_open(actor=desk, opening=opening)
        counted = Counted(home.pk, clock.today(), {"resident": 58, "mobile": 9, "elderly": 14})
        participation_count_record(actor=desk, counted=counted)
    with days_ago(40):
        outcome = Outcome(considered=8, chosen=3, on=clock.today(), by="演示社区党总支委员会", young=2, educated=2)
        membership_round_decide(actor=desk, round_id=row.pk, version=row.version, outcome=outcome)
    with days_ago(9):
        membership_round_open(actor=desk, opening=replace(opening, year=year))
        later = Counted(home.pk, clock.today(), {"resident": 60, "mobile": 8, "elderly": 15})
        participation_count_record(actor=desk, counted=later)


def _registered(desk: Actor, home: Place, unit: int, at: int) -> Member:
    form = Joining(
        NAMES[at], home.pk, number=f"演示党员{at + 1:02}", organization_id=unit, skills=SKILLS[at], consent=True
    )
    return Member.objects.get(registrations=member_register(actor=desk, form=form, on_paper=True))


def _own(actor: Actor, home: Place) -> Member:
    """Somebody who signs in, registered by themselves."""
    form = Joining("演示供水经办人", home.pk, organization_id=actor.organization_ids[0], consent=True)
    return Member.objects.get(registrations=member_register(actor=actor, form=form))


def _area(kind: str, title: str, name: str, home: Place, duties: str) -> Assigned:
    return Assigned(kind, title, name, home.pk, clock.today(), duties)
