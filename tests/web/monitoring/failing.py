"""The program's addresses, and some at which everything fails."""

import os
import sqlite3
from typing import NoReturn

from django.contrib.auth.models import User
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest
from django.urls import path

from panels import urls

SECRET = "Ida Krane, ida@example.org"


class _ServerGoneError(Exception):
    """As psycopg raises it: with the state that the server gave, if it gave one."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("server closed the connection unexpectedly\nDETAIL: " + SECRET)
        self.sqlstate = sqlstate


_ServerGoneError.__name__ = "OperationalError"


def fault(request: HttpRequest) -> NoReturn:
    assert request.user.pk or request.user.is_anonymous
    try:
        os.environ[SECRET]
    except KeyError as error:
        raise ValueError(f"no {SECRET}\n2026-01-01T00:00:00Z ERROR forged") from error
    raise AssertionError


def none(_request: HttpRequest) -> NoReturn:
    missing: User | None = None
    missing.get_username()  # type: ignore[union-attr] # it is meant to fail
    raise AssertionError


def sqlite(_request: HttpRequest, code: int) -> NoReturn:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorcode = code
    raise OperationalError(*cause.args) from cause


def postgresql(_request: HttpRequest, state: str) -> NoReturn:
    raise OperationalError("server closed the connection") from _ServerGoneError(None if state == "none" else state)


def lost(_request: HttpRequest) -> NoReturn:
    raise InterfaceError("connection already closed")


def broken_rule(_request: HttpRequest) -> NoReturn:
    raise IntegrityError(f"duplicate key\nDETAIL:  Key (name)=({SECRET}) already exists.")


urlpatterns = [
    path("fails/fault/", fault),
    path("fails/none/", none),
    path("fails/sqlite/<int:code>/", sqlite),
    path("fails/postgresql/<str:state>/", postgresql),
    path("fails/lost/", lost),
    path("fails/rule/", broken_rule),
    path("preview/<str:token>/", fault),
    path("api/v1/fails/", fault),
    path("api/v1/busy/", sqlite, {"code": sqlite3.SQLITE_BUSY}),
    *urls.urlpatterns,
]
handler400 = urls.handler400
handler500 = urls.handler500
