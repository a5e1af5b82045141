"""What several tests of pages need."""

import pytest

from panels.models import Speaker
from tests.builders import make_speaker


@pytest.fixture
def people(db: None) -> list[Speaker]:
    return [make_speaker("Jane Doe"), make_speaker("Zhang San", original_name="张三", slug="zhang-san")]
