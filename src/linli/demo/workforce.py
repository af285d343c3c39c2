"""Training in the demo place: a lecture held, one to come, a credential that waits to be verified, a mentor."""

from collections.abc import Mapping
from datetime import timedelta

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Place
from linli.workforce.operations.credentials import Shown, credential_enter, credential_verify
from linli.workforce.operations.mentoring import mentoring_begin, mentoring_log
from linli.workforce.operations.training import Plan, attendance_record, session_plan


def workforce_begin(actors: Mapping[str, Actor]) -> None:
    """One came to the lecture and one was excused; both are named for the next."""
    desk, secretary, street = actors["shequ"], actors["shuji"], actors["jiedao"]
    home = Place.objects.get(name=HOME)
    people = [actor.person_id or 0 for actor in (desk, secretary)]
    with days_ago(20):
        lecture = Plan(
            "民法典进社区", home.pk, clock.today(), programme="lecture", channel="invited_teacher", mode="class"
        )
        held = session_plan(actor=street, plan=lecture)
        outcomes = dict(zip(people, ("came", "excused"), strict=True))
        attendance_record(actor=street, session_id=held.pk, outcomes=outcomes)
        pair = mentoring_begin(actor=street, mentor="shuji", mentee="shequ", since=clock.today())
        first = credential_enter(actor=secretary, shown=Shown("social_worker", "演示-0001", clock.today()))
        credential_verify(actor=street, credential_id=first.pk)
    with days_ago(6):
        mentoring_log(actor=secretary, mentoring_id=pair.pk, on=clock.today(), topic="怎样开好楼栋议事会")
    coming = Plan("社区工作者集中轮训", home.pk, clock.today() + timedelta(days=9), programme="rotation", mode="class")
    row = session_plan(actor=street, plan=coming)
    attendance_record(actor=street, session_id=row.pk, outcomes=dict.fromkeys(people, "named"))
    credential_enter(actor=desk, shown=Shown("assistant_social_worker", "演示-0002", clock.today()))
