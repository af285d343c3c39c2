"""The pages of training: planned, put down and verified in the browser, few queries, nothing typed is lost."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.organizations.tests.test_pages import enter
from linli.workforce.models import Credential, TrainingAttendance, TrainingSession
from linli.workforce.tests.trained import EVERYBODY, LECTURE, came, person, planned, ruled, workforce_made

pytestmark = pytest.mark.django_db


def test_a_trainer_plans_and_puts_down_who_came_on_one_screen(cast: Cast) -> None:
    ruled(EVERYBODY, LECTURE)
    trainer = enter(cast, "secretary")
    given = {"title": "民法典讲座", "programme": "lecture", "since": f"{clock.today()}", "capacity": "1"}
    given |= {"place": f"{cast.places['community'].pk}"}
    assert trainer.post("/workforce/sessions/new/", {**given, "since": ""}).status_code == 400
    assert trainer.post("/workforce/sessions/new/", given).status_code == 302
    page = f"/workforce/sessions/{TrainingSession.objects.get().pk}/"
    people = trainer.get(f"{page}people/").context["lines"]
    assert {item.name for item, _outcome in people} == {"林晓梅", "何敏", "陈立新"}
    both = {f"person-{person(cast, role)}": "named" for role in ("community_worker", "second_worker")}
    full = trainer.post(f"{page}people/", both)
    assert (full.status_code, sorted(outcome for _item, outcome in full.context["lines"])) == (
        409,
        ["", "named", "named"],
    )
    one = {f"person-{person(cast, 'community_worker')}": "named", "named": "came"}
    assert trainer.post(f"{page}people/", one).status_code == 302
    assert TrainingAttendance.objects.get().outcome == "came"
    gap = trainer.get(f"/workforce/gaps/{cast.places['community'].pk}/").content.decode()
    assert ("何敏" in gap, "林晓梅" in gap) == (True, False)
    own = enter(cast, "community_worker").get("/workforce/").context["page"]
    assert (own.came, own.duties[0].met) == (1, True)


def picture() -> SimpleUploadedFile:
    """A small picture."""
    held = BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, "PNG")
    return SimpleUploadedFile("证书.png", held.getvalue(), "image/png")


def test_a_worker_enters_a_credential_and_another_verifies_it(cast: Cast) -> None:
    worker, officer = enter(cast, "community_worker"), enter(cast, "street_officer")
    given = {"kind": "social_worker", "number": "SG001", "issued": "2025-09-01"}
    assert worker.post("/workforce/credentials/new/", given).status_code == 302
    page = f"/workforce/credentials/{Credential.objects.get().pk}/"
    assert worker.get(f"{page}picture/").status_code == 404
    assert worker.post(f"{page}scan/").status_code == 400
    assert worker.post(f"{page}scan/", {"scan": SimpleUploadedFile("证书.pdf", b"%PDF-1.4")}).status_code == 400
    assert officer.post(f"{page}scan/", {"scan": picture()}).status_code == 403
    assert worker.post(f"{page}scan/", {"scan": picture()}).status_code == 302
    seen = [enter(cast, role).get(f"{page}picture/").status_code for role in ("community_worker", "street_officer")]
    hidden = [enter(cast, role).get(f"{page}picture/").status_code for role in ("secretary", "second_worker", "leader")]
    assert (seen, hidden) == ([200, 200], [404, 404, 404])
    assert worker.post(f"{page}verify/").status_code == 409
    assert officer.post(f"{page}refuse/", {"reason": " "}).status_code == 400
    assert page in officer.get("/").content.decode()
    assert officer.post(f"{page}verify/").status_code == 302
    # Once it is decided nobody needs the picture.
    assert (Credential.objects.get().state, Credential.objects.get().scan) == ("verified", None)
    assert worker.get(f"{page}picture/").status_code == 404
    assert enter(cast, "secretary").get(page).status_code == 404


def test_pages_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    ruled(EVERYBODY, LECTURE)
    workforce_made(cast)
    for _number in range(20):
        came(cast, planned(cast), "community_worker", "second_worker")
    client = enter(cast, "street_officer")
    for address in ("", "sessions/", "gaps/", "credentials/", "mentorings/", "contests/"):
        client.get(f"/workforce/{address}")
        with django_assert_max_num_queries(16):
            assert client.get(f"/workforce/{address}").status_code == 200
