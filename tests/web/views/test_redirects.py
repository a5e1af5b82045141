"""URLs that were shown once lead to where the page is now."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("/events/original/beside/minutes/?page=2", "/events/original/side-by-side/minutes/?page=2"),
        ("/events/%E4%B8%AD%3F/beside/c%23d/", "/events/%E4%B8%AD%3F/side-by-side/c%23d/"),
        ("/admin/panels/event/7/session/?edit=q1", "/admin/panels/event/7/editor/?edit=q1"),
        ("/admin/panels/event/7/session/sitting/", "/admin/panels/event/7/editor/autosave/"),
        ("/admin/panels/event/7/text/account/", "/admin/panels/event/7/text/preview/"),
        ("/admin/panels/event/7/bin/", "/admin/panels/event/7/change/"),
        ("/admin/panels/intake/", "/admin/panels/importdraft/"),
        ("/admin/panels/merger/3/change/", "/admin/panels/merge/3/change/"),
        ("/admin/panels/edition/?p=1", "/admin/panels/version/?p=1"),
        ("/admin/panels/sitting/", "/admin/panels/editingsession/"),
    ],
)
@pytest.mark.django_db
def test_a_former_url_redirects_for_good(client: Client, former: str, present: str) -> None:
    response = client.get(former)

    assert (response.status_code, response["Location"]) == (301, present)
