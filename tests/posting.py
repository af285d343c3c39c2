"""What the tests over every route send: values that its form would take, so that only policy refuses them."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from tests import domains
from tests.world import World

from linli.accountability.documents.drafting import drafted
from linli.accountability.tests.forms_made import basics
from linli.core import clock
from linli.deliberation.tests import polled, sittings
from linli.mediation.models import MediationSession
from linli.publishing.periods import period_of
from linli.publishing.tests import library

WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("text", "reason", "result", "note", "remark", "pasted"), "楼道灯已经更换,请查看"),
    **dict.fromkeys(("name", "title", "label", "display_name", "reporter_name"), "春晓新名"),
    **dict.fromkeys(("on", "since", "as_of", "day"), "2026-03-10"),
    "until": "2026-03-20",
    "starts": "2026-03-12T09:00",
    "ends": "2026-03-12T17:00",
    "version": "1",
    "days": "5",
    "category": "lighting",
    "urgency": "normal",
    "outcome": "resolved",
    "source": "window",
    "channel": "phone",
    "language": "en",
    "solved": "yes",
    "satisfied": "5",
    "stars": "5",
    "reached": "1",
    "public": "1",
    "cleared": "1",
    "locked": "1",
    "do": "start",
    "verb": "accept",
    "key": "k1",
    "working": "rest",
    "current": "",
    "next": "/",
    "newest": "999999",
}


REPORT: Final = "工作月报\n诉求{{matters.all}}。\n某部\n{{日期}}"
ASK: Final = {
    "level": "county",
    "ground": "统计办法",
    "period": "once",
    "due": "2099-01-05",
    "valid_from": "2026-03-01",
    "valid_until": "2099-12-31",
    "retention_days": "30",
    "asker": "县民政局",
    "fields_asked": "网格数",
    "emergency": "",
}
SURVEY: Final = {"asked": "20", "answered": "10", "satisfied": "8", "source": ""}


def sent(world: World, route: str) -> Any:
    """What is sent to a route: everything plausible at once, and over it what the route alone wants."""
    cast = world.cast
    everything = {
        **WORDS,
        "place": cast.places["compound"].pk,
        "organization": cast.bodies["other_department"].pk,
        "lead": cast.bodies["department"].pk,
        "regions": "0.1,0.1,0.4,0.4",
    }
    if not world.sends:
        # Made once: some of it are whole workbooks.
        world.sends = {**_own(world), **_own_of_bodies(world), **_own_of_places(world)}
        for part in domains.PARTS:
            world.sends |= part.sent(world)
    own = world.sends.get(route, {})
    return own if route.startswith("api/") else {**everything, **own}


def _own(world: World) -> dict[str, Any]:
    cast, matters = world.cast, world.matters
    case = world.case("received")
    notice = {"place": cast.places["community"].pk, "audience": "everybody", "up_until": ""}
    return {
        "assessments/new/": {"scheme": "units", "place": cast.places["county"].pk},
        "assessments/parts/<pk>/": {"points": "50", "words": ""},
        "assessments/objections/<pk>/": {"verdict": "dismiss"},
        "assessments/assessed/<pk>/say/<verb>/": {"criterion": "own"},
        "inspections/plan/<pk>/": {
            "kind": "cross",
            "due": "2999-01-05",
            "units": [cast.bodies["street_office"].pk, cast.bodies["far_street_office"].pk],
        },
        "api/v1/cases": {"text": "路灯不亮", "place_id": cast.places["compound"].pk},
        "api/v1/cases/batch": [{"text": "路灯不亮", "place_id": cast.places["compound"].pk}],
        "api/v1/cases/<pk>/<verb>": {"values": {"result": "已经更换", "outcome": "resolved"}},
        "cases/<pk>/do/<verb>": {"version": ""},
        "cases/<pk>/ratings/<rating>/": {"reached": "0"},
        "cases/<pk>/told/": {"outcome": "in_person", "state": ""},
        "cases/<pk>/offers/": {"offer": world.offer, "result": "helped", "note": ""},
        "cases/<pk>/attach/": {"files": world.photo()},
        "properties/<code>/<pk>/": {"doorstep": "venues"},
        "cases/bursts/draw/": {"case": case.pk},
        "cases/bulk/": {"pick": [f"{case.pk}:{case.version}"]},
        "cases/patrol/": {"place": cast.places["grid"].pk},
        "cases/desk/": {"kind": "problem"},
        "cases/filters/": {"rest": "urgency=urgent"},
        "public/cases/": {"number": matters["received"].number, "code": matters["received"].code},
        "public/report/": {"kind": "problem"},
        "public/complaint/": {"complained_of": cast.bodies["department"].pk},
        "public/r/<code>/": {"kind": "problem"},
        "accounts/first/": {"username": "x", "code": "x", "password": "x"},
        "messages/settings/": {"channel": "", "address": "", "pace": "digest"},
        "imports/upload/": {"files": SimpleUploadedFile("表.csv", "楼栋,户数\n2号楼,30\n".encode())},
        "imports/uploads/<pk>/map/<file>/<table>/": {"save": "1"},
        "settings/profile/<name>/apply/": {"text": "reopen_days: 20\n", "version": world.version()},
        "open311/v2/requests.<form>": {
            "api_key": world.tokens["key"],
            "service_code": "lighting",
            "description": "路灯不亮",
            "address_id": cast.places["compound"].pk,
        },
        "api-keys/": {"owner": "县热线", "grants": ["read"], "place": cast.places["county"].pk},
        "api-keys/webhooks/": {"address": "https://h.example/", "wants": ["done"], "place": cast.places["county"].pk},
        "asks/new/": {"office": f"body-{cast.bodies['department'].pk}", **ASK, "places": [cast.places["community"].pk]},
        "asks/received/": {
            **ASK,
            "place": cast.places["community"].pk,
            "file": SimpleUploadedFile("季报.xlsx", basics()),
        },
        "asks/<pk>/<verb>/": {"version": "", "due": "2099-01-05", "reason": "不再需要"},
        "disclosure/new/<item>/": {**notice, "since": "", "until": ""},
        "disclosure/<pk>/correct/": {**notice, "takes_out": []},
        "disclosure/questions/<pk>/": {"private_reason": ""},
        **sittings.sent(cast),
        "polls/new/": polled.sent(cast),
        "polls/<pk>/change/": polled.sent(cast),
        "polls/<pk>/step/": {"version": "2", "step": ""},
        "polls/<pk>/<verb>/": {"version": "2"},
        "polls/<pk>/electorate/": {"posts": "community_worker"},
        "polls/<pk>/proxies/": {"giver": "1", "holder": "2", "file": world.photo()},
        "public/polls/<pk>/vote/": {"code": "ABCDEFGHJK"},
        "funds/new/": {
            "place": cast.places["compound"].pk,
            "organization": cast.bodies["community_office"].pk,
            "opens_on": period_of("quarter", clock.today())[0].isoformat(),
            "opening": "0",
        },
        "funds/<pk>/enter/": {
            "kind": "parking",
            "amount": "5",
            "day": clock.today().isoformat(),
            "purpose": "车位",
            "party": "",
        },
        "funds/<pk>/count/": {"purpose": "close", "counted": "0", "organization": "", "note": ""},
        "bodies/new/": {"place": cast.places["compound"].pk, "kind": "property_committee", "proposed_by": "residents"},
        "bodies/<pk>/<verb>/": {"kind": "term"},
        "bodies/elections/<pk>/<verb>/": {"role": "member"},
        **_own_of_mediations(),
        "conventions/new/": {"place": cast.places["community"].pk, "kind": "residents"},
        "conventions/<pk>/text/": {"version": "1", "kind": "residents"},
        "conventions/<pk>/<verb>/": {"until": "2099-01-05"},
        "conventions/comments/<pk>/": {"how": "answer", "answer": "已经写进第三条。", "clause": ""},
        "public/conventions/<pk>/convention/": {"position": "3"},
        "topics/new/": {
            "place": cast.places["community"].pk,
            "source": "body",
            "catalogue": "",
            "case": "",
            "forum": "",
        },
        "topics/<pk>/<verb>/": {"procedure": "consultation", "tier": ""},
        "topics/steps/<pk>/<verb>/": {"files": world.photo()},
        "topics/resolutions/<pk>/tasks/": {"owner": cast.bodies["department"].pk, "due": clock.today().isoformat()},
        "documents/new/": library.sent(cast),
        "documents/<pk>/correct/": library.sent(cast, "某办〔2026〕98号"),
        "documents/<pk>/successor/": library.sent(cast, "某办〔2026〕97号"),
        "documents/<pk>/attach/": {"files": world.photo()},
        "documents/<pk>/<verb>/": {"successor": "某办〔2026〕8号", "valid_until": "2099-01-01"},
        "asks/answers/<pk>/": {"version": "1", "do": "save", "v:t0!1,1": "3"},
        "figures/surveys/new/": {"place": cast.places["community"].pk, **SURVEY},
        "figures/surveys/<pk>/": {"place": cast.places["community"].pk, **SURVEY},
        "reports/new/": {"place": cast.places["community"].pk, "label": "月报", "text": REPORT, "file": ""},
        "reports/<code>/": {"version": "1", "p3": "诉求{{matters.all}}。"},
        "reports/<code>/upload/": {"version": "1", "file": SimpleUploadedFile("a.docx", drafted(REPORT))},
        "reports/<code>/issue/": {"version": "1", "at": "", "scope": cast.places["community"].code},
        "figures/new/": {"keep": "1", "id": "matters.more", "of": "case", "period": "as_of", "measure": "count"},
        "me/password/": {"current": world.password, "new": "einanderes-passwort-9"},
        "security/accounts/issue/": {"post": [cast.posts["grid_worker"].pk]},
    }


def _own_of_mediations() -> dict[str, Any]:
    session = MediationSession.objects.filter(held=False).order_by("pk")[0]
    parties = list(session.mediation.parties.order_by("pk").values_list("pk", flat=True))
    day = clock.today().isoformat()
    said = {"liability": "各自承担一半。", "content": "各修一半。"}
    promised = {"i0-act": "修好水管", "i0-due": "2099-01-05", "i0-party": parties[0]}
    return {
        "mediations/new/": {
            **{"place": session.place_id, "kind": "neighbours", "source": "party", "facts": "楼上漏水。"},
            **{"name_1": "秦可卿", "name_2": "贾蓉生"},
        },
        "mediations/<pk>/<verb>/": {"on": "2026-03-12", "starts": "09:00", "venue": "社区调解室"},
        "mediations/<pk>/agreement/": {"form": "oral", "reached_on": day, **said, **promised},
        "mediations/parties/<pk>/consent/": {"agrees": "yes"},
        "mediations/sessions/<pk>/record/": {"on": day, "came": parties, "record": "愿意各让一步。"},
    }


def _own_of_bodies(world: World) -> dict[str, Any]:
    cast, places = world.cast, world.cast.places
    grid = places["grid"].pk
    offered = {"organization": cast.bodies["community_office"].pk, "kind": "", "category": ""}
    return {
        "organizations/new/": {"type": "volunteer_team", "place": places["community"].pk, "kind": ""},
        "organizations/<pk>/change/": {"kind": ""},
        "organizations/<pk>/move/": {"parent": cast.bodies["street_office"].pk},
        "organizations/<pk>/seats/": {"member": cast.bodies["other_department"].pk},
        "organizations/<pk>/end/": {"successor": ""},
        "organizations/<pk>/grids/": {"grid": grid, "members": "2"},
        "organizations/groups/new/": {"kind": "ten_household", "place": grid, "lead": ""},
        "organizations/offers/new/": offered,
        "organizations/posts/appoint/": {"kind": "grid_worker", "place": places["second_grid"].pk, "organization": ""},
        "organizations/posts/confirm/": {"post": [world.loose]},
        "organizations/posts/<pk>/end/": {"successor": ""},
        "organizations/posts/<pk>/stand-in/": {"person": cast.posts["grid_lead"].person_id},
        "organizations/duty/": {"post": cast.posts["grid_worker"].pk, "kind": "day"},
    }


def _own_of_places(world: World) -> dict[str, Any]:
    places = world.cast.places
    return {
        "territory/<pk>/new/": {"type": "grid", "kind": "", "code": "CX199"},
        "territory/<pk>/hub/": {"served": places["second_community"].pk},
        "territory/<pk>/checklist/": {"item": ["gates"]},
        "territory/<pk>/merge/": {"places": [places["second_grid"].pk]},
        "territory/<pk>/split/": {
            "first_name": "春晓甲社区",
            "first_code": "990901001011",
            "second_name": "春晓乙社区",
            "second_code": "990901001012",
            **{f"child_{place.pk}": "first" for place in places.values()},
        },
        "territory/boundaries/": {
            "file": SimpleUploadedFile("b.geojson", b'{"type":"FeatureCollection","features":[]}')
        },
    }
