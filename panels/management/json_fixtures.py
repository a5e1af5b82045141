"""Fixtures of Panels in JSON: Django's own format, with error messages for the person who has to fix the file.

Registered for "json" in `SERIALIZATION_MODULES`. Objects of Panels' own models must obey every rule of their model,
including those that SQLite does not enforce, such as the length of a field. What the database enforces is left to it:
only when it refuses a row are the rules checked one by one, to say which one was broken.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers import json as django_json
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.db import IntegrityError, models, transaction
from django.db.models import F

from panels.models import Answer, Question
from panels.models.base import PreparedModel

Serializer = django_json.Serializer

# The field by which an object is found again when its fixture is loaded again.
_KEYS = {
    "event": "slug",
    "speaker": "slug",
    "tag": "slug",
    "question": "anchor",
    "answer": "anchor",
    "retiredanchor": "anchor",
    "correction": "number",
}
_PARKED = 1_000_000
_FAULTS = (ValidationError, DeserializationError, ObjectDoesNotExist, ValueError, TypeError)


class Deserializer(django_json.Deserializer):
    """Yields objects ready to be saved. Raises `DeserializationError`: which object, which field, what is wrong."""

    using: str
    ignorenonexistent: bool

    def __init__(self, stream_or_string: Any, **options: Any) -> None:
        objects = _parsed(stream_or_string)
        PythonDeserializer.__init__(self, objects, **options)
        self.number = 0
        self.references = References(self.using)
        _park(objects)

    def _handle_object(self, obj: Any) -> Iterator[DeserializedObject]:
        self.number += 1
        where = f"object {self.number}, {_named(obj)}"
        try:
            if not _is_ours(obj):
                yield from super()._handle_object(obj)  # type: ignore[misc] # newer than the stubs
                return
            _check_fields(obj, ignore_unknown=self.ignorenonexistent)
            yield self._checked(obj, where)
        except _FAULTS as error:
            raise DeserializationError(f"{where}: {_messages_of(error)}") from error

    def _checked(self, obj: dict[str, Any], where: str) -> "CheckedObject":
        """The object, held against the rules that no database enforces."""
        values: dict[str, Any] = {}
        ahead: dict[Any, Any] = {}  # references to objects that come later in the fixture
        for name, value in obj["fields"].items():
            field = _field_of(_model_of(obj), name)
            if field is None:
                continue
            if not isinstance(field, models.ForeignKey):
                values[name] = field.to_python(value)
            elif value is not None and self.references.find(field, value) is None:
                ahead[field] = value
            else:
                values[name] = None if value is None else self.references.find(field, value)
        instance = _model_of(obj)(**values)
        instance.pk = self.references.key_of(instance)
        _check_rules(instance)
        self.references.add(instance)
        return CheckedObject(instance, where, ahead)


class References:
    """The objects that a fixture refers to by their natural keys, each looked up once."""

    def __init__(self, using: str) -> None:
        self.using = using
        self.known: dict[tuple[type[models.Model], tuple[Any, ...]], models.Model] = {}

    def find(self, field: Any, value: Any) -> models.Model | None:
        """The object that the field's value names; None if it is of the field's own model, so may come later."""
        target: Any = field.related_model
        if not isinstance(value, list):
            raise ValidationError({field.name: f'write the natural key of the {_name_of(target)} as a list: ["…"]'})
        if any(isinstance(part, list | dict) for part in value):
            raise ValidationError({field.name: f"{_json(value)} is not the natural key of a {_name_of(target)}"})
        found = self.known.get((target, tuple(value)))
        if found is None:
            found = self._stored(field, target, value)
        if found is not None:
            self.known[target, tuple(value)] = found
        return found

    def _stored(self, field: Any, target: Any, value: list[Any]) -> models.Model | None:
        try:
            found: models.Model = target._default_manager.db_manager(self.using).get_by_natural_key(*value)
        except TypeError:
            said = f"{_json(value)} is not the natural key of a {_name_of(target)}"
            raise ValidationError({field.name: said}) from None
        except target.DoesNotExist:
            if target is not field.model:
                raise ValidationError({field.name: _missing(target, value)}) from None
            return None
        return found

    def key_of(self, instance: Any) -> Any:
        """The primary key of the stored object with this one's natural key; None if it is new."""
        manager: Any = type(instance)._default_manager.db_manager(self.using)
        if not hasattr(instance, "natural_key"):
            return None
        try:
            return manager.get_by_natural_key(*instance.natural_key()).pk
        except type(instance).DoesNotExist:
            return None

    def add(self, instance: Any) -> None:
        """An object that later ones may refer to, once it is saved."""
        if hasattr(instance, "natural_key"):
            self.known[type(instance), tuple(instance.natural_key())] = instance


class CheckedObject(DeserializedObject):
    """An object of which the database checks the rest; if it refuses, the message says which rule was broken."""

    def __init__(self, instance: models.Model, where: str, ahead: dict[Any, Any]) -> None:
        super().__init__(instance, {}, ahead)
        self.where = where

    def save(self, save_m2m: bool = True, using: str | None = None, **options: Any) -> None:  # noqa: FBT001, FBT002
        try:
            with transaction.atomic(using):
                super().save(save_m2m=save_m2m, using=using, **options)
        except IntegrityError:
            self._explain()
            raise

    def _explain(self) -> None:
        """Raise DeserializationError with the rule that the object breaks, if one of its model's rules says so."""
        try:
            _full_clean(self.object)
        except ValidationError as error:
            raise DeserializationError(f"{self.where}: {_messages_of(error)}") from error


def _parsed(stream_or_string: Any) -> list[Any]:
    raw = stream_or_string if isinstance(stream_or_string, bytes | str) else stream_or_string.read()
    try:
        objects = json.loads(raw)
    except json.JSONDecodeError as error:
        raise DeserializationError(f"line {error.lineno}, column {error.colno}: not valid JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise DeserializationError(f"byte {error.start}: not UTF-8 text") from error
    except RecursionError as error:
        raise DeserializationError("this JSON is nested too deeply to be a fixture") from error
    if not isinstance(objects, list):
        raise DeserializationError("a fixture is a list of objects and starts with [")
    return objects


def _is_ours(obj: Any) -> bool:
    if not isinstance(obj, dict) or not isinstance(obj.get("model"), str) or not isinstance(obj.get("fields"), dict):
        raise DeserializationError('an object needs a "model", such as "panels.answer", and "fields"')
    return str(obj["model"]).lower().startswith("panels.")


def _check_fields(obj: dict[str, Any], *, ignore_unknown: bool) -> None:
    model, fields = _model_of(obj), obj["fields"]
    if "pk" in obj:
        raise DeserializationError("pk: remove it; objects are identified by their natural key, not by a number")
    key = _KEYS.get(model._meta.model_name or "")
    if key and fields.get(key) in (None, ""):
        raise ValidationError({key: "is missing; it is needed to identify the object"})
    if ignore_unknown:
        return
    for name, value in fields.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            known = ", ".join(sorted(field.name for field in model._meta.fields if _is_written(field)))
            raise DeserializationError(f"{name}: unknown field; known fields: {known}") from None
        if isinstance(field, models.CharField | models.TextField) and not isinstance(value, str | None):
            raise ValidationError({name: f"{_json(value)} is not text; put it in quotation marks"})


def _is_written(field: Any) -> bool:
    return bool(field.serialize and not field.primary_key)


def _model_of(obj: dict[str, Any]) -> type[models.Model]:
    try:
        return apps.get_model(obj["model"])
    except LookupError:
        known = ", ".join(sorted(model._meta.model_name or "" for model in apps.get_app_config("panels").get_models()))
        raise DeserializationError(f"unknown model; known models: {known}") from None


def _field_of(model: type[models.Model], name: str) -> Any:
    """The field of that name; None where unknown ones are ignored."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _name_of(model: Any) -> str:
    return str(model._meta.model_name)


def _missing(target: Any, value: Any) -> str:
    return (
        f"no {target._meta.model_name} {_json(value)} is saved or earlier in the fixture; "
        f"load or add it first, or correct the name"
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _check_rules(instance: Any) -> None:
    """The rules of the fields and of the model that need no look at other rows; references were found already."""
    if isinstance(instance, PreparedModel):
        instance.prepare()
    found = {field.name for field in instance._meta.fields if field.is_relation and field.is_cached(instance)}
    instance.clean_fields(exclude=found)
    instance.clean()


def _full_clean(instance: models.Model) -> None:
    instance._state.adding = instance.pk is None  # else a stored object would be found to collide with itself
    instance.full_clean()


def _named(obj: Any) -> str:
    """The name of an object in its own fixture."""
    if not isinstance(obj, dict):
        return "?"
    fields = obj.get("fields")
    fields = fields if isinstance(fields, dict) else {}
    parts = [fields.get(name) for name in ("event", "question", "content_object", "slug", "anchor", "tag", "speaker")]
    flat = [str(item) for part in parts if part for item in (part if isinstance(part, list) else [part])]
    return " ".join([str(obj.get("model", "without a model")), *dict.fromkeys(flat)])


def _messages_of(error: Exception) -> str:
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        faults = error.message_dict.items()
        return "; ".join(_fault(field, messages) for field, messages in faults)
    if isinstance(error.__cause__, ObjectDoesNotExist | ValidationError):
        return _messages_of(error.__cause__)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def _fault(field: str, messages: Iterable[str]) -> str:
    text = " ".join(messages)
    return text if field == NON_FIELD_ERRORS else f"{field}: {text}"


def _park(objects: Iterable[Any]) -> None:
    """Free stored numbers that the fixture assigns to other rows, so that it can swap them."""
    for model, reference, place in ((Question, "event", "number"), (Answer, "question", "position")):
        wanted = {
            (obj["fields"][reference][0], obj["fields"].get("anchor")): obj["fields"].get(place)
            for obj in objects
            if _places(obj, model, reference)
        }
        stored = model.objects.filter(event__slug__in={slug for slug, _ in wanted})
        moved = [
            pk
            for pk, slug, anchor, now in stored.values_list("pk", "event__slug", "anchor", place)
            if wanted.get((slug, anchor), now) != now
        ]
        model.objects.filter(pk__in=moved).update(**{place: F(place) + _PARKED})


def _places(obj: Any, model: type[models.Model], reference: str) -> bool:
    if not isinstance(obj, dict) or str(obj.get("model")).lower() != model._meta.label_lower:
        return False
    fields = obj.get("fields")
    if not isinstance(fields, dict):
        return False
    key = fields.get(reference)
    return isinstance(key, list) and bool(key) and isinstance(key[0], str) and isinstance(fields.get("anchor"), str)
