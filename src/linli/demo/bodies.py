"""Bodies by which residents of the demo place govern themselves: one elected for its term, one whose term ends
soon, one that is proposed."""

from collections.abc import Mapping
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.deliberation.models import BodyFounding
from linli.deliberation.operations.bodies import Proposal, bodies_check, body_propose, body_register
from linli.deliberation.operations.body_elections import Result, body_call, candidate_add, election_hold
from linli.deliberation.operations.body_evidence import Evidence
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Place

KIND: Final = "self_management_committee"
MEMBERS: Final = (
    ("演示自管会主任", "head", True),
    ("演示自管会委员甲", "member", True),
    ("演示自管会委员乙", "member", False),
)
ELDERS: Final = (
    ("演示老院主任", "head", True),
    ("演示老院委员甲", "member", True),
    ("演示老院委员乙", "member", True),
)


def bodies_begin(actors: Mapping[str, Actor]) -> None:
    """Let one courtyard found and elect its body, another propose one, and a third be near the end of its term."""
    compounds = Place.objects.filter(type=Place.Type.COMPOUND, community__name=HOME, until=None, placeholder=False)
    first, second, third = compounds.order_by("pk")[:3]
    with days_ago(75):
        row = _proposed(actors["shequ"], first, "管好停车、绿化和公共收益，有事一起商量。")
    with days_ago(70):
        body_register(actor=actors["shuji"], founding_id=row.pk, evidence=_counted(61, 57), branch_led=True)
        election = body_call(actor=actors["shequ"], founding_id=row.pk, kind="term")
        for name, role, consent in MEMBERS:
            candidate_add(actor=actors["shequ"], election_id=election.pk, name=name, role=role, consent=consent)
    with days_ago(60):
        chosen = list(election.candidates.values_list("pk", flat=True))
        election_hold(actor=actors["shuji"], election_id=election.pk, result=Result(_counted(58, 52), chosen))
    with days_ago(3 * 365 - 40):
        _long_ago(actors, third)
    bodies_check()
    with days_ago(2):
        _proposed(actors["shequ"], second, "先把楼道堆物和门禁管起来。")


def _long_ago(actors: Mapping[str, Actor], place: Place) -> None:
    """A body whose term ends in some weeks: its next election is owed."""
    row = _proposed(actors["shequ"], place, "管好门禁和公共收益。")
    body_register(actor=actors["shuji"], founding_id=row.pk, evidence=_counted(55, 50))
    election = body_call(actor=actors["shequ"], founding_id=row.pk, kind="term")
    for name, role, consent in ELDERS:
        candidate_add(actor=actors["shequ"], election_id=election.pk, name=name, role=role, consent=consent)
    chosen = list(election.candidates.values_list("pk", flat=True))
    election_hold(actor=actors["shuji"], election_id=election.pk, result=Result(_counted(55, 51), chosen))


def _proposed(actor: Actor, place: Place, purpose: str) -> BodyFounding:
    return body_propose(actor=actor, place_id=place.pk, proposal=Proposal(KIND, f"{place.name}自管会", purpose=purpose))


def _counted(came: int, agreed: int) -> Evidence:
    return Evidence("own", 0, clock.today(), 90, came, agreed)
