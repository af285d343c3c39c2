"""Squads and topic groups on their way, for the tests."""

from datetime import date
from typing import Any

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.deliberation.models import GroupIdea, Squad, SquadNeed, TopicGroup
from linli.deliberation.operations.squads import Session, Sketch, squad_agree, squad_need, squad_propose
from linli.deliberation.operations.topic_groups import group_join, group_open, idea_post


def sketch(**values: Any) -> Sketch:
    """What a squad of residents wants."""
    return Sketch(**{"name": "电动车小分队", "topic": "电动车停放", "purpose": "引导规范停车", "people": 6, **values})


def squad(cast: Cast, place: str = "compound", **values: Any) -> Squad:
    """A squad that residents propose."""
    return squad_propose(actor=VISITOR, place_id=cast.places[place].pk, sketch=sketch(**values))


def agreed(cast: Cast, **values: Any) -> Squad:
    """One that was agreed today."""
    return squad_agree(actor=SYSTEM, squad_id=squad(cast, **values).pk)


def session(day: date | None = None, attended: int = 4, served: int = 30) -> Session:
    """A session of today."""
    return Session(day or clock.today(), attended, served)


def group(cast: Cast, place: str = "community") -> TopicGroup:
    """An open group."""
    return group_open(actor=SYSTEM, place_id=cast.places[place].pk, name="楼下花园互助群", about="一起照看楼下的花园")


def idea(cast: Cast, row: TopicGroup, text: str = "花园边装一张长椅") -> GroupIdea:
    """An idea of the resident, who joined before."""
    if not row.members.exists():
        group_join(actor=cast.resident, group_id=row.pk, alias="花匠")
    return idea_post(actor=cast.resident, group_id=row.pk, text=text)


def squads_made(cast: Cast) -> Squad:
    """Squads and groups here and in the other place, for the tests over every route; one squad that is at work."""
    for place, community in (("compound", "community"), ("far_compound", "far_community")):
        active = agreed(cast, place=place)
        need: SquadNeed = squad_need(actor=SYSTEM, squad_id=active.pk, what="反光背心六件")
        assert need.pk
        squad(cast, place=place, name="楼道小分队", contact="10012340001", consent=True)
        idea(cast, group(cast, community))
    return active
