"""Volunteers of the demo place: a corps with its parts, who joined, projects on their way, posts, support."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.models import Organization
from linli.organizations.operations.recording import organization_record_many
from linli.territory.models import Place
from linli.volunteering.models import Volunteer
from linli.volunteering.operations.claims import project_claim, project_confirm, project_deliver
from linli.volunteering.operations.posts import Opening, Support, post_ask, post_assign, post_open, support_give
from linli.volunteering.operations.projects import (
    Proposal,
    Verdict,
    brand_make,
    micro_post,
    project_propose,
    project_review,
)
from linli.volunteering.operations.teams import membership_add, membership_ask, membership_lead
from linli.volunteering.operations.volunteers import Registration, volunteer_register

PANEL: Final = "街道党工委、社区居委会、居民代表"
NAMES: Final = ("演示志愿者甲", "演示志愿者乙", "演示志愿者丙", "演示志愿者丁", "演示志愿者戊", "演示志愿者己")
SKILLS: Final = (("hair",), ("electric",), ("law", "mediation"), ("medical", "first_aid"), ("teaching",), ("digital",))
SERVICES: Final = ("elders", "neighbours", "safety", "health", "children", "culture")
TIMES: Final = ("weekend_morning", "weekday_evening", "weekend_afternoon")


def volunteering_begin(actors: Mapping[str, Actor]) -> None:
    """Let volunteers register, join teams, claim projects and ask for posts."""
    desk, secretary = actors["shequ"], actors["shuji"]
    home = Place.objects.get(name=HOME)
    corps = _corps(home)
    with days_ago(60):
        people = [_registered(desk, home, at) for at in range(5)]
        for row in people[:4]:
            membership_add(actor=desk, team_id=corps, number=row.number)
        lead = people[0].teams.get()
        membership_lead(actor=desk, membership_id=lead.pk, lead=True)
        support_give(actor=desk, organization_id=_arts(home), support=_given())
    with days_ago(30):
        own = _neighbour(actors["wangge"], home)
        _projects(desk, secretary, home, corps, own)
    with days_ago(1):
        membership_ask(actor=own, team_id=corps)
        _posts(desk, home, own)
        school = Proposal("银发手机课堂", "教老人用手机挂号、缴费、防骗。")
        project_propose(actor=desk, team_id=corps, proposal=school)


def _corps(home: Place) -> int:
    """A corps of the county, a branch of the street and a team of the community; returns the team."""
    (top,) = _team({"name": "演示县志愿服务总队", "level": "总队", "place": home.county_id, "leader": "演示总队长"})
    (branch,) = _team({"name": "演示街道志愿服务支队", "level": "支队", "place": home.street_id, "parent": top})
    team = {"name": "演示社区邻里互助队", "level": "社区队", "place": home.pk, "parent": branch, "kind": "邻里互助"}
    return _team(team)[0]


def _team(row: Mapping[str, object]) -> list[int]:
    return organization_record_many("volunteer_team")(actor=SYSTEM, rows=[row])


def _arts(home: Place) -> int:
    row = {"name": "演示社区书画社", "place": home.pk, "state": "active"}
    (made,) = organization_record_many("social_organization")(actor=SYSTEM, rows=[row])
    return made


def _given() -> Support:
    return Support("venue", "社区二楼活动室每周三下午免费使用", clock.today())


def _form(home: Place, at: int, name: str) -> Registration:
    born = date(1958 + 7 * at, 3, 8)
    return Registration(
        name, f"1000000020{at}", home.pk, born, "", SKILLS[at], (SERVICES[at],), (TIMES[at % 3],), consent=True
    )


def _registered(desk: Actor, home: Place, at: int) -> Volunteer:
    return volunteer_register(actor=desk, form=_form(home, at, NAMES[at]), on_paper=True)


def _neighbour(worker: Actor, home: Place) -> Actor:
    """The grid worker is a volunteer too, after work."""
    volunteer_register(actor=worker, form=_form(home, 5, NAMES[5]))
    return worker


def _projects(desk: Actor, secretary: Actor, home: Place, team: int, own: Actor) -> None:
    """One project graduated; a brand; micro-projects open, claimed and done."""
    lane = project_propose(actor=desk, team_id=team, proposal=Proposal("巷理事", "小巷的事由住在巷子里的人商量着办。"))
    for verdict, words in (("support", "居民有需要，队伍有人手。"), ("graduate", "三条巷子运转满三个月。")):
        project_review(actor=secretary, project_id=lane.pk, verdict=Verdict(verdict, words, PANEL))
    teams = Organization.objects.filter(type="volunteer_team", place__path__startswith=home.path)
    chosen = list(teams.order_by("pk").values_list("pk", flat=True)[:3])
    brand_make(actor=desk, place_id=home.pk, proposal=Proposal("暖心敲门", "每周敲一次独居老人的门。"), team_ids=chosen)
    shelf = micro_post(actor=desk, place_id=home.pk, proposal=Proposal("楼道小书架", "给一号楼大厅做一个书架。"))
    claim = project_claim(actor=own, project_id=shelf.pk)
    project_deliver(actor=own, claim_id=claim.pk, words="书架装好了，摆了六十本书。")
    project_confirm(actor=desk, project_id=shelf.pk, accepted=True)
    due = clock.today() + timedelta(days=60)
    for name, aim in (("修好长椅", "给小花园的长椅换木条。"), ("认领花池", "春天种花，夏天浇水。")):
        last = micro_post(actor=desk, place_id=home.pk, proposal=Proposal(name, aim), due=due)
    project_claim(actor=own, project_id=last.pk)


def _posts(desk: Actor, home: Place, own: Actor) -> None:
    """One post with a holder, one that somebody asks for."""
    held = post_open(actor=desk, place_id=home.pk, opening=Opening("百姓学堂讲师", "每月讲一课。", ["teaching"], 2))
    post_assign(actor=desk, assignment_id=post_ask(actor=own, post_id=held.pk).pk)
    waiting = post_open(actor=desk, place_id=home.pk, opening=Opening("健康有约", "量血压，讲用药。", ["medical"], 3))
    post_ask(actor=own, post_id=waiting.pk)
