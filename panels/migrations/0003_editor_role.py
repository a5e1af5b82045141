"""The role Editor: everything that is Panels', nothing of users and settings."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = {
    "event", "speaker", "panelist", "question", "answer", "correction",
    "tag", "taggedevent", "taggedquestion", "taggedanswer",
}


def make_role(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    config = apps.get_app_config("panels")
    kept, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = kept
    role, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editor")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="panels")
    role.permissions.add(*permissions.filter(content_type__model__in=EDITED))
    role.permissions.add(*permissions.filter(codename__startswith="view_"))  # also of what the database keeps by itself


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_role, migrations.RunPython.noop)]
