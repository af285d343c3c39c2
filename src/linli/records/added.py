"""What the profile in force adds to record types: dimensions and the words of vocabularies."""

from linli.records import profiles
from linli.records.sections import DimensionsSection, VocabulariesSection
from linli.records.types import Dimension


def dimensions(record_type: str) -> tuple[Dimension, ...]:
    """The dimensions that the profile adds to a record type."""
    added = profiles.current().section(DimensionsSection).added.get(record_type, ())
    return tuple(
        Dimension(
            item.code,
            label=item.label,
            type=item.type,
            choices=tuple((choice.code, choice.label) for choice in item.choices),
        )
        for item in added
    )


def words(vocabulary: str) -> dict[str, str]:
    """Every spelling of a vocabulary's words, mapped to the code."""
    known = profiles.current().section(VocabulariesSection).words.get(vocabulary, ())
    return {
        spelling: item.code
        for item in known
        for spelling in (item.code, item.label, item.label_en, *item.also)
        if spelling
    }
