"""`linli init`: an empty installation becomes a place once, and another place only where somebody says so."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from linli.core.errors import RuleBroken
from linli.records import profiles
from linli.records.models import ProfileVersion
from linli.records.sections import PlaceSection

pytestmark = pytest.mark.django_db


def profile(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "place.yaml").write_text(text, "utf-8")
    return folder


def init(folder: Path) -> None:
    call_command("init", "--profile", str(folder), stdout=io.StringIO())


def test_a_place_is_made_once_and_made_again_without_a_change(tmp_path: Path) -> None:
    folder = profile(tmp_path / "one", 'name: 甲\nroot: "990901"\n')
    init(folder)
    init(folder)
    assert profiles.current().section(PlaceSection).name == "甲"
    assert ProfileVersion.objects.count() == 1


def test_another_place_is_refused_with_the_way_to_do_it(tmp_path: Path) -> None:
    init(profile(tmp_path / "one", 'name: 甲\nroot: "990901"\n'))
    for folder in (profile(tmp_path / "two", 'name: 乙\nroot: "990902"\n'), profile(tmp_path / "bare", "levels: []\n")):
        with pytest.raises(RuleBroken) as refused:
            init(folder)
        assert refused.value.code == "profile.other_place"
        assert f"linli profile apply {folder}" in refused.value.sentence
        assert "甲" in refused.value.sentence
    assert ProfileVersion.objects.count() == 1
    call_command("profile", "apply", str(folder), stdout=io.StringIO())
    assert ProfileVersion.objects.count() == 2


def test_a_later_state_of_the_same_place_is_applied(tmp_path: Path) -> None:
    init(profile(tmp_path / "one", 'name: 甲\nroot: "990901"\n'))
    init(profile(tmp_path / "new", 'name: 甲新\nroot: "990901"\n'))
    assert ProfileVersion.objects.count() == 2
