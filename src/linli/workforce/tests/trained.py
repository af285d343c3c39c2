"""Rules, sessions, credentials and mentoring for the tests."""

from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.models import Person
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.records.operations.profiles import content_apply
from linli.workforce.models import Contest, Credential, Mentoring, TrainingSession
from linli.workforce.operations.credentials import Shown, credential_enter
from linli.workforce.operations.mentoring import Held, contest_hold, entry_record, mentoring_begin, mentoring_log
from linli.workforce.operations.study import Group, group_open
from linli.workforce.operations.training import Plan, attendance_record, session_plan
from linli.workforce.sections import section

DAY: Final = timedelta(days=1)
WORKERS: Final = ["community_worker", "community_secretary"]
EVERYBODY: Final = {"code": "everybody", "label": "全覆盖培训", "of": "persons", "posts": WORKERS}
LECTURE: Final = {"code": "lectures", "label": "每月大讲堂", "of": "sessions", "programme": "lecture", "every": "month"}
MENTORED: Final = {"code": "mentored", "label": "帮带全覆盖", "of": "mentors", "posts": ["community_secretary"]}


def ruled(*rules: dict[str, Any]) -> None:
    """Put rules in force."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "workforce": {"rules": list(rules)}})


def planned(cast: Cast, role: str = "secretary", place: str = "community", **more: Any) -> TrainingSession:
    """A session of today, planned by the secretary for the community, if nothing else is said."""
    given: dict[str, Any] = {"title": "民法典讲座", "since": clock.today(), "programme": "lecture", **more}
    actor = SYSTEM if role == "system" else cast.actors[role]
    return session_plan(actor=actor, plan=Plan(place_id=cast.places[place].pk, **given))


def person(cast: Cast, role: str) -> int:
    """Who holds a role."""
    return cast.posts[role].person_id or 0


def came(cast: Cast, session: TrainingSession, *roles: str, outcome: str = "came") -> TrainingSession:
    """These came."""
    outcomes = {person(cast, role): outcome for role in roles}
    return attendance_record(actor=SYSTEM, session_id=session.pk, outcomes=outcomes)


def shown(cast: Cast, role: str = "community_worker", number: str = "SG001", **more: Any) -> Credential:
    """A credential that a worker has entered."""
    given = {"kind": "social_worker", "issued": date(2025, 9, 1), **more}
    return credential_enter(actor=cast.actors[role], shown=Shown(number=number, **given))


def paired(cast: Cast, mentor: str = "secretary", mentee: str = "community_worker") -> Mentoring:
    """Mentor and mentee."""
    names = [str(Person.objects.get(pk=person(cast, role)).staff_number) for role in (mentor, mentee)]
    return mentoring_begin(actor=SYSTEM, mentor=names[0], mentee=names[1], since=clock.today() - 30 * DAY)


def contested(cast: Cast, place: str = "community") -> Contest:
    """A contest."""
    held = Held("网格员职业能力竞赛", "skills", cast.places[place].pk, clock.today() - DAY)
    return contest_hold(actor=SYSTEM, held=held)


def workforce_made(cast: Cast) -> None:
    """Sessions, credentials, mentoring and contests here and in the other place, for the tests over every route."""
    for place, role, number in (("community", "community_worker", "SG001"), ("far_community", "outsider", "SG002")):
        came(cast, planned(cast, "system", place), role)
        planned(cast, "system", place, title="下月讲座", since=clock.today() + 9 * DAY)
        shown(cast, role, number)
        named = Named(f"帮带人{number}", f"10000770{number[2:]}", f"BD{number}")
        at = cast.places[place].pk
        post_appoint(actor=SYSTEM, appointment=Appointment("community_secretary", at, named=named))
        mentee = str(Person.objects.get(pk=person(cast, role)).staff_number)
        pair = mentoring_begin(actor=SYSTEM, mentor=f"BD{number}", mentee=mentee, since=clock.today() - DAY)
        mentoring_log(actor=SYSTEM, mentoring_id=pair.pk, on=clock.today(), topic="入户走访")
        contest = contested(cast, place)
        entry_record(actor=SYSTEM, contest_id=contest.pk, who="", title="邻里厨房", award="二等奖")
        group = Group(f"QZ-{number}", "学习群", section().levels[0].code, section().platforms[0].code, at)
        group_open(actor=SYSTEM, group=group)
    # Without rules the pages of gaps would be empty.
