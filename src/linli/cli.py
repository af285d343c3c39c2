"""The console script `linli`: a thin front to Django's commands, which live in the apps.

It finds the command, gives it a database and turns refusals into one line or one JSON document.
What a command does is in its own file, `<app>/management/commands/<name>.py`.
"""

import ast
import json
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import django
from django.core import management
from django.core.exceptions import ImproperlyConfigured
from django.core.management import find_commands
from django.core.management.base import CommandError, SystemCheckError
from django.db import OperationalError, ProgrammingError, connections
from psycopg.errors import UndefinedTable

from linli.core import cluster
from linli.core.errors import DomainError
from linli.core.loading import loading

HERE: Final = Path(__file__).parent
# These speak as the owner of the tables; everything else as the lesser role, which reads and writes rows.
AS_OWNER: Final = {"migrate", "init", "demo", "restore", "backup", "makemigrations", "sqlmigrate", "dbshell"}
# What Django and the installed packages bring that an operator may need; not part of `linli --help`.
FOREIGN: Final = {"changepassword", "collectstatic", "createsuperuser", "procrastinate"}
# These either need no database or look after the cluster themselves.
WITHOUT_CLUSTER: Final = {"serve", "stop", "restore", "collectstatic", "makemessages", "compilemessages"}

EMPTY: Final = "这里还没有数据表，请先运行 linli migrate / There are no tables here yet: run `linli migrate` first."


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit status."""
    words = list(sys.argv[1:] if words is None else words)
    if not words or words[0] in {"help", "-h", "--help"}:
        sys.stdout.write(overview())
        sys.exit(0)
    if words[0] == "--version":
        sys.stdout.write(f"linli {metadata.version('linli')}\n")
        sys.exit(0)
    sys.exit(run(words[0], words[1:]))


def run(name: str, words: Sequence[str]) -> int:
    """Run a command by its name; the answer is the exit status.

    Refusals become one line `code: message` on stderr, or with --json one document on stdout.
    Programmer faults keep their traceback.
    """
    as_json = "--json" in words
    try:
        check_name(name)
        prepare(name, asks_help=bool({"-h", "--help"} & set(words)))
        dispatch(name, words)
    except DomainError as error:
        return refuse(error.as_dict(), str(error), as_json=as_json, status=getattr(error, "exit_status", 1))
    except cluster.ClusterError as error:
        return refuse({"code": error.code, "message": error.message}, str(error), as_json=as_json)
    except SystemCheckError as error:
        return refuse({"code": "check", "message": str(error)}, str(error), as_json=as_json)
    except CommandError as error:
        return refuse(
            {"code": "command", "message": str(error)},
            f"{name}: {error}",
            as_json=as_json,
            status=error.returncode,
        )
    except (ImproperlyConfigured, OperationalError, ProgrammingError) as error:
        code, message = explained(error)
        return refuse({"code": code, "message": message}, f"{code}: {message}", as_json=as_json)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`head`, say) has gone; Python would complain once more while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def explained(error: Exception) -> tuple[str, str]:
    """The code and the words of what is wrong with settings or database; a programmer's fault is raised again."""
    if isinstance(error, ImproperlyConfigured):
        return "settings", str(error).strip()
    if isinstance(error.__cause__, UndefinedTable):
        return "database.empty", EMPTY
    if isinstance(error, ProgrammingError):
        raise error
    return "database", str(error).strip()


def check_name(name: str) -> None:
    """Refuse a command that does not exist before anything is started for it."""
    known = {own for own, _ in own_commands()} | FOREIGN | set(find_commands(management.__path__[0]))
    if name not in known:
        raise CommandError(f"there is no command {name!r}; `linli --help` lists them", returncode=2)


def prepare(name: str, *, asks_help: bool = False) -> None:
    """Set the environment that the settings read: data folder, addresses and role.

    With no DATABASE_URL the private cluster is started, unless the command has no use for it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    data = Path(os.environ.setdefault("LINLI_DATA", "./var")).resolve()
    os.environ["LINLI_DATA"] = str(data)
    if name in AS_OWNER:
        os.environ.setdefault("LINLI_DATABASE_ROLE", "owner")
    if "DATABASE_URL" not in os.environ:
        idle = asks_help or name in WITHOUT_CLUSTER
        os.environ.update(cluster.addresses(data) if idle else cluster.environment(data))


def dispatch(name: str, words: Sequence[str]) -> None:
    """Find the command and let it run; faults come out as exceptions."""
    with loading():
        django.setup()
    app = management.get_commands()[name]
    command = management.load_command_class(app, name)
    # Django sets this in run_from_argv, which we do not use because it formats errors itself.
    vars(command)["_called_from_command_line"] = True
    parser = command.create_parser("linli", name)
    options = vars(parser.parse_args(list(words)))
    try:
        command.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()


def refuse(error: dict[str, Any], line: str, *, as_json: bool, status: int = 1) -> int:
    """Say what went wrong, in the form that was asked for."""
    if as_json:
        sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(line.rstrip() + "\n")
    return status


def overview() -> str:
    """Every command of Linli's own, with one line each; read from the files, so that nothing has to start."""
    rows = sorted(own_commands())
    width = max((len(name) for name, _ in rows), default=0)
    lines = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in rows)
    return f"用法 Usage: linli 命令 COMMAND [--help]\n\n{lines}\n"


def own_commands() -> Iterator[tuple[str, str]]:
    """The name of each command in an app of Linli's, and the text of its `help`."""
    for path in HERE.glob("*/management/commands/*.py"):
        if not path.stem.startswith("_"):
            yield path.stem, summary_of(path)


def summary_of(path: Path) -> str:
    """The `help = "..."` of the Command class in a file; empty where it is not a plain text."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ClassDef) or node.name != "Command":
            continue
        for line in node.body:
            if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "help":
                return str(ast.literal_eval(line.value))
    return ""
