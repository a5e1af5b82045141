"""Speakers split by session, the slugs that they shared, and notes that tell speakers of one name apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from panels.models.database.migration_operations import without_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0024_withdrawal_reason_and_present_anchor'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = without_triggers([
        migrations.CreateModel(
            name='SharedSpeakerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(db_index=True, max_length=100, verbose_name='slug')),
            ],
            options={
                'verbose_name': 'shared speaker URL',
                'verbose_name_plural': 'shared speaker URLs',
            },
        ),
        migrations.CreateModel(
            name='Split',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.PositiveBigIntegerField(verbose_name='ID of the speaker')),
                ('source_name', models.CharField(max_length=300, verbose_name='speaker')),
                ('target_key', models.PositiveBigIntegerField(verbose_name='ID of the other speaker')),
                ('target_name', models.CharField(max_length=300, verbose_name='split off')),
                ('moved', models.JSONField(verbose_name='moved records')),
                ('split_at', models.DateTimeField(auto_now_add=True, verbose_name='split on')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
            ],
            options={
                'verbose_name': 'split of a speaker',
                'verbose_name_plural': 'splits of speakers',
                'ordering': ['-split_at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='rowrevision',
            name='row_revision_reason_is_known',
        ),
        migrations.AddField(
            model_name='speaker',
            name='note',
            field=models.CharField(blank=True, help_text='Tells speakers of the same name apart, and is shown beside the name: historian, Lisbon.', max_length=80, verbose_name='distinguishing note'),
        ),
        migrations.AlterField(
            model_name='rowrevision',
            name='reason',
            field=models.CharField(choices=[('created', 'created'), ('changed', 'changed'), ('merged', 'merged'), ('unmerged', 'merge undone'), ('split', 'split'), ('unsplit', 'split undone'), ('restored', 'restored'), ('imported', 'imported'), ('deleted', 'deleted'), ('found', 'first recorded'), ('outside', 'changed outside the admin')], editable=False, max_length=20, verbose_name='change'),
        ),
        migrations.AddConstraint(
            model_name='rowrevision',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['created', 'changed', 'merged', 'unmerged', 'restored', 'imported', 'deleted', 'found', 'outside', 'split', 'unsplit'])), name='row_revision_reason_is_known'),
        ),
        migrations.AddField(
            model_name='sharedspeakerslug',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_slugs', to='panels.speaker', verbose_name='split off'),
        ),
        migrations.AddField(
            model_name='split',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddConstraint(
            model_name='sharedspeakerslug',
            constraint=models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='shared_speaker_slug_is_one'),
        ),
        migrations.AddConstraint(
            model_name='split',
            constraint=models.CheckConstraint(condition=models.Q(('source_key', models.F('target_key')), _negated=True), name='split_into_two'),
        ),
    ])
