"""What every test may use, and the rule that nothing is skipped in silence where all is required."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.builders import make_editor
from tests.failures import failures_are_logged
from tests.scratch import manage, scratch_database

# Machines are noisy: a slow example is no fault. And who changes one thing is not told of another: the same examples
# are tried each time, others with HYPOTHESIS_PROFILE=others.
settings.register_profile("others", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("panels", settings.get_profile("others"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "panels"))

SAMPLES = Path(__file__).parent / "samples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-all",
        action="store_true",
        help="fail, instead of skipping, what a missing browser or server keeps from running",
    )
    parser.addoption(
        "--database",
        action="store_true",
        help="run only the tests that use the database: what to run again on another one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    _name_apart(items)
    # pytest-django's order stands otherwise: tests that empty the database come after those that need its first rows.
    items.sort(key=lambda item: item.get_closest_marker("long") is None or _uses_database(item))
    if config.getoption("--database"):
        others = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: Any) -> bool:
    """Whether a test asks for the database, or starts a program that does."""
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames))


def _name_apart(items: list[Any]) -> None:
    """Of tests of one name workers run but one: those that Schemathesis makes, one for each endpoint, get its name."""
    for item in items:
        if endpoint := getattr(item, "operation_label", None):
            item._id = item.id.with_params(endpoint)  # as pytest makes it of its own parameters
    names = Counter(item.nodeid for item in items)
    if several := [name for name, count in names.items() if count > 1]:
        raise pytest.UsageError(f"tests of one name: {', '.join(several)}")


@pytest.fixture(scope="session")
def missing(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Skips the test because something is not installed; with --require-all it fails."""

    def give_up(what: str) -> None:
        if request.config.getoption("--require-all"):
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is not installed here")

    return give_up


@pytest.fixture(autouse=True)
def _every_failure_is_logged() -> Iterator[None]:
    with failures_are_logged():
        yield


@pytest.fixture(autouse=True)
def _language_is_left() -> Iterator[None]:
    """A request leaves its language active for whoever comes next in the process."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def _migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scratch_database(tmp_path_factory.mktemp("migrated")) as url:
        done = manage("migrate", "-v0", SECRET_KEY="only-for-tests", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        yield url


@pytest.fixture
def migrated_database(_migrated_template: str, tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of a database of the test's own, with all tables; migrating takes long and is done once."""
    with scratch_database(tmp_path, template=_migrated_template) as url:
        yield url


@pytest.fixture
def editor(db: None) -> User:
    return make_editor()


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A client signed in as an editor."""
    client.force_login(editor)
    return client
