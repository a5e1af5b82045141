"""Login sessions when the database cannot be written to."""

from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

FULL = OSError("the disk is full")


def refuse_to_update_sessions(execute: Any, sql: str, *rest: Any) -> Any:
    if sql.startswith('UPDATE "django_session"'):
        raise OperationalError("database or disk is full") from FULL
    return execute(sql, *rest)


def renew(client: Client) -> None:
    session = client.session
    session["seen"] = not session.get("seen", False)
    with connection.execute_wrapper(refuse_to_update_sessions):
        session.save()


@pytest.mark.django_db
def test_a_full_disk_is_not_taken_for_a_deleted_session(desk: Client) -> None:
    with pytest.raises(OperationalError, match="disk is full") as error:
        renew(desk)

    assert error.value.__cause__ is FULL  # by which the kind of outage is known


@pytest.mark.django_db
def test_a_deleted_session_is_still_told(desk: Client) -> None:
    session = desk.session
    session["seen"] = True
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
