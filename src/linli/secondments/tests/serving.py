"""People who are sent, for the tests: a place with rules, somebody in post, and who keeps and confirms."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.models import User
from linli.accounts.operations.issuing import person_account
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.calendar import add_months
from linli.organizations.operations.people import Named
from linli.records.operations.profiles import content_apply
from linli.secondments.models import Secondment
from linli.secondments.operations.months import month_confirm, month_state
from linli.secondments.operations.reviews import Review, review_write
from linli.secondments.operations.selections import Call, selection_open
from linli.secondments.operations.terms import Sending, secondment_begin
from linli.secondments.operations.work_lists import Issue, work_list_issue

FOUR: Final = ("party_membership", "payroll", "management", "assessment")
FIRST: Final = {
    **{"code": "first_secretary", "label": "第一书记", "post": "first_secretary", "term_months": 12, "fixed": True},
    **{"days_a_month": 22, "insurance": 1_000_000, "fund": 10_000, "transfers": list(FOUR)},
    "visits_a_quarter": 1,
}
POST: Final = {
    **{"code": "first_secretary", "label": "第一书记", "at": ["community"]},
    "abilities": ["cases.view", "territory.view", "secondments.serve"],
}
ROLES: Final = [FIRST, {"code": "young", "label": "年轻干部"}]
# A term of a year that began in autumn; the tests stand in March.
SINCE: Final = date(2025, 10, 13)


def ruled() -> None:
    """Put the rules of the place in force, beside what the profile holds already."""

    def content(held: Mapping[str, Any]) -> dict[str, Any]:
        posts = held.get("posts") or {}
        kinds = [kind for kind in posts.get("kinds", []) if kind["code"] != POST["code"]]
        return {**held, "posts": {**posts, "kinds": [*kinds, POST]}, "secondments": {"roles": ROLES}}

    content_apply(actor=SYSTEM, content=content)


def sending(cast: Cast, place: str = "community", **more: Any) -> Sending:
    """Somebody sent by the water office."""
    given: dict[str, Any] = {
        **{"role": "first_secretary", "since": SINCE, "named": Named("严派驻", "10000007001", "PZ001")},
        **{"sender_id": cast.bodies["other_department"].pk, "category": "county"},
        **{"target": "建强组织", "duty": "指导社区党组织"},
    }
    return Sending(place_id=cast.places[place].pk, **{**given, **more})


def served(cast: Cast, place: str = "community", *, actor: Actor = SYSTEM, **more: Any) -> Secondment:
    """A term that has begun."""
    return secondment_begin(actor=actor, sending=sending(cast, place, **more))


def actor_for(row: Secondment) -> Actor:
    """Whoever serves the term, as they sign in."""
    return actor_of(user_of(row))


def user_of(row: Secondment) -> User:
    """The account of whoever serves the term."""
    return User.objects.filter(person_id=row.person_id).first() or person_account(actor=SYSTEM, person_id=row.person_id)


def secondments_made(cast: Cast) -> None:
    """Terms with months, tasks and a selection here and in the other place, for the tests over every route."""
    ruled()
    for number, (place, street) in enumerate((("community", "street"), ("far_community", "far_street"))):
        month = add_months(clock.today().replace(day=1), -1)
        named = Named(f"严派驻{number}", f"1000000700{number}", f"PZ00{number}")
        row = served(cast, place, named=named, since=add_months(month, -3), sender_id=None, unit="县水务局")
        for back in (1, 0):
            given = month_state(actor=actor_for(row), secondment_id=row.pk, month=add_months(month, -back), days=20)
        month_confirm(actor=SYSTEM, month_id=given.pk)
        for note in ("走访扎实", "会议偏少"):
            review_write(actor=SYSTEM, secondment_id=row.pk, review=Review(clock.today(), note=note))
        until = clock.today() + timedelta(days=20)
        issue = Issue(cast.places[street].pk, "工作清单", clock.today(), until, until, ["走访", "议事"])
        work_list_issue(actor=SYSTEM, issue=issue)
        for title in ("选派一", "选派二"):
            selection_open(actor=SYSTEM, call=Call(cast.places[street].pk, title, "first_secretary", 2, "标准"))
