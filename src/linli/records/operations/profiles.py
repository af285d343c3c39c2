"""Applying a place profile: each change is an immutable dated version; used codes retire and never vanish."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed
from linli.records import checking, profiles
from linli.records.models import ProfileVersion


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: the version in force and what changed, section by section."""

    version: int
    changed: tuple[str, ...]


def profile_check(folder: Path) -> list[profiles.Fault]:
    """Everything wrong in a profile folder, with file, line and key."""
    data, faults = profiles.read_folder(folder)
    if faults:
        return faults
    between = [_located(folder, fault) for check in _checks for fault in check(data)]
    return between or [_located(folder, fault) for check, _take, _write in _beside for fault in check(folder, data)]


def profile_warnings(folder: Path) -> list[profiles.Fault]:
    """What in a profile folder without faults is allowed and misleads."""
    data, _faults = profiles.read_folder(folder)
    return [_located(folder, fault) for fault in checking.warnings(data)]


def _located(folder: Path, fault: profiles.Fault) -> profiles.Fault:
    """The fault with its line, where its section is one file; several files are one list, in no line of any."""
    path = folder / fault.file
    files = [path] if path.is_file() else list(path.with_suffix("").glob("*.yaml"))
    if len(files) != 1 or files[0].suffix != ".yaml":
        return fault
    file = files[0].relative_to(folder).as_posix()
    return profiles.located(replace(fault, file=file), files[0].read_text("utf-8"))


def content_faults(content: dict[str, Any]) -> list[profiles.Fault]:
    """Everything wrong in content that may come from anywhere: by schema, then between sections."""
    faults = []
    for name, schema in profiles.sections().items():
        try:
            schema.model_validate(content.get(name) or {})
        except ValidationError as error:
            for item in error.errors():
                key = ".".join(str(step) for step in item["loc"])
                faults.append(profiles.Fault(f"{name}.yaml", 1, key, item["msg"]))
    return faults or [fault for check in _checks for fault in check(content)]


_checks: list[Any] = []


def register_check(check: Any) -> None:
    """Let a domain check what a schema cannot (references between sections): data -> faults."""
    _checks.append(check)


_beside: list[tuple[Any, Any, Any]] = []


def register_beside(check: Any, take: Any, write: Any) -> None:
    """Let a domain own files that lie beside the YAML (Word templates): `check` gives their faults from the folder
    and the data, `take` takes them in when the profile is applied, `write` puts them into a folder again.
    """
    _beside.append((check, take, write))


def beside_write(folder: Path) -> None:
    """Put what lies beside the YAML into a folder to which the profile is exported."""
    for _check, _take, write in _beside:
        write(folder)


@transaction.atomic
def profile_apply(*, actor: Actor, folder: Path, dry: bool = False) -> Applied:
    """Put the profile in a folder in force. Applying the same content again changes nothing.

    Raises: profile.faulty with every fault, profile.not_allowed.
    """
    if not (actor.key == "system" or actor.can("system.configure")):
        raise NotAllowed("profile.not_allowed", _("Changing the profile needs a system administrator."))
    faults = profile_check(folder)
    if faults:
        raise InvalidInput("profile.faulty", "\n".join(str(fault) for fault in faults), faults=[str(f) for f in faults])
    data, _faults = profiles.read_folder(folder)
    applied = content_apply(actor=actor, content=lambda held: retiring(held, data), dry=dry)
    for _check, take, _write in _beside if not dry else ():
        take(actor=actor, folder=folder, data=data)
    return applied


def retiring(held: Any, new: Any) -> Any:
    """The new content, in which codes that were in force stay as retired ones: rows may still bear them."""
    if isinstance(held, dict) and isinstance(new, dict):
        return {key: retiring(held[key], value) if key in held else value for key, value in new.items()}
    if isinstance(held, list) and isinstance(new, list):
        known = {item["code"] for item in new if isinstance(item, dict) and "code" in item}
        gone = [item for item in held if isinstance(item, dict) and item.get("code", "") not in {"", *known}]
        by_code = {item["code"]: item for item in held if isinstance(item, dict) and "code" in item}
        kept = [retiring(by_code.get(item.get("code")), item) if isinstance(item, dict) else item for item in new]
        return [*kept, *({**item, "retired": True} for item in gone)]
    return new


Content = dict[str, Any]


def content_apply(
    *, actor: Actor, content: Content | Callable[[Content], Content], dry: bool = False, note: str = ""
) -> Applied:
    """Put profile content in force as a new version, unless it is the one in force already.

    A function gets the content in force, under the lock, and gives the new one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [7301])
        latest = ProfileVersion.objects.order_by("-id").first()
        held = latest.content if latest else {}
        content = content(held) if callable(content) else content
        changed = tuple(sorted(name for name in {*held, *content} if held.get(name) != content.get(name)))
        if latest and not changed:
            return Applied(latest.pk, ())
        if dry:
            return Applied(latest.pk if latest else 0, changed)
        row = ProfileVersion.objects.create(
            content=content,
            digest=profiles.digest(content),
            applied=clock.now(),
            actor=actor.key,
            note=note[:200],
        )
        profiles.unpin()
        journal.write(actor, "profile.apply", ("profile", row.pk), facts={"changed": list(changed)})
        return Applied(row.pk, changed)
