"""What no schema can say of the spine's sections: references within a section, to other sections and to record types.

Each fault names the key it stands at; the line is found in the file (profiles.located).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records import profiles
from linli.records.figures.definitions import FiguresSection, check, leaf
from linli.records.importing.plans import check_map
from linli.records.profiles import Fault, Labelled
from linli.records.sections import DimensionsSection, GovernanceModel, ImportsSection, ModelsSection
from linli.records.types import RecordType, record_type

IMPORTS = "imports.yaml"
MODELS = "models.yaml"
FIGURES = "figures.yaml"


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's import maps, models and figures, checked as if the profile were in force."""
    with profiles.tried(data) as profile:
        models, figures = profile.section(ModelsSection), profile.section(FiguresSection)
        found, own = list(_figures(figures)), [*_models(models), *_components(models)]
        # What stands on a faulty model is not told besides.
        maps = [] if own else _maps(profile.section(ImportsSection))
        return [*found, *own, *maps, *([] if found else _shown(models, figures))]


def _maps(section: ImportsSection) -> Iterator[Fault]:
    for number, item in enumerate(section.maps):
        try:
            check_map(item)
        except InvalidInput as error:
            yield Fault(IMPORTS, 1, f"maps.{number}.records", f"{item.id}: {error.sentence}")


def _models(section: ModelsSection) -> Iterator[Fault]:
    yield from _twice("models", section.models)
    for number, model in enumerate(section.models):
        for position, code in enumerate(model.tags):
            message = _untaggable(model, code)
            if message:
                yield Fault(MODELS, 1, f"models.{number}.tags.{position}", str(message))


def _untaggable(model: GovernanceModel, code: str) -> Any:
    """Why rows of this type cannot bear a component of the model; nothing where they can."""
    try:
        kind = record_type(code)
    except InvalidInput as error:
        return error.sentence
    if kind.persons or not kind.extensible or not kind.visible:
        return _("Rows of “%(type)s” bear no components: they are persons, or hold nothing that is added.") % {
            "type": code
        }
    if model.code in _taken(kind):
        return _("“%(type)s” has “%(code)s” already; give the model another code.") % {"type": code, "code": model.code}
    return ""


def _taken(kind: RecordType) -> set[str]:
    """The names that rows of a type hold already, by code or by the profile's own dimensions."""
    added = profiles.current().section(DimensionsSection).added.get(kind.code, ())
    own = {item.code for item in kind.dimensions} | {item.code for item in kind.columns}
    return own | {item.code for item in kind.measures} | {item.code for item in added} | {*kind.dates, "place"}


def _components(section: ModelsSection) -> Iterator[Fault]:
    yield from _twice("components", section.components)
    within = {item.code: item for item in section.components}
    for number, item in enumerate(section.components):
        if item.code == "none":
            yield Fault(
                MODELS, 1, f"components.{number}.code", str(_("“none” stands for rows that bear no component."))
            )
        if section.model(item.model) is None:
            yield Fault(MODELS, 1, f"components.{number}.model", str(_("There is no model of this code.")))
        above = within.get(item.within)
        if item.within and (above is None or above.model != item.model or above.within):
            message = _("It lies within a component of the same model that lies in no other itself.")
            yield Fault(MODELS, 1, f"components.{number}.within", str(message))
        named = len([lower for lower in section.named_within(item.code) if not lower.retired])
        if item.parts is not None and named > item.parts:
            message = _("It has %(parts)s parts, but %(named)s are named within it.")
            words = {"parts": item.parts, "named": named}
            yield Fault(MODELS, 1, f"components.{number}.parts", str(message % words))


def _figures(section: FiguresSection) -> Iterator[Fault]:
    for number, error in check(section.figures):
        yield Fault(FIGURES, 1, f"figures.{number}", str(error.sentence))


def _shown(section: ModelsSection, figures: FiguresSection) -> Iterator[Fault]:
    """Figures that a model names are of the profile, and count rows that bear its components."""
    book = {figure.id: figure for figure in figures.figures}
    for number, model in enumerate(section.models):
        for position, name in enumerate(model.figures):
            if name not in book or leaf(book[name], book).of not in model.tags:
                message = _("The profile has no figure “%(id)s” that counts rows which bear components of the model.")
                yield Fault(MODELS, 1, f"models.{number}.figures.{position}", str(message % {"id": name}))


def warnings(data: dict[str, Any]) -> list[Fault]:
    """What is allowed and misleads: figures of one name, of which a reader takes one for the other."""
    with profiles.tried(data) as profile:
        figures = profile.section(FiguresSection).figures
    seen: dict[str, str] = {}
    found = []
    for number, figure in enumerate(figures):
        for key, name in (("label", figure.label), ("label_en", figure.label_en)):
            first = seen.setdefault(f"{key}:{name}", figure.id)
            if name and first != figure.id:
                message = _("The figure “%(id)s” has the same name.") % {"id": first}
                found.append(Fault(FIGURES, 1, f"figures.{number}.{key}", str(message)))
    return found


def _twice(name: str, items: Sequence[Labelled]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.code in seen:
            message = _("There are two “%(code)s”.") % {"code": item.code}
            yield Fault(MODELS, 1, f"{name}.{number}.code", str(message))
        seen.add(item.code)
