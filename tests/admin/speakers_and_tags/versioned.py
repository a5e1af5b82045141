"""The kinds of rows that are part of no event, and how an editor's browser fills in their forms."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse

from panels.models import Speaker, Tag

_numbers = count(1)


@dataclass(frozen=True)
class Kind:
    """A model, and the field that two editors fight for."""

    model: type[models.Model]
    field: str
    unique: str

    def make(self) -> Any:
        number = next(_numbers)
        return self.model._default_manager.create(**{self.unique: f"{self.model.__name__}-{number}"})

    def words(self, row: Any) -> str:
        return str(getattr(self.model._default_manager.get(pk=row.pk), self.field))

    def url(self, page: str, *args: Any) -> str:
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


KINDS = {
    "speaker": Kind(Speaker, "biography", "name"),
    "tag": Kind(Tag, "name", "name"),
    "user": Kind(User, "first_name", "username"),
    "group": Kind(Group, "name", "name"),
}


def signed_in(name: str) -> Client:
    """A superuser's client."""
    client = Client()
    client.force_login(User.objects.filter(username=name).first() or User.objects.create_superuser(name))
    return client


def opened(client: Client, kind: Kind, row: Any) -> dict[str, str]:
    """What the row's form would send if it were saved as it is, its version included."""
    address = kind.url("change", row.pk)
    page = client.get(address)
    data = {
        form_field.html_name: form_field.value()
        for form_field in page.context["adminform"].form
        if not form_field.field.disabled
    }
    data = {
        name: [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
        for name, value in data.items()
        if value not in (None, "", False)
    }
    return {**inlines_of(page), **data, "version": page.context["version"]}


def inlines_of(page: Any) -> dict[str, str]:
    data: dict[str, str] = {}
    for inline in page.context["inline_admin_formsets"]:
        for field in inline.formset.management_form:
            data[field.html_name] = field.value()
        for form in inline.formset.forms:
            for field in form:
                if field.value() is not None:
                    data[field.html_name] = str(field.value())
    return data


def is_saved(response: Any) -> bool:
    """Whether a form was saved; refused, it is shown again."""
    assert response.status_code in {200, 302}
    return bool(response.status_code == 302)
