"""Base classes of all models: derived fields, slugs with history, sort keys."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from panels.models.validators import validate_slug
from panels.transcript.text import first_free, normalize_newlines


class PreparedModel(models.Model):
    """A model whose derived fields are filled in: a slug, an anchor, a position at the end.

    `save()` does this, and so does everything that writes without `save()`: fixtures and bulk loads.
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
        """Normalize line ends: browsers send `\\r\\n`, which would look like a change of every line."""
        for field in self._meta.concrete_fields:
            text = self.__dict__.get(field.attname)
            if isinstance(field, models.TextField) and isinstance(text, str) and "\r" in text:
                setattr(self, field.attname, normalize_newlines(text))

    def prepare(self) -> None:
        """Fill in empty fields. Runs in the transaction that writes the row, and may lock its event."""
        raise NotImplementedError


class SluggedModel(PreparedModel):
    """A model with a readable slug. When the slug changes, a trigger stores the former one."""

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
        formerly = models.Q(former_slugs__slug=self.slug)  # every subclass has a `FormerSlug`
        others = type(self)._default_manager.filter(formerly).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"slug": _("This slug was used before and still redirects to something else.")})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def prepare(self) -> None:
        if not self.slug:
            self.slug = free_slug(type(self), self.wanted_slug())

    def wanted_slug(self) -> str:
        """The slug to use unless it is taken."""
        return self.slug or self.slug_from_words() or str(self._meta.model_name)

    def slug_from_words(self) -> str:
        """The slug made from the title or name; empty if that has no words."""
        raise NotImplementedError


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """A text column compared by code point, so that lists have the same order on SQLite and PostgreSQL."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        return super().db_parameters(connection) | {"collation": "C" if connection.vendor == "postgresql" else None}


class FormerSlug(models.Model):
    """A former slug, stored by a trigger when the slug changes; it redirects for ever.

    Of an event that readers never saw none is written: its former slug is free.

    Subclasses add `target`, whose former slugs are its `former_slugs`.
    """

    slug = models.CharField(_("former slug"), max_length=100, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


def free_slug(model: type[models.Model], wanted: str, taken: Iterable[str] = ()) -> str:
    """`wanted`, numbered if necessary to differ from all current and former slugs, and those in `taken`."""
    manager = model._default_manager
    live = manager.filter(slug__startswith=wanted).values_list("slug", flat=True)
    former = manager.filter(former_slugs__slug__startswith=wanted).values_list("former_slugs__slug", flat=True)
    return first_free(wanted, {*live, *former, *taken})


def next_place(siblings: "models.QuerySet[Any]", field: str) -> int:
    """The position after the last of `siblings`, counted from 1."""
    last: int | None = siblings.aggregate(last=models.Max(field))["last"]
    return (last or 0) + 1


def count_of(model: type[models.Model], relation: str, which: models.Q | None = None) -> models.Subquery:
    """A subquery that counts the related rows of each row of `model`; several of them do not multiply each other."""
    own = model._default_manager.filter(pk=models.OuterRef("pk")).order_by().values("pk")
    return models.Subquery(own.annotate(count=models.Count(relation, filter=which)).values("count"))
