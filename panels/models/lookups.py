"""Lookups of integers that pass over numbers which the database cannot hold, as Django's other lookups do.

A form or an address may bring any number for a key. Django's `exact` finds nothing for one that is too large; its `in`
handed it to the database, which fails.
"""

from typing import Any

from django.db import models
from django.db.models.lookups import In


@models.IntegerField.register_lookup
class IntegerIn(In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            low, high = connection.ops.integer_field_range(self.lhs.output_field.get_internal_type())
            self.rhs = [one for one in self.rhs if not isinstance(one, int) or _is_between(low, one, high)]
        return super().process_rhs(compiler, connection)


def _is_between(low: int | None, number: int, high: int | None) -> bool:
    """A limit of None is none."""
    return (low is None or low <= number) and (high is None or number <= high)
