import pytest
from django.contrib.auth.models import User

from panels.editorial.speakers_and_tags.tagging import suggested, suggested_tags, tag
from panels.models import Revision, Tag
from tests.builders import make_session

pytestmark = pytest.mark.django_db

NAMES = ("Archives", "Libraries", "Volunteers", "Machine learning", "图书馆", "Ice", "Classes", "Boxes")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The archive is cold.", ["Archives"]),
        ("Every library has an archive; our library has two.", ["Libraries", "Archives"]),
        ("**Machine** *learning* is no magic.", ["Machine learning"]),
        ("A machine that is learning", []),
        ("我们的图书馆很冷。", ["图书馆"]),
        ("Twice nice.", []),
        ("A class with a box", ["Classes", "Boxes"]),
        ("", []),
    ],
)
def test_tags_are_suggested_by_the_words_of_a_text(text: str, found: list[str]) -> None:
    assert suggested(text, NAMES) == found


def test_what_is_there_already_is_not_suggested_nor_what_no_tag_says() -> None:
    Tag.objects.create(name="Archives")
    Tag.objects.create(name="Keys")

    assert suggested_tags("The archives, the keys, the cellar", ["archives"]) == ["Keys"]


def test_many_are_tagged_at_once_in_one_state_of_each_event(editor: User) -> None:
    one, other = make_session(2, 2), make_session(1, 1)
    keys, doors = Tag.objects.create(name="Keys"), Tag.objects.create(name="Doors")
    one.questions.get(anchor="q1").tags.add(doors)

    changed = tag([*one.questions.all(), *other.questions.all()], add=[keys], remove=[doors], by=editor)
    again = tag(one.questions.all(), add=[keys], by=editor)

    assert (changed, again) == (3, 0)
    assert {name for question in one.questions.all() for name in question.tags.names()} == {"Keys"}
    for event in (one, other):
        assert [(state.number, state.by, state.why) for state in Revision.objects.filter(event=event)] == [
            (2, editor, "Tags changed"),
            (1, None, ""),
        ]
