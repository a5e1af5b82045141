"""The bin, and the roles Contributor, Editor and Publisher.

Who was an Editor could publish until now, and becomes a Publisher as well.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from panels.models.database import version_triggers, triggers

OF_SESSIONS = ["event", "question", "answer", "panelist", "taggedevent", "taggedquestion", "taggedanswer"]
OF_ALL = ["speaker", "tag", "correction"]


def make_roles(apps, schema_editor):
    """Make what is missing; what an administrator added to a role stays."""
    config = apps.get_app_config("panels")
    kept, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = kept
    own = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="panels")
    seen = own.filter(codename__startswith="view_")
    drafted = own.filter(content_type__model__in=OF_SESSIONS).exclude(
        codename__in=["delete_event", "change_reviewed_event", "publish_event", "purge_event"]
    )
    edited = own.filter(content_type__model__in=[*OF_SESSIONS, *OF_ALL]).exclude(
        codename__in=["publish_event", "purge_event"]
    )
    _role(apps, "Contributor", seen, drafted, own.filter(codename__in=["add_speaker", "add_tag"]))
    editor = _role(apps, "Editor", seen, edited)
    publisher = _role(apps, "Publisher", seen, edited, own.filter(codename__in=["publish_event", "purge_event"]))
    publisher.user_set.add(*editor.user_set.all())


def _role(apps, name, *permissions):
    role, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
    for some in permissions:
        role.permissions.add(*some)
    return role


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)
    version_triggers.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0007_sitting'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(remove, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='event',
            options={'permissions': [('change_reviewed_event', 'Can change events that are in review or were published'), ('publish_event', 'Can publish and withdraw events'), ('purge_event', 'Can delete events for good')], 'verbose_name': 'event', 'verbose_name_plural': 'events'},
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_once_public_has_publication_time',
        ),
        migrations.AlterField(
            model_name='event',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('binned', 'in the bin')], default='draft', editable=False, max_length=20, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn', 'binned'])), name='event_status_is_known', violation_error_message='The status is draft, in_review, published, withdrawn or binned.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'binned']), ('published_at__isnull', False), _connector='OR'), name='event_once_public_has_publication_time', violation_error_message='A published or withdrawn event has a time of publication.'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
