"""The spine's own profile sections: the place, its vocabularies, added dimensions, models of working, import maps.

What refers to something else is held by checking.py.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator

from linli.records.profiles import Labelled, Part


class Level(Labelled):
    """A level of division by the name it has here; `length` is the number of digits of its codes."""

    length: int


class PlaceSection(Part):
    """`place.yaml`: what the installation is called and which division is its root."""

    name: str = "Linli"
    name_en: str = "Linli"
    root: str = ""
    filing_number: str = ""
    # The SHA-256 of a picture in the file store, shown beside the name.
    logo: str = Field(default="", pattern="^([0-9a-f]{64})?$", json_schema_extra={"widget": "picture"})
    levels: tuple[Level, ...] = ()
    as_of: date | None = None


class AddedDimension(Labelled):
    """A dimension that the place adds to a record type; never on persons."""

    type: Literal["choice", "flag", "text", "number", "date", "list"] = "choice"
    choices: tuple[Labelled, ...] = ()


class DimensionsSection(Part):
    """`dimensions.yaml`: added dimensions by record type."""

    added: dict[str, tuple[AddedDimension, ...]] = Field(default_factory=dict)


class VocabulariesSection(Part):
    """`vocabularies.yaml`: the place's words for kinds and levels, by vocabulary (e.g. `case.category`)."""

    words: dict[str, tuple[Labelled, ...]] = Field(default_factory=dict)


class GovernanceModel(Labelled):
    """A named model of working, such as 525+. Rows of the record types in `tags` may bear one of its components.

    Without components it is a label only. `figures` are shown by component, all that fit where none are named.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
    note: str = ""
    tags: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


class ModelComponent(Labelled):
    """A component of a model, `within` another one (a network within the five networks) where it belongs to one.

    `parts` is how many the model says it has, whether or not all of them are named here.
    """

    code: str = Field(pattern=r"^[\w-]+$")
    model: str
    within: str = ""
    parts: int | None = Field(default=None, ge=1, le=99)


class ModelsSection(Part):
    """`models.yaml`: the models of working with their components, both in the order in which they are told."""

    models: tuple[GovernanceModel, ...] = ()
    components: tuple[ModelComponent, ...] = ()

    def model(self, code: str) -> GovernanceModel | None:
        """The model with this code."""
        return next((item for item in self.models if item.code == code), None)

    def components_of(self, model: str) -> tuple[ModelComponent, ...]:
        """The components of a model in their order, each followed by those within it."""
        own = [item for item in self.components if item.model == model]
        return tuple(part for item in own if not item.within for part in (item, *self.named_within(item.code)))

    def named_within(self, component: str) -> tuple[ModelComponent, ...]:
        """The components within another one."""
        return tuple(item for item in self.components if item.within == component)


class Source(Part):
    """Where a column's value comes from in the ledger: a header, with values translated, or a constant.

    `from` may list several headers: the first that is not empty counts. `record` takes the record that the same
    row made of that type. With `unknown: text` a part of a place that is not known (a grid that is not drawn yet) is
    kept as text and the place is the one above.
    """

    header: str | tuple[str, ...] = Field(default="", alias="from")
    values: dict[str, Any] = Field(default_factory=dict)
    default: Any = None
    split: str = ""
    record: str = ""
    unknown: Literal["", "text"] = ""


class MappedRecord(Part):
    """One record that a row makes: its type, where each column's value is found, and when it applies.

    `when` maps a header to the value or values it must have; `present` asks only that it is not empty.
    """

    type: str
    columns: dict[str, str | Source] = Field(default_factory=dict)
    constants: dict[str, Any] = Field(default_factory=dict)
    when: dict[str, Any] = Field(default_factory=dict)
    key: tuple[str, ...] = ()
    unknown: dict[str, Literal["reject", "create", "text"]] = Field(default_factory=dict)


class Signature(Part):
    """How a map knows its tables: text in the title, sheet or file name, and headers that must be there."""

    title: str | tuple[str, ...] = ()
    sheet: str | tuple[str, ...] = ()
    file: str | tuple[str, ...] = ()
    headers: tuple[str, ...] = ()

    @field_validator("title", "sheet", "file")
    @classmethod
    def _as_tuple(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        return (value,) if isinstance(value, str) else value


class ImportMap(Part):
    """Which ledger layout becomes which record types: flat data, no expressions.

    `key` headers tell one row from another (a repeated key is a duplicate); `running` headers are mere counters
    and are ignored when rows are compared; `planned` headers hold dates that may lie in the future.
    `later` names the record type of a ledger that is known but cannot be kept yet.
    """

    id: str
    signature: Signature
    label: str = ""
    required: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    running: tuple[str, ...] = ("序号", "编号序号", "No.", "NO", "行号")
    planned: tuple[str, ...] = ()
    records: tuple[MappedRecord, ...] = ()
    later: str = ""


class ImportsSection(Part):
    """`imports.yaml` or `imports/*.yaml`: the import maps of the place."""

    maps: tuple[ImportMap, ...] = ()
