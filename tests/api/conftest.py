"""What the tests of the API share."""

import pytest
from django.core.management import call_command

from tests.api.examples import SAMPLES


@pytest.fixture
def samples(db: None) -> None:
    """The sample sessions, stored."""
    call_command("loaddata", *SAMPLES, verbosity=0)
