"""People read “session” where the code says `event`; no column changes."""

import django.core.validators
import django.db.models.deletion
import re
from django.apps.registry import Apps
from django.db import migrations, models

from panels.models.database.migration_operations import ChangeLabels

# `migrate` stores the name of a permission once and does not change it later: what is stored, and what it becomes.
MODELS = {
    "event": ("event", "session"),
    "editingsession": ("editing session", "open editor"),
    "formereventslug": ("former address of an event", "former session URL"),
    "formerspeakerslug": ("former address of a speaker", "former speaker URL"),
    "formertagslug": ("former address of a tag", "former tag URL"),
    "revision": ("revision", "version of a session"),
    "taggedevent": ("tag of an event", "tag of a session"),
}
NAMES = {
    "change_reviewed_event": (
        "Can change events that are in review or were published",
        "Can change sessions in review or published",
    ),
    "publish_event": ("Can publish and withdraw events", "Can publish and withdraw sessions"),
    "purge_event": ("Can delete events for good", "Can delete sessions permanently"),
    **{
        f"{action}_{model}": (f"Can {action} {old}", f"Can {action} {new}")
        for model, (old, new) in MODELS.items()
        for action in ("add", "change", "delete", "view")
    },
}


def name_sessions(apps: Apps, schema_editor: object) -> None:
    _name(apps, {codename: new for codename, (_old, new) in NAMES.items()})


def name_events(apps: Apps, schema_editor: object) -> None:
    _name(apps, {codename: old for codename, (old, _new) in NAMES.items()})


def _name(apps: Apps, names: dict[str, str]) -> None:
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="panels")
    for codename, name in names.items():
        permissions.filter(codename=codename).update(name=name)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0026_unseen_slugs'),
    ]

    operations = [
        ChangeLabels(state_operations=[
            migrations.AlterModelOptions(
                name='editingsession',
                options={'verbose_name': 'open editor', 'verbose_name_plural': 'open editors'},
            ),
            migrations.AlterModelOptions(
                name='event',
                options={'permissions': [('change_reviewed_event', 'Can change sessions in review or published'), ('publish_event', 'Can publish and withdraw sessions'), ('purge_event', 'Can delete sessions permanently')], 'verbose_name': 'session', 'verbose_name_plural': 'sessions'},
            ),
            migrations.AlterModelOptions(
                name='formereventslug',
                options={'verbose_name': 'former session URL', 'verbose_name_plural': 'former session URLs'},
            ),
            migrations.AlterModelOptions(
                name='revision',
                options={'ordering': ['event', '-number'], 'verbose_name': 'version of a session', 'verbose_name_plural': 'versions of sessions'},
            ),
            migrations.AlterModelOptions(
                name='version',
                options={'verbose_name': 'current version', 'verbose_name_plural': 'current versions'},
            ),
            migrations.AlterModelOptions(
                name='taggedevent',
                options={'verbose_name': 'tag of a session', 'verbose_name_plural': 'tags of sessions'},
            ),
            migrations.AlterField(
                model_name='answer',
                name='event',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', serialize=False, to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='comment',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='correction',
                name='anchor',
                field=models.CharField(blank=True, help_text='The anchor of the question or answer, such as q3-a2. Leave empty for the whole session.', max_length=20, validators=[django.core.validators.RegexValidator(re.compile('\\A(q[1-9]\\d{0,5}|q[1-9]\\d{0,5}-a[1-9]\\d{0,5})\\Z'), 'An anchor looks like q3 or q3-a2.')], verbose_name='passage'),
            ),
            migrations.AlterField(
                model_name='correction',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='editingsession',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editing_sessions', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='event',
                name='programme',
                field=models.CharField(blank=True, help_text='The series the session belongs to.', max_length=200, verbose_name='programme'),
            ),
            migrations.AlterField(
                model_name='event',
                name='source_title',
                field=models.CharField(blank=True, help_text='If different from the session title.', max_length=300, verbose_name='source title'),
            ),
            migrations.AlterField(
                model_name='event',
                name='translation_of',
                field=models.ForeignKey(blank=True, help_text='The original session, if it is also in Panels.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='panels.event', verbose_name='translation of'),
            ),
            migrations.AlterField(
                model_name='formerwording',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_wordings', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='importdraft',
                name='event',
                field=models.ForeignKey(editable=False, help_text='The session saved from this text, or the session to update.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_drafts', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='panelist',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panelists', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='panelist',
                name='organisation',
                field=models.CharField(blank=True, help_text='At the time of the session.', max_length=300, verbose_name='organisation'),
            ),
            migrations.AlterField(
                model_name='panelist',
                name='title',
                field=models.CharField(blank=True, help_text='At the time of the session.', max_length=300, verbose_name='job title'),
            ),
            migrations.AlterField(
                model_name='previewlink',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='question',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='question',
                name='number',
                field=models.PositiveIntegerField(blank=True, help_text='Position in the session, starting at 1. Leave empty to add at the end.', verbose_name='number'),
            ),
            migrations.AlterField(
                model_name='retiredanchor',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retired_anchors', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='event',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='schedule',
                name='event',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='schedule', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterField(
                model_name='speaker',
                name='biography',
                field=models.TextField(blank=True, help_text='Who this is. Job titles are kept with each session. Markdown.', verbose_name='biography'),
            ),
            migrations.AlterField(
                model_name='version',
                name='event',
                field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='version', to='panels.event', verbose_name='session'),
            ),
            migrations.AlterConstraint(
                model_name='answer',
                name='answer_anchor_once_per_event',
                constraint=models.UniqueConstraint(fields=('event', 'anchor'), name='answer_anchor_once_per_event', violation_error_message='Another answer of this session has this anchor.'),
            ),
            migrations.AlterConstraint(
                model_name='correction',
                name='correction_number_once_per_event',
                constraint=models.UniqueConstraint(fields=('event', 'number'), name='correction_number_once_per_event', violation_error_message='Another correction of this session has this number.'),
            ),
            migrations.AlterConstraint(
                model_name='event',
                name='event_is_not_its_own_translation',
                constraint=models.CheckConstraint(condition=models.Q(('translation_of__isnull', True), models.Q(('translation_of', models.F('id')), _negated=True), _connector='OR'), name='event_is_not_its_own_translation', violation_error_message='A session cannot be its own translation.'),
            ),
            migrations.AlterConstraint(
                model_name='event',
                name='event_once_public_has_publication_time',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'binned']), ('published_at__isnull', False), _connector='OR'), name='event_once_public_has_publication_time', violation_error_message='A published or withdrawn session has a time of publication.'),
            ),
            migrations.AlterConstraint(
                model_name='question',
                name='question_number_once_per_event',
                constraint=models.UniqueConstraint(fields=('event', 'number'), name='question_number_once_per_event', violation_error_message='Another question of this session has this number.'),
            ),
            migrations.AlterConstraint(
                model_name='question',
                name='question_anchor_once_per_event',
                constraint=models.UniqueConstraint(fields=('event', 'anchor'), name='question_anchor_once_per_event', violation_error_message='Another question of this session has this anchor.'),
            ),
        ]),
        migrations.RunPython(name_sessions, name_events),
    ]
