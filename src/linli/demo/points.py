"""Points and hours of the demo place: members who joined, what they earned, one posting that was taken back."""

from collections.abc import Mapping
from typing import Final

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.points.models import Member
from linli.points.operations.desk import transfer_reverse
from linli.points.operations.earning import earn_by_kind
from linli.points.operations.members import member_enrol, member_join
from linli.points.values import Source
from linli.points.workflow import EXEMPLAR, GOOD_DEED, POINTS, SERVICE
from linli.territory.models import Place

NAMES: Final = ("演示会员甲", "演示会员乙", "演示会员丙")


def points_begin(actors: Mapping[str, Actor]) -> None:
    """Let a resident and three on paper join, and earn by what they did."""
    desk, place = actors["shequ"], Place.objects.get(name=HOME)
    with days_ago(40):
        resident = actor_of(User.objects.get(username=RESIDENT))
        member_join(actor=resident, place_id=place.pk, name="演示居民", agrees=True, alias="热心邻居")
        for at, name in enumerate(NAMES, 1):
            member_enrol(actor=desk, place_id=place.pk, name=name, phone=f"1000000033{at}", agrees=True)
    members = list(Member.objects.filter(book=POINTS).order_by("pk"))
    for ago, kind, minutes in ((30, SERVICE, 120), (16, SERVICE, 90), (9, GOOD_DEED, 0)):
        with days_ago(ago):
            for member in members:
                _earned(desk, member, kind, minutes, f"demo-{ago}-{member.pk}")
    with days_ago(5):
        wrong = _earned(desk, members[1], EXEMPLAR, 0, "demo-twice")
        transfer_reverse(actor=desk, transfer_id=wrong, reason="同一事迹登记了两次")


def _earned(desk: Actor, member: Member, kind: str, minutes: int, source: str) -> int:
    made = earn_by_kind(
        actor=desk,
        kind=kind,
        person_id=member.person_id or 0,
        source=Source("demo", source),
        day=clock.today(),
        place_id=member.place_id,
        minutes=minutes,
    )
    return made[-1].pk
