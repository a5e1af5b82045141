"""Speakers that are only a label of one session. Every stored speaker stays as it is: identified."""

import django.db.models.deletion
from django.db import migrations, models

from panels.models.database.migration_operations import without_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0019_plain_wording'),
    ]

    operations = without_triggers([
        migrations.AddField(
            model_name='speaker',
            name='session',
            field=models.ForeignKey(blank=True, help_text='Only for a label that does not identify anybody, such as initials.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='panels.event', verbose_name='label of the session'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='speaker',
            field=models.ForeignKey(blank=True, help_text='Leave empty if the speaker is not known.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='answers', to='panels.speaker', verbose_name='speaker'),
        ),
        migrations.AlterField(
            model_name='panelist',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='panelists', to='panels.speaker', verbose_name='speaker'),
        ),
        migrations.AlterField(
            model_name='question',
            name='asked_by',
            field=models.ForeignKey(blank=True, help_text='If named in the source.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='questions_asked', to='panels.speaker', verbose_name='asked by'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(condition=models.Q(('session__isnull', False)), fields=('session', 'name'), name='speaker_label_once_per_session', violation_error_message='This session already has this label.'),
        ),
    ])
