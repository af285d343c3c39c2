"""The original of a blurred photo: for the desk with a reason that is logged, for nobody else, and not for ever."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from linli.accounts.models import Look
from linli.cases.models import Attachment, Case
from linli.cases.operations.forgetting import reporter_left, reporters_forget
from linli.cases.operations.originals import original_look
from linli.cases.tests.test_pages import Enter, enter  # noqa: F401  the fixture
from linli.cases.tests.town import Town, create_for
from linli.core import clock, files
from linli.core.errors import InvalidInput, NotFound
from linli.core.models import Entry, FileRow

REGIONS = {"regions": "0.1,0.1,0.5,0.5"}


@pytest.fixture
def desk(town: Town, enter: Enter) -> Client:  # noqa: F811
    return enter("community_worker", town.community, town.office)


def taken(town: Town) -> Attachment:
    """A photo of a matter that the electricians handle."""
    stream = io.BytesIO()
    Image.effect_noise((200, 150), 90).convert("RGB").save(stream, "PNG")
    stream.seek(0)
    create_for(town, "taken", photos=[stream], phone="10012345678")
    return Attachment.objects.select_related("file").get()


def blur(desk: Client, row: Attachment) -> None:
    assert desk.post(f"/cases/attachments/{row.pk}/blur/", REGIONS).status_code == 302
    row.refresh_from_db()


def content(client: Client, row: Attachment) -> bytes:
    return b"".join(client.get(f"/cases/attachments/{row.pk}/"))


def test_the_desk_sees_the_original_with_a_reason_that_is_logged(town: Town, desk: Client) -> None:
    row = taken(town)
    before, address = files.path_of(row.file.sha256).read_bytes(), f"/cases/attachments/{row.pk}/original/"
    assert desk.post(address, {"reason": "核实"}).status_code == 404, "nothing was blurred yet"
    assert address not in desk.get(f"/cases/attachments/{row.pk}/blur/").content.decode()
    blur(desk, row)
    assert address in desk.get(f"/cases/attachments/{row.pk}/blur/").content.decode()
    shown = desk.post(address, {"reason": "核实车牌"})
    assert (shown.status_code, b"".join(shown)) == (200, before)
    assert "no-store" in shown["Cache-Control"]
    look = Look.objects.get()
    assert (look.subject_type, look.subject_id, look.reason) == ("attachment", row.pk, "核实车牌")
    assert Entry.objects.filter(operation="case.look_original", facts__attachment=row.pk).count() == 1
    assert desk.get(address).status_code == 405
    assert content(desk, row) != before


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_is_refused(town: Town, desk: Client, reason: str) -> None:
    row = taken(town)
    blur(desk, row)
    assert desk.post(f"/cases/attachments/{row.pk}/original/", {"reason": reason}).status_code == 400
    with pytest.raises(InvalidInput, match=r"look\.reason_missing"):
        original_look(actor=town.desk, attachment_id=row.pk, reason=reason)
    assert not Look.objects.exists()


def test_nobody_else_sees_the_original(town: Town, desk: Client, enter: Enter) -> None:  # noqa: F811
    row = taken(town)
    before = files.path_of(row.file.sha256).read_bytes()
    blur(desk, row)
    power = enter("department_handler", town.county, town.power)
    assert content(power, row) not in (before, b"")
    for who in (power, enter("community_worker", town.elsewhere)):
        assert who.post(f"/cases/attachments/{row.pk}/original/", {"reason": "看看"}).status_code == 404
    for actor in (town.electrician, town.outsider):
        with pytest.raises(NotFound):
            original_look(actor=actor, attachment_id=row.pk, reason="看看")
    assert not Look.objects.exists()


def test_blurred_twice_keeps_the_first_original(town: Town, desk: Client) -> None:
    row = taken(town)
    first = row.file_id
    for _time in range(2):
        blur(desk, row)
    assert (row.original_id, row.file_id == first) == (first, False)


@pytest.mark.parametrize(("state", "kept"), [("closed", False), ("taken", True)])
def test_the_original_goes_when_reporters_are_forgotten(
    town: Town, desk: Client, state: str, kept: bool, django_capture_on_commit_callbacks: Any
) -> None:
    row = taken(town)
    original, sha256 = row.file_id, row.file.sha256
    blur(desk, row)
    Case.objects.update(state=state, received_on=date(2020, 1, 1), closed_on=date(2020, 2, 1))
    with django_capture_on_commit_callbacks(execute=True):
        reporters_forget()
    row.refresh_from_db()
    assert (row.original_id == original, FileRow.objects.filter(pk=original).exists()) == (kept, kept)
    assert files.intact(sha256) is kept
    assert content(desk, row)


def test_an_original_that_another_photo_shows_stays_there(
    town: Town, desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = taken(town)
    original, sha256 = row.file_id, row.file.sha256
    blur(desk, row)
    Attachment.objects.create(case_id=row.case_id, file_id=original, at=clock.now(), actor="user:1")
    user = row.case.reporters.get()
    user.user_id = 77
    user.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert reporter_left(user_id=78) == 0
        row.refresh_from_db()
        assert row.original_id == original
        assert reporter_left(user_id=77) == 1
    assert Attachment.objects.get(pk=row.pk).original_id is None
    assert files.intact(sha256)
    assert FileRow.objects.filter(pk=original).exists()
