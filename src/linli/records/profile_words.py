"""The spine's own sections in words."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.records import profiles
from linli.records.profiles import describe_section
from linli.records.sections import ModelsSection

WORDS = {
    "name": _("displayed name"),
    "name_en": _("displayed name in English"),
    "root": _("code of the root division"),
    "filing_number": _("filing number"),
    "logo": _("logo"),
    "levels": _("levels of divisions"),
    "length": _("digits of the code"),
    "as_of": _("as of the day"),
    "added": _("added dimensions"),
    "words": _("words"),
    "maps": _("import maps"),
    "figures": _("figures"),
    "public": _("everybody may read it"),
    "public_minimum": _("fewest persons that are counted in public"),
    "models": _("models of working"),
    "components": _("components"),
    "model": _("model"),
    "within": _("within the component"),
    "parts": _("parts it is said to have"),
    "note": _("what it is about"),
    "tags": _("record types that bear a component"),
}


def _models() -> dict[str, str]:
    return {item.code: item.label for item in profiles.current().section(ModelsSection).models}


def _components() -> dict[str, str]:
    return {item.code: item.label for item in profiles.current().section(ModelsSection).components if not item.within}


CHOICES: Final[Mapping[str, Callable[[], Mapping[str, Any]]]] = {"model": _models, "within": _components}

describe_section("place", _("Name and levels of the place"), WORDS)
describe_section("dimensions", _("Added dimensions"), WORDS)
describe_section("models", _("Models of working"), WORDS, choices=CHOICES)
describe_section("vocabularies", _("Words of the place"), WORDS)
describe_section("imports", _("Import maps"), WORDS)
describe_section("figures", _("Figures of the profile"), WORDS)
