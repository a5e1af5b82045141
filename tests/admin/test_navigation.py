import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from panels.models import Event
from tests.builders import make_editor, make_session

pytestmark = pytest.mark.django_db


def navigation_of(client: Client, path: str) -> dict[str, str]:
    """The labels and addresses of the navigation; the current entry has an asterisk."""
    entries = client.get(path).context["navigation"]
    return {f"{entry.label}{'*' * entry.is_current}": entry.admin_url for entry in entries}


def test_a_publisher_has_six_entries(desk: Client) -> None:
    assert navigation_of(desk, "/admin/") == {
        "Desk*": "/admin/",
        "Sessions": "/admin/panels/event/",
        "Speakers": "/admin/panels/speaker/",
        "Tags": "/admin/panels/tag/",
        "Import": "/admin/panels/event/import/",
        "Administration": "/admin/administration/",
    }


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/admin/panels/event/{event}/editor/", "Sessions*"),
        ("/admin/panels/event/add/", "Sessions*"),
        ("/admin/panels/event/import/", "Import*"),
        ("/admin/panels/speaker/duplicates/", "Speakers*"),
        ("/admin/panels/tag/", "Tags*"),
        ("/admin/panels/answer/", "Administration*"),
        ("/admin/administration/", "Administration*"),
    ],
)
def test_the_entry_of_the_page_is_current(path: str, current: str, desk: Client) -> None:
    event = make_session(1, 1)

    entries = navigation_of(desk, path.format(event=event.pk))

    assert [label for label in entries if label.endswith("*")] == [current]


def test_everything_else_stands_under_administration(desk: Client) -> None:
    page = desk.get("/admin/administration/")

    groups = {
        str(group["name"]): [model["object_name"] for model in group["models"]] for group in page.context["app_list"]
    }
    listed = [name for names in groups.values() for name in names]
    assert groups["Content of sessions"][:4] == ["Question", "Answer", "Panelist", "Correction"]
    assert {"Revision", "RetiredAnchor", "EditingSession"} <= set(groups["System records"])
    assert not {"Event", "Speaker", "Tag"} & set(listed)


def test_nobody_is_led_where_they_may_not_go(client: Client) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_tag", content_type__app_label="panels"))
    client.force_login(reader)

    assert list(navigation_of(client, "/admin/panels/tag/")) == ["Desk", "Tags*"]
    assert client.get("/admin/administration/").context["app_list"] == []


def test_there_is_no_navigation_before_somebody_signs_in(client: Client) -> None:
    make_editor()

    assert client.get("/admin/login/").context["navigation"] == []
    assert client.get("/admin/administration/").status_code == 302
    assert not Event.objects.exists()
