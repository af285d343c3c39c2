"""The nightly sweep of the file store: what a row or a profile names stays, young contents too, the rest goes."""

import io
import os
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from linli.core import clock, files
from linli.core.actors import SYSTEM
from linli.core.health import stored_files
from linli.core.models import FileRow
from linli.records.operations.contents import contents_sweep
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db
PLACE = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def stored(name: str, *, old: bool = True) -> str:
    sha256 = files.store(io.BytesIO(b"%PDF-" + name.encode())).sha256
    if old:
        long_ago = time.time() - 2 * files.ORPHAN_AFTER.total_seconds()
        os.utime(files.path_of(sha256), (long_ago, long_ago))
    return sha256


def named(sha256: str) -> str:
    FileRow.objects.create(sha256=sha256, name="a.pdf", media_type=files.PDF, size=8, stored=clock.now())
    return sha256


def test_only_old_contents_that_nobody_names_go() -> None:
    kept, logo, former = named(stored("row")), stored("logo"), stored("former")
    for picture in (former, logo):
        content_apply(actor=SYSTEM, content={"place": {**PLACE, "logo": picture}})
    orphan, young = stored("orphan"), stored("young", old=False)
    assert contents_sweep() == 1
    assert [files.present(one) for one in (kept, logo, former, young, orphan)] == [True, True, True, True, False]
    assert contents_sweep() == 0


def test_the_doctor_misses_a_file_that_a_row_names() -> None:
    kept, lost = named(stored("kept")), named(stored("lost"))
    assert files.present(kept)
    assert [finding.code for finding in stored_files()] == []
    files.remove(lost)
    assert [finding.code for finding in stored_files()] == ["files.missing"]
