"""What the profile in force adds to record types: dimensions, those of its models of working, words of vocabularies."""

from collections.abc import Callable, Iterable
from typing import Final

from linli.records import profiles
from linli.records.profiles import Labelled
from linli.records.sections import DimensionsSection, ModelsSection, VocabulariesSection
from linli.records.types import Dimension

OF_MODELS: Final = "model."


def dimensions(record_type: str) -> tuple[Dimension, ...]:
    """The dimensions that the profile adds to a record type: one for each model that tags it, and those it names."""
    added = profiles.current().section(DimensionsSection).added.get(record_type, ())
    own = tuple(
        Dimension(
            item.code,
            label=item.label,
            type=item.type,
            choices=tuple((choice.code, choice.label) for choice in item.choices),
        )
        for item in added
    )
    return _of_models(record_type) + own


def _of_models(record_type: str) -> tuple[Dimension, ...]:
    section = profiles.current().section(ModelsSection)
    tagging = [(model, section.components_of(model.code)) for model in section.models if record_type in model.tags]
    return tuple(
        Dimension(
            model.code,
            label=model.label,
            vocabulary=f"{OF_MODELS}{model.code}",
            choices=tuple((item.code, item.label) for item in components),
        )
        for model, components in tagging
        if components
    )


def models() -> list[tuple[str, str]]:
    """The models of working that have components: their codes and names."""
    section = profiles.current().section(ModelsSection)
    held = [model for model in section.models if not model.retired and section.components_of(model.code)]
    return [(model.code, model.named) for model in held]


def retired(record_type: str) -> frozenset[tuple[str, str]]:
    """The values of added dimensions that rows may still bear but nobody chooses any more: dimension and code."""
    current = profiles.current()
    choices = [
        (item.code, choice)
        for item in current.section(DimensionsSection).added.get(record_type, ())
        for choice in item.choices
    ]
    components = [(item.model, item) for item in current.section(ModelsSection).components]
    return frozenset((code, item.code) for code, item in (*choices, *components) if item.retired)


def words(vocabulary: str) -> dict[str, str]:
    """Every spelling of a vocabulary's words, mapped to the code."""
    return {
        spelling: item.code
        for item in _known(vocabulary)
        for spelling in (item.code, item.label, item.label_en, *item.also)
        if spelling
    }


def labels(vocabulary: str) -> dict[str, str]:
    """What each code of a vocabulary is called in the active language, wherever the profile words it."""
    elsewhere = _elsewhere[vocabulary]() if vocabulary in _elsewhere else ()
    return {item.code: item.named for item in (*elsewhere, *_known(vocabulary))}


def register_words(vocabulary: str, provider: Callable[[], Iterable[Labelled]]) -> None:
    """Let a domain word a vocabulary in a section of its own: categories of matters, kinds of posts."""
    _elsewhere[vocabulary] = provider


_elsewhere: Final[dict[str, Callable[[], Iterable[Labelled]]]] = {}


def _known(vocabulary: str) -> tuple[Labelled, ...]:
    if vocabulary.startswith(OF_MODELS):
        return profiles.current().section(ModelsSection).components_of(vocabulary.removeprefix(OF_MODELS))
    return profiles.current().section(VocabulariesSection).words.get(vocabulary, ())
