"""Asks for every example of the API again, of the sample sessions.

    python -m tests.api.examples

writes the answers into `panels/api/documentation/examples.json`, in a database of its own. A version is not compared
and is shown as 7: databases count changes differently.
"""

import json
import os
import tempfile
from http import HTTPStatus
from typing import Any

import django
from django.core.management import call_command

SAMPLES = ("babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21")
HOST = "panels.example.org"
_LIBRARY = "library-round-table-2021-09-18"
# Endpoint, title, path after /api/v1/.
REQUESTS = (
    ("answer", "One answer", f"answers/{_LIBRARY}/q2-a1/"),
    ("answer", "An answer whose speaker the editors inferred", "answers/babbitt-2020-04-10/q4-a1/"),
    ("events", "Sessions of a year", "events/?year=2021&limit=1"),
    ("transcript", "One question of a transcript", f"events/{_LIBRARY}/transcript/?limit=1"),
    ("questions", "Questions under a tag", "questions/?tag=fang-yan"),
    ("speaker", "A speaker", "speakers/zhang-san/"),
    ("tags", "The first tags", "tags/?limit=1"),
    ("search", "A search", "search/?q=blackletter"),
    ("quote", "A quotation that is not exact", "quote/?q=Nobody+has+stolen+a+book+and+nobody+has+broken+a+chair"),
    ("events", "A misspelt filter", "events/?speakers=zhang-san"),
    ("event", "A session that does not exist", "events/nothing/"),
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/examples.sqlite3"
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("loaddata", *SAMPLES, verbosity=0)
        from django.conf import settings  # noqa: PLC0415 - when Django is set up

        from panels.api.documentation.examples import FILE  # noqa: PLC0415

        settings.ALLOWED_HOSTS = [HOST]
        found = [
            {"name": name, "title": title, "path": f"/api/v1/{path}", **answered(f"/api/v1/{path}")}
            for name, title, path in REQUESTS
        ]
        FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def answered(path: str) -> dict[str, Any]:
    """Status and answer, as an example has them."""
    from django.test import Client  # noqa: PLC0415 - when Django is set up

    response = Client().get(path, headers={"host": HOST}, secure=True)
    if response.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}:
        raise SystemExit(f"{path} answers {response.status_code}")
    return {"status": response.status_code, "answer": settled(response.json())}


def settled(answer: Any) -> Any:
    """An answer without what is another one each time that the samples are stored."""
    if isinstance(answer, list):
        return [settled(one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    always = {"version": 7, "changed_at": "2026-11-23T00:00:00Z"}
    return {name: always[name] if name in always else settled(value) for name, value in answer.items()}


if __name__ == "__main__":
    main()
