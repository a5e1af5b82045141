"""Operations for migrations: of tables that have triggers, and of what only people read.

SQLite changes a table by making it again, which drops its triggers silently, and fails while a trigger of another table
refers to it. On PostgreSQL the functions of triggers contain table names as text, and fail once one is renamed. So
write a migration's operations as `operations = without_triggers([...])`: all triggers are removed before the first of
them and installed again after the last, forwards and backwards.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from panels.models.database import audit_triggers, search_index, site_version, triggers, version_triggers


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger in the connected database, replacing existing ones."""
    for module in (triggers, version_triggers, search_index, site_version, audit_triggers):
        module.install(connection)


class _TriggerOperation(Operation):
    """An operation that changes the database but no model."""

    reduces_to_sql = False
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: triggers are not part of the models' state."""


class RemoveTriggers(_TriggerOperation):
    """Remove all triggers; backwards, install them."""

    def database_forwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        triggers.remove(schema_editor.connection)

    def database_backwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        install_triggers(schema_editor.connection)

    def describe(self) -> str:
        return "Remove all triggers"


class InstallTriggers(_TriggerOperation):
    """Install all triggers; backwards, remove them."""

    def database_forwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        install_triggers(schema_editor.connection)

    def database_backwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        triggers.remove(schema_editor.connection)

    def describe(self) -> str:
        return "Install all triggers"


def without_triggers(operations: Sequence[Operation]) -> list[Operation]:
    """The operations, with all triggers removed while they run."""
    return [RemoveTriggers(), *operations, InstallTriggers()]


class ChangeLabels(SeparateDatabaseAndState):
    """`state_operations` that change names, help texts, choices and validators: no column, so no table is touched.

    Django rebuilds the classes of all related models after each operation, which takes seconds for a hundred of them.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # made once, when the next operation asks for them
        super().state_forwards(app_label, state)
