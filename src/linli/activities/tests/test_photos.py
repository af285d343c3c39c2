"""Photos of activities: seen by those who keep them, without where they were taken, and taken away again."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.accounts.testing import Cast
from linli.activities.models import Activity, ActivityPhoto
from linli.activities.operations import photos as operations
from linli.activities.tests.held import GPS, held_made, picture
from linli.core import clock, files
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(cast: Cast) -> Iterator[Activity]:
    with clock.frozen("2026-03-02T10:00"):
        yield held_made(cast, "grid_worker")


def add(desk: Client, row: Activity, *pictures: BytesIO) -> int:
    sent = [SimpleUploadedFile(f"{at}.jpg", item.read(), "image/jpeg") for at, item in enumerate(pictures)]
    return desk.post(f"/activities/{row.pk}/photos/", {"photos": sent}).status_code


def test_a_photo_is_kept_without_where_it_was_taken(cast: Cast, over: Activity) -> None:
    desk = enter(cast, "community_worker")
    assert add(desk, over, picture(1, place=True), picture(2)) == 302
    first, second = over.photos.order_by("pk")
    with Image.open(files.path_of(first.file.sha256)) as kept:
        assert (dict(kept.getexif().get_ifd(GPS)), kept.size) == ({}, (640, 480))
    shown = desk.get(f"/activities/{over.pk}/").content.decode()
    assert [f"/activities/photos/{row.pk}/" in shown for row in (first, second)] == [True, True]
    answer = desk.get(f"/activities/photos/{first.pk}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert desk.post(f"/activities/photos/{first.pk}/remove/").status_code == 302
    assert desk.post(f"/activities/photos/{first.pk}/remove/").status_code == 404
    assert list(over.photos.all()) == [second]
    written = Entry.objects.filter(subject_id=over.pk, operation__contains="photo").order_by("pk")
    assert [row.operation.partition(".")[2] for row in written] == ["photo", "photo", "photo_remove"]


@pytest.mark.parametrize("role", ["outsider", "grid_worker", "resident", "department_handler"])
def test_only_who_keeps_the_activity_sees_its_photos(cast: Cast, over: Activity, role: str) -> None:
    photo = operations.photo_add(actor=SYSTEM, activity_id=over.pk, stream=picture(), name="a.jpg")
    other = enter(cast, role)
    assert other.get(f"/activities/photos/{photo.pk}/").status_code == 404
    assert other.post(f"/activities/photos/{photo.pk}/remove/").status_code == 404
    assert add(other, over, picture(3)) in (403, 404)
    assert ActivityPhoto.objects.count() == 1
    public = Client().get(f"/public/activities/{over.pk}/")
    assert b"/activities/photos/" not in public.content


def test_what_is_no_photo_and_too_many_are_refused(cast: Cast, over: Activity) -> None:
    desk = enter(cast, "community_worker")
    paper = SimpleUploadedFile("a.jpg", b"%PDF-1.4 no picture", "image/jpeg")
    refused = desk.post(f"/activities/{over.pk}/photos/", {"photos": paper})
    assert (refused.status_code, over.photos.count()) == (400, 0)
    for shade in range(operations.MOST):
        operations.photo_add(actor=SYSTEM, activity_id=over.pk, stream=picture(shade), name="a.jpg")
    with pytest.raises(DomainError) as many:
        operations.photo_add(actor=SYSTEM, activity_id=over.pk, stream=picture(99), name="a.jpg")
    assert many.value.code == "activity.photos"
