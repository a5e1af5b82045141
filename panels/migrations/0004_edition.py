"""Editions, with the triggers that count them."""

import django.db.models.deletion
from django.db import migrations, models

from panels.models.database.version_triggers import install


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0003_editor_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=1, editable=False, verbose_name='edition')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last changed')),
                ('event', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='edition', to='panels.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
            },
        ),
        migrations.RunPython(
            lambda apps, schema_editor: install(schema_editor.connection), migrations.RunPython.noop, elidable=False
        ),
    ]
