"""Changing one section of the profile in the browser: tried first, then applied as a new version; going back to one."""

import difflib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, Stale
from linli.records import profiles, writing
from linli.records.models import ProfileVersion
from linli.records.operations.profiles import Applied, content_apply, content_faults, retiring

ABILITY = "system.configure"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a text would do: its faults, the lines that change, and the codes that would retire."""

    text: str
    data: dict[str, Any]
    faults: list[profiles.Fault]
    diff: list[str]
    retired: list[str]
    version: int


def text_in_force(name: str) -> str:
    """A section as YAML text, as it is in force."""
    held = profiles.content_in_force().get(name, {})
    return writing.yaml(held) if held else ""


def section_try(name: str, text: str) -> Proposal:
    """What applying the text would do. Nothing is written. Raises: profile.unknown_section."""
    profiles.section_info(name)
    held = profiles.content_in_force()
    data, faults = profiles.read_section(name, text)
    new = retiring(held.get(name, {}), data)
    if not faults:
        faults = content_faults({**held, name: new})
        faults = [profiles.located(fault, text) if fault.file == f"{name}.yaml" else fault for fault in faults]
    before, after = text_in_force(name), writing.yaml(new) if new else ""
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm=""))[2:]
    retired = sorted(_retired(new) - _retired(held.get(name, {})))
    return Proposal(text, new, faults, diff, retired, profiles.current().version)


def _retired(value: Any) -> set[str]:
    """Every retired code in plain data."""
    if isinstance(value, dict):
        own = {str(value["code"])} if value.get("retired") and "code" in value else set()
        return own.union(*(_retired(item) for item in value.values()))
    return set().union(*(_retired(item) for item in value)) if isinstance(value, list) else set()


def section_apply(*, actor: Actor, name: str, text: str, version: int, note: str = "") -> Applied:
    """Put a section's text in force as a new version of the profile. Codes that it leaves out retire.

    Raises: profile.not_allowed, profile.unknown_section, profile.faulty with every fault, profile.stale.
    """
    _require(actor)
    proposal = section_try(name, text)
    if proposal.faults:
        lines = [str(fault) for fault in proposal.faults]
        raise InvalidInput("profile.faulty", "\n".join(lines), faults=lines)

    def with_section(held: dict[str, Any]) -> dict[str, Any]:
        _refuse_stale(version)
        return {**held, name: retiring(held.get(name, {}), proposal.data)}

    return content_apply(actor=actor, content=with_section, note=note or name)


def version_restore(*, actor: Actor, version: int) -> Applied:
    """Put the content of an earlier version in force again, as a new one. Codes added since retire.

    Raises: profile.not_allowed, not_found, profile.faulty.
    """
    _require(actor)
    row = ProfileVersion.objects.filter(pk=version).first()
    if row is None:
        raise NotFound
    faults = [str(fault) for fault in content_faults(retiring(profiles.content_in_force(), row.content))]
    if faults:
        raise InvalidInput("profile.faulty", "\n".join(faults), faults=faults)
    note = str(_("back to version %(version)s") % {"version": version})
    return content_apply(actor=actor, content=lambda held: retiring(held, row.content), note=note)


def _refuse_stale(version: int) -> None:
    latest = ProfileVersion.objects.order_by("-id").values_list("id", flat=True).first() or 0
    if latest != version:
        raise Stale("profile.stale", _("Somebody changed the profile meanwhile; look at their version first."))


def _require(actor: Actor) -> None:
    if not (actor.key == "system" or actor.can(ABILITY)):
        raise NotAllowed("profile.not_allowed", _("Changing the profile needs a system administrator."))
