import pytest
from django.db import IntegrityError, transaction

from panels.models import Tag, TaggedEvent
from tests.builders import make_answer, make_event, make_published, make_question

pytestmark = pytest.mark.django_db


def test_tags_get_readable_slugs_and_one_order() -> None:
    make_event().tags.add("口述历史", "Archives", "Économie")

    tags = Tag.objects.all().by_name().values_list("name", "slug")

    assert list(tags) == [("Archives", "archives"), ("Économie", "economie"), ("口述历史", "kou-shu-li-shi")]


def test_tags_are_one_whatever_their_case() -> None:
    make_event().tags.add("Archives")
    make_event().tags.add("archives")

    assert list(Tag.objects.values_list("name", flat=True)) == ["Archives"]


def test_database_refuses_the_same_tag_twice() -> None:
    event = make_event()
    event.tags.add("Archives")

    with pytest.raises(IntegrityError), transaction.atomic():
        TaggedEvent.objects.bulk_create([TaggedEvent(content_object=event, tag=Tag.objects.get())])


def test_published_and_counts_see_public_events_only() -> None:
    public, draft = make_published(), make_event()
    for event in (public, draft):
        question = make_question(event)
        event.tags.add("Shared")
        question.tags.add("Shared")
        make_answer(question).tags.add("Shared")
    draft.tags.add("Secret")

    tags = Tag.objects.published().with_counts()

    assert [(tag.name, tag.event_count, tag.passage_count) for tag in tags] == [("Shared", 1, 2)]
