"""Code schemes of grids: patterns are matched in one pass, and what would go back is refused with its line."""

from pathlib import Path

import pytest

from linli.records.operations.profiles import profile_check
from linli.territory.sections import CodeScheme


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?=12)[0-9]+", "look-around"),
        (r"([0-9])\\1+", "backreferences"),
        ("[0-9", "unclosed"),
        ("1)|(2", "unopened"),
        ("((a{1000}){1000}){1000}", "size limit"),
        ("1" * 201, "200"),
    ],
)
def test_a_pattern_that_is_not_matched_in_one_pass_is_refused_by_line(
    db: None, tmp_path: Path, pattern: str, reason: str
) -> None:
    text = (
        f'levels: [{{code: "1", label: 网格}}]\n\ncodes:\n  - {{level: "1", length: 3}}\n  - {{pattern: "{pattern}"}}\n'
    )
    (tmp_path / "grids.yaml").write_text(text, "utf-8")
    (fault,) = profile_check(tmp_path)
    assert (fault.file, fault.line, fault.key) == ("grids.yaml", 5, "codes.1.pattern")
    assert reason in fault.message


def test_what_another_engine_would_try_for_ever_ends_at_once() -> None:
    scheme = CodeScheme(pattern="([0-9]+)+")
    assert scheme.allows("1" * 60, "")
    assert not scheme.allows("1" * 60 + "x", "")


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[0-9]{3}", "123", "1234"),
        ("A|B", "B", "AB"),
        (r"\d+", "12", "12\n"),
        ("ZS[0-9]+", "ZS1", "xZS1"),
        ("网格[一二三]", "网格二", "网格四"),
    ],
)
def test_a_pattern_is_held_to_the_whole_code(pattern: str, good: str, bad: str) -> None:
    scheme = CodeScheme(pattern=pattern)
    assert scheme.allows(good, "")
    assert not scheme.allows(bad, "")
