import pytest

from tests.search.corpus import store
from tests.web.page_cache.reader import Site


@pytest.fixture
def site(transactional_db: None) -> Site:
    """Sessions in several languages, and a draft, with no page kept so far."""
    store()
    return Site()
