"""What all models share: rows that fill in what follows from the rest, addresses that are kept, sort keys."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from panels.models.validators import validate_slug
from panels.transcript.text import first_free, normalize_newlines


class PreparedModel(models.Model):
    """A row that can fill in what follows from the rest: a slug, an anchor, a place at the end.

    `save()` does it, and so does whatever writes without `save()`: loading fixtures and bulk loads.
    """

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        using = options.setdefault("using", router.db_for_write(type(self), instance=self))
        self._end_lines_alike()
        with transaction.atomic(using=using):
            self.prepare()
            super().save(**options)

    def _end_lines_alike(self) -> None:
        """Browsers send what was typed with `\\r\\n`, which would look like a change of every line."""
        for field in self._meta.concrete_fields:
            text = self.__dict__.get(field.attname)
            if isinstance(field, models.TextField) and isinstance(text, str) and "\r" in text:
                setattr(self, field.attname, normalize_newlines(text))

    def prepare(self) -> None:
        """Fill what was left empty. Runs in the transaction that writes the row, and may lock its event."""
        raise NotImplementedError


class SluggedModel(PreparedModel):
    """Something with an address made of words. When the slug changes, a trigger keeps the former one."""

    slug = models.CharField(
        _("slug"),
        max_length=100,
        unique=True,
        blank=True,
        validators=[validate_slug],
        help_text=_(
            "The last part of the URL. Leave empty to create it from the title or name (Chinese "
            "becomes pinyin). Old URLs keep working when it changes."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.prepare()
        formerly = models.Q(former_slugs__slug=self.slug)  # every subclass has its `FormerSlug`
        others = type(self)._default_manager.filter(formerly).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"slug": _("This slug was used before and still redirects to something else.")})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def prepare(self) -> None:
        if not self.slug:
            self.slug = free_slug(type(self), self.wanted_slug())

    def wanted_slug(self) -> str:
        """The slug that it gets if nobody else has it."""
        return self.slug or self.slug_from_words() or str(self._meta.model_name)

    def slug_from_words(self) -> str:
        """The slug made from the title or name; empty if that has no words."""
        raise NotImplementedError


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Text compared by code point on every database, so that lists have one order on SQLite and PostgreSQL."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        return super().db_parameters(connection) | {"collation": "C" if connection.vendor == "postgresql" else None}


class FormerSlug(models.Model):
    """An address that something had before its slug changed, written by a trigger; it redirects for ever.

    Of an event that readers never saw none is written: its former slug is free.

    Subclasses add `target`, whose former slugs are its `former_slugs`.
    """

    slug = models.CharField(_("former slug"), max_length=100, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


def free_slug(model: type[models.Model], wanted: str, taken: Iterable[str] = ()) -> str:
    """`wanted`, or with a number behind it, so that it is nobody's address, neither now nor formerly, nor `taken`."""
    manager = model._default_manager
    live = manager.filter(slug__startswith=wanted).values_list("slug", flat=True)
    former = manager.filter(former_slugs__slug__startswith=wanted).values_list("former_slugs__slug", flat=True)
    return first_free(wanted, {*live, *former, *taken})


def next_place(siblings: "models.QuerySet[Any]", field: str) -> int:
    """The place after the last of `siblings`, counted from 1."""
    last: int | None = siblings.aggregate(last=models.Max(field))["last"]
    return (last or 0) + 1


def count_of(model: type[models.Model], relation: str, which: models.Q | None = None) -> models.Subquery:
    """For each row of `model`, how many rows stand behind `relation`; side by side they do not multiply."""
    own = model._default_manager.filter(pk=models.OuterRef("pk")).order_by().values("pk")
    return models.Subquery(own.annotate(count=models.Count(relation, filter=which)).values("count"))
