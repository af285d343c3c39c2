"""What two places name without saying what it is made of: labels that records bear, and the five forces of a patrol."""

from pathlib import Path

import pytest

from linli.records import profiles
from linli.records.added import dimensions
from linli.records.operations.profiles import profile_check

PROFILES = Path(__file__).parents[4] / "profiles"
LABELS = {
    "xingang": {"one_one_three": "one_one_three_label", "self_government_together": "self_government_together_label"},
    "dafang": {
        "two_leads_three_governances": "two_leads_three_governances_label",
        "whole_area": "whole_area_label",
    },
}


@pytest.mark.parametrize("place", LABELS)
def test_matters_and_activities_bear_the_labels_of_a_place(db: None, place: str) -> None:
    """S3-033, S2-031: one value for each label, which says that its components are not known."""
    folder = PROFILES / place
    data, faults = profiles.read_folder(folder)
    assert [*faults, *profile_check(folder)] == []
    with profiles.tried(data):
        for kind in ("case", "activity"):
            added = {item.code: item.choices for item in dimensions(kind) if item.code in LABELS[place]}
            assert {code: [value for value, _label in choices] for code, choices in added.items()} == {
                code: [component] for code, component in LABELS[place].items()
            }
            assert all("未载明" in label for choices in added.values() for _value, label in choices)
