"""The front of the console script: what it lists, what it refuses, how faults are said."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from linli import cli
from linli.core import cluster
from linli.core.errors import InvalidInput, RuleBroken


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let every command end with the given exception."""
    monkeypatch.setattr(cli, "prepare", lambda name, asks_help=False: None)

    def set_error(error: BaseException) -> None:
        def dispatch(name: str, words: Any) -> None:
            raise error

        monkeypatch.setattr(cli, "dispatch", dispatch)

    return set_error


def test_every_command_has_a_line_in_both_languages() -> None:
    commands = dict(cli.own_commands())
    assert {"serve", "worker", "stop", "doctor", "backup", "restore", "migrate", "init"} <= set(commands)
    for name, text in commands.items():
        chinese, _, english = text.partition(" / ")
        assert any("一" <= sign <= "鿿" for sign in chinese), name
        assert english.isascii(), name
        assert english, name
        assert f"  {name} " in cli.overview()


def test_help_and_unknown_names_start_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL")
    assert cli.run("figurs", []) == 2
    assert "figurs" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("name", "started"), [("doctor", True), ("serve", False), ("stop", False), ("restore", False)])
def test_cluster_is_started_only_for_commands_that_need_it(
    name: str, started: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []

    def environment(data: Path) -> dict[str, str]:
        calls.append(data)
        return {"DATABASE_URL": "postgres://started@/x"}

    monkeypatch.setattr(cluster, "environment", environment)
    # Kept by hand, because prepare() changes the environment itself.
    before = dict(os.environ)
    try:
        os.environ.pop("DATABASE_URL")
        os.environ["LINLI_DATA"] = str(tmp_path)
        cli.prepare(name)
        assert os.environ["DATABASE_URL"].startswith("postgres://started" if started else "postgres://linli_app")
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert bool(calls) is started


@pytest.mark.parametrize(("name", "role"), [("migrate", "owner"), ("init", "owner"), ("doctor", None)])
def test_owner_speaks_only_where_tables_are_made(name: str, role: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(os.environ)
    try:
        os.environ.pop("LINLI_DATABASE_ROLE", None)
        cli.prepare(name)
        assert os.environ.get("LINLI_DATABASE_ROLE") == role
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_refusal_is_one_line(raising: Any, capsys: pytest.CaptureFixture[str]) -> None:
    raising(RuleBroken("case.closed", "The case %(number)s is closed.", number="7"))
    assert cli.run("doctor", []) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "case.closed: The case 7 is closed.\n")


def test_refusal_is_one_document_with_json(raising: Any, capsys: pytest.CaptureFixture[str]) -> None:
    raising(InvalidInput("profile.faulty", "Faulty."))
    assert cli.run("doctor", ["--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "profile.faulty"
    assert said.err == ""


def test_command_may_choose_its_exit_status(raising: Any) -> None:
    error = InvalidInput("import.unreadable", "Unreadable.")
    error.exit_status = 2  # type: ignore[attr-defined]
    raising(error)
    assert cli.run("doctor", []) == 2


def test_cluster_trouble_is_said_like_any_other(raising: Any, capsys: pytest.CaptureFixture[str]) -> None:
    raising(cluster.ClusterError("cluster.no_postgres", "none"))
    assert cli.run("doctor", ["--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == {"code": "cluster.no_postgres", "message": "none"}


def test_a_place_without_tables_is_told_what_to_do(raising: Any, capsys: pytest.CaptureFixture[str]) -> None:
    error = ProgrammingError("relation does not exist")
    error.__cause__ = UndefinedTable()
    raising(error)
    assert cli.run("doctor", ["--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "database.empty"
    raising(ProgrammingError("syntax error"))
    with pytest.raises(ProgrammingError):
        cli.run("doctor", [])


def test_programmer_faults_keep_their_traceback(raising: Any) -> None:
    raising(AssertionError("a fault"))
    with pytest.raises(AssertionError):
        cli.run("doctor", [])
