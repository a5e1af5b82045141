"""More answers by the speaker of an answer, on the same subject."""

from django.db.models import Case, Exists, OuterRef, Q, When

from panels.models import Answer, TaggedAnswer, TaggedEvent, TaggedQuestion
from panels.reading.sessions import PassageView

SHOWN = 4
# Only this many of a speaker's newest answers are searched, so that the cost of a page does not grow with their number.
_EXAMINED = 400


def related_answers(passage: PassageView) -> list[Answer]:
    """Answers to other questions by the same speaker, with a tag of this answer or else of its event.

    Only public ones; answers in other events first, then the newest first, each with its question and event.
    """
    answer_view = passage.answer_view
    if answer_view is None or answer_view.answer.speaker_id is None:
        return []
    tags = {tag.slug for tag in (*answer_view.tags, *passage.question_view.tags)} or {
        tag.slug for tag in passage.session.tags
    }
    if not tags:
        return []
    newest = Answer.objects.published().filter(speaker=answer_view.answer.speaker_id)
    newest = newest.exclude(question=passage.question_view.question.pk).order_by("-pk")[:_EXAMINED]
    under_tag = (
        Q(Exists(TaggedAnswer.objects.filter(tag__slug__in=tags, content_object=OuterRef("pk"))))
        | Q(Exists(TaggedQuestion.objects.filter(tag__slug__in=tags, content_object=OuterRef("question"))))
        | Q(Exists(TaggedEvent.objects.filter(tag__slug__in=tags, content_object=OuterRef("event"))))
    )
    found = Answer.objects.filter(under_tag, pk__in=newest.values("pk")).select_related("event", "question", "speaker")
    same_event = Case(When(event=passage.session.event.pk, then=1), default=0)
    return list(found.order_by(same_event, "-event__sort_date", "event__slug", "question__number", "position")[:SHOWN])
