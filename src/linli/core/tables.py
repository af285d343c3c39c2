"""Tables made together, with the models of a migration drawn up once (decision 0055)."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Create the tables of an app; they may refer to one another.

    Django draws up all models that a new one touches for each table on its own. Here that is most of them.
    """

    reversible = False
    serialization_expand_args: ClassVar = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; they are drawn up when the first of them is asked for."""
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create each table; what refers to another is held by constraints that come after all of them."""
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What it does, as Django names it while it migrates."""
        return f"Create {len(self.tables)} tables"
