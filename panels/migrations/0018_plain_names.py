"""Plain names: versions, import drafts, editing sessions and merges, with everything that refers to them."""

import zlib
from collections.abc import Callable, Iterable

from django.db import migrations, models
from django.conf import settings
from django.db import models
import django.db.models.deletion
from django.db.migrations.state import StateApps

from panels.models.database.migration_operations import without_triggers

MODELS = (("edition", "version"), ("intake", "importdraft"), ("sitting", "editingsession"), ("merger", "merge"))
NAMED = {"importdraft": "import draft", "editingsession": "editing session"}
STEPS = {"part": "split", "join": "merge", "ask": "make_question", "tell": "make_answer"}
DECISIONS = {"anew": "force_new"}
BATCH = 200


def rename_rights(apps: StateApps, schema_editor: object) -> None:
    _rename_rights(apps, MODELS)


def restore_rights(apps: StateApps, schema_editor: object) -> None:
    _rename_rights(apps, [(new, old) for old, new in MODELS])


def _rename_rights(apps: StateApps, pairs: Iterable[tuple[str, str]]) -> None:
    """Content types, which `migrate` has renamed already, and the permissions with the groups and users who have them."""
    content_types = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="panels")
    permissions = apps.get_model("auth", "Permission").objects
    for old, new in pairs:
        if not content_types.filter(model=new).exists():
            content_types.filter(model=old).update(model=new)
        for permission in permissions.filter(
            content_type__app_label="panels", content_type__model__in=[old, new], codename__endswith=f"_{old}"
        ):
            action = permission.codename.removesuffix(f"_{old}")
            renamed = permissions.filter(content_type__model=new, codename=f"{action}_{new}").first()
            if renamed is None:
                permission.content_type = content_types.get(model=new)
                permission.codename, permission.name = f"{action}_{new}", f"Can {action} {NAMED.get(new, new)}"
                permission.save()
                continue
            renamed.group_set.add(*permission.group_set.all())
            renamed.user_set.add(*permission.user_set.all())
            permission.delete()


def rename_words(apps: StateApps, schema_editor: object) -> None:
    _rename_words(apps, "edition", "version", STEPS, DECISIONS)


def restore_words(apps: StateApps, schema_editor: object) -> None:
    steps = {new: old for old, new in STEPS.items()}
    _rename_words(apps, "version", "edition", steps, {new: old for old, new in DECISIONS.items()})


def _rename_words(
    apps: StateApps, old: str, new: str, steps: dict[str, str], decisions: dict[str, str]
) -> None:
    """In what is stored as JSON: archives of earlier states, texts on their way in, what is typed and not saved."""

    def in_archive(text: str) -> str:  # a field of the transcript itself: those of its parts are indented further
        return text.replace(f'\n "{old}": ', f'\n "{new}": ', 1)

    def in_revision(row: object) -> None:
        row.archive = zlib.compress(in_archive(zlib.decompress(row.archive).decode()).encode())

    def in_import(row: object) -> None:
        row.parsed = in_archive(row.parsed)
        row.steps = [{**step, "do": steps.get(step.get("do"), step.get("do"))} for step in row.steps]
        row.decisions = {decisions.get(name, name): value for name, value in row.decisions.items()}

    def in_session(row: object) -> None:
        row.unsaved = {
            form: {(new if name == old else name): value for name, value in values.items()}
            for form, values in row.unsaved.items()
        }

    _change_each(apps, "Revision", ["archive"], in_revision)
    _change_each(apps, "ImportDraft", ["parsed", "steps", "decisions"], in_import)
    _change_each(apps, "EditingSession", ["unsaved"], in_session)


def _change_each(apps: StateApps, model: str, fields: list[str], change: Callable[[object], None]) -> None:
    objects = apps.get_model("panels", model).objects
    last = 0
    while rows := list(objects.filter(pk__gt=last).order_by("pk").only("pk", *fields)[:BATCH]):
        for row in rows:
            change(row)
        objects.bulk_update(rows, fields)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0017_whole_tags_and_anchors"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = without_triggers(
        [
            migrations.RemoveConstraint("merger", "merger_kind_is_known"),
            migrations.RemoveConstraint("merger", "merger_of_two"),
            migrations.RemoveIndex("merger", "merger_by_what_is_gone"),
            migrations.RemoveIndex("revision", "revision_by_edition"),
            migrations.RemoveConstraint("sitting", "sitting_once_per_editor_and_event"),
            migrations.RemoveIndex("intake", "intake_unfinished"),
            migrations.RenameModel("Edition", "Version"),
            migrations.RenameModel("Intake", "ImportDraft"),
            migrations.RenameModel("Sitting", "EditingSession"),
            migrations.RenameModel("Merger", "Merge"),
            migrations.RenameField("revision", "edition", "version"),
            migrations.RenameField("importdraft", "understood", "parsed"),
            migrations.RenameField("importdraft", "answers", "decisions"),
            migrations.RenameField("merge", "gone", "source_key"),
            migrations.RenameField("merge", "gone_name", "source_name"),
            migrations.RenameField("merge", "kept", "target_key"),
            migrations.RenameField("merge", "kept_name", "target_name"),
            migrations.AlterModelOptions("merge", {}),
            migrations.RenameField("merge", "at", "merged_at"),
            migrations.RenameField("schedule", "at", "publish_at"),
            migrations.RenameField("comment", "settled_at", "resolved_at"),
            migrations.RenameField("comment", "settled_by", "resolved_by"),
            migrations.AlterModelOptions(
                name='merge',
                options={'ordering': ['-merged_at', '-pk'], 'verbose_name': 'merger', 'verbose_name_plural': 'mergers'},
            ),
            migrations.AlterField(
                model_name='editingsession',
                name='editor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editing_sessions', to=settings.AUTH_USER_MODEL, verbose_name='editor'),
            ),
            migrations.AlterField(
                model_name='editingsession',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editing_sessions', to='panels.event', verbose_name='event'),
            ),
            migrations.AlterField(
                model_name='importdraft',
                name='event',
                field=models.ForeignKey(editable=False, help_text='Whose text it is; before it is stored, the event that it shall be laid onto.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_drafts', to='panels.event', verbose_name='event'),
            ),
            migrations.AlterField(
                model_name='version',
                name='event',
                field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='version', to='panels.event', verbose_name='event'),
            ),
            migrations.AddIndex(
                model_name='importdraft',
                index=models.Index(condition=models.Q(('stored_at', None)), fields=['created_by', '-changed_at'], name='import_draft_unfinished'),
            ),
            migrations.AddIndex(
                model_name='merge',
                index=models.Index(models.F('kind'), models.F('source_key'), name='merge_by_source'),
            ),
            migrations.AddIndex(
                model_name='revision',
                index=models.Index(fields=['event', 'version'], name='revision_by_version'),
            ),
            migrations.AddConstraint(
                model_name='editingsession',
                constraint=models.UniqueConstraint(fields=('event', 'editor'), name='editing_session_once_per_editor_and_event'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['speaker', 'tag'])), name='merge_kind_is_known'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.CheckConstraint(condition=models.Q(('source_key', models.F('target_key')), _negated=True), name='merge_of_two'),
            ),
            migrations.RunPython(rename_words, restore_words),
            migrations.RunPython(rename_rights, restore_rights),
        ]
    )
