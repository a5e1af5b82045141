import pytest

from tests.search.corpus import store
from tests.web.page_cache.reader import CachedSite


@pytest.fixture
def site(transactional_db: None) -> CachedSite:
    """Sessions in several languages, and a draft, with no page kept so far."""
    store()
    return CachedSite()
