"""How long it takes to open a session on the desk and to fix one of its answers, beside plain admin inlines.

    python -m tests.benchmarks.session_editor
    .ci/with_postgres python -m tests.benchmarks.session_editor --answers 1200

Works on the database that DATABASE_URL names, which must be empty, or on an SQLite file of its own. Both ways show the
same session to the same editor and change the same answer, in turn, within one process and without a network: the desk
by its page and one passage's form, the inlines by one form with a row for each answer, as Django makes it when it is
told no more than which fields to show. What is printed are medians.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, nargs="+", default=[40, 1_200], help="of the session (40 and 1200)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        _install_plain()
        for answers in options.answers:
            _compare(answers, options.rounds)


def _compare(answers: int, rounds: int) -> None:
    from django.test import Client

    from panels.models import Event
    from tests.builders import make_editor

    event = _stored(answers)
    client = Client()
    client.force_login(make_editor(f"editor-{answers}"))
    desk, plain = f"/admin/panels/event/{event.pk}/editor/", f"/plain/panels/event/{event.pk}/change/"
    anchor = event.answers.order_by("-pk").values_list("anchor", flat=True)[answers // 2]
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    sizes: dict[str, int] = {}
    ways = {"desk": (desk, _passage), "inlines": (plain, _everything)}
    for round_ in range(rounds):
        for name, (path, sent) in ways.items():
            seconds, page = _timed(partial(client.get, path))
            took[name, "opened"].append(seconds)
            sizes[name] = len(page.content)
            text = f"Mended {name} {round_}."
            data = sent(_context_of(client, f"{path}?edit={anchor}"), anchor, text)
            seconds, answer = _timed(partial(client.post, path, data))
            if answer.status_code != HTTPStatus.FOUND or not event.answers.filter(text=text).exists():
                raise SystemExit(f"{name}: the answer was not saved")
            took[name, "saved"].append(seconds)
    print(f"{Event.objects.count()} sessions; one of {answers:,} answers")
    for what in ("opened", "saved"):
        ours, theirs = (statistics.median(took[name, what]) for name in ("desk", "inlines"))
        print(f"  {what}: desk {ours * 1000:7.0f} ms, inlines {theirs * 1000:7.0f} ms, ratio {theirs / ours:.1f}")
    print(f"  page:   desk {sizes['desk'] / 1000:7.0f} kB, inlines {sizes['inlines'] / 1000:7.0f} kB")


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = do()
    return time.perf_counter() - start, done


def _stored(answers: int) -> Any:
    """A draft with questions of five answers each."""
    from panels.editorial.importing import apply, plan
    from panels.management.generated_sessions import session_of

    return apply(plan(session_of(answers)))


def _context_of(client: Any, path: str) -> Any:
    """What a page was made of. Django keeps that only in its test environment, in which nothing is measured."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    try:
        return client.get(path).context
    finally:
        teardown_test_environment()


def _passage(context: Any, anchor: str, text: str) -> dict[str, Any]:
    """What the desk sends: the form of one answer."""
    from panels.editorial.history.event_versions import token_of

    row = next(row for row in context["rows"] if row.form is not None)
    shown = {bound.name: bound.value() or "" for bound in row.form}
    version = token_of(context["event"], row.version)
    return {**shown, "text": text, "at": anchor, "version": version, "do": "save"}


def _everything(context: Any, anchor: str, text: str) -> dict[str, Any]:
    """What a form with inlines sends: every row."""
    data: dict[str, Any] = {}
    formset = context["inline_admin_formsets"][0].formset
    for form in (context["adminform"].form, formset.management_form, *formset.forms):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else value
            if bound.name == "text" and form.instance.anchor == anchor:
                data[bound.html_name] = text
    return data


def _install_plain() -> None:
    """An admin of Django's own at `/plain/`, with all answers in the form of their event."""
    from django.conf import settings
    from django.contrib import admin
    from django.urls import clear_url_caches, path, set_urlconf

    from panels import urls
    from panels.models import Answer, Event

    class PlainAnswers(admin.TabularInline):  # type: ignore[type-arg]
        model = Answer
        fk_name = "event"
        fields = ("text", "speaker", "attribution", "evidence")
        extra = 0

    class PlainEvents(admin.ModelAdmin):  # type: ignore[type-arg]
        change_form_template = "admin/change_form.html"  # Django's own
        fields = ("title",)
        inlines = (PlainAnswers,)

    site = admin.AdminSite("plain")
    site.register(Event, PlainEvents)
    urls.urlpatterns.append(path("plain/", site.urls))
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None  # or Django refuses its own form
    clear_url_caches()
    set_urlconf(None)


if __name__ == "__main__":
    main()
