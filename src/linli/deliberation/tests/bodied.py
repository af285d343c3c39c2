"""Self-government bodies on their way, for the tests."""

from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.deliberation.models import BodyElection, BodyFounding
from linli.deliberation.operations.bodies import Proposal, body_propose, body_register
from linli.deliberation.operations.body_elections import Result, body_call, candidate_add, election_hold
from linli.deliberation.operations.body_evidence import Evidence

NAMES: Final = (("秦守", "head", True), ("许立", "member", True), ("韩冰", "member", False))


def own_count(due: int = 100, came: int = 60, votes_for: int = 50) -> Evidence:
    """What residents counted today."""
    return Evidence("own", 0, clock.today(), due, came, votes_for)


def proposed(cast: Cast, place: str = "compound", kind: str = "self_management_committee") -> BodyFounding:
    """A body that residents want."""
    proposal = Proposal(kind, f"{cast.places[place].name}自管会")
    return body_propose(actor=SYSTEM, place_id=cast.places[place].pk, proposal=proposal)


def registered(cast: Cast, **values: Any) -> BodyFounding:
    """One that residents decided to found today."""
    return body_register(actor=SYSTEM, founding_id=proposed(cast, **values).pk, evidence=own_count())


def called(row: BodyFounding, kind: str = "term", names: Any = NAMES) -> BodyElection:
    """An election with its candidates."""
    election = body_call(actor=SYSTEM, founding_id=row.pk, kind=kind)
    for name, role, consent in names:
        candidate_add(actor=SYSTEM, election_id=election.pk, name=name, role=role, consent=consent)
    return election


def elected(cast: Cast, **values: Any) -> BodyFounding:
    """One whose members were elected today."""
    row = registered(cast, **values)
    election = called(row)
    chosen = list(election.candidates.values_list("pk", flat=True))
    election_hold(actor=SYSTEM, election_id=election.pk, result=Result(own_count(), chosen))
    row.refresh_from_db()
    return row


def bodies_made(cast: Cast) -> None:
    """Bodies here and in the other place, for the tests over every route: proposed, and with an election open."""
    for place in ("compound", "far_compound"):
        called(registered(cast, place=place))
    proposed(cast, "building")
