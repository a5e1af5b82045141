"""The editors' desk: Django's admin, one module a model family. Admin classes describe; they do not compute."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from taggit import admin as taggit_admin

from panels.admin.accounts import GroupAdmin, UserAdmin
from panels.admin.answer import AnswerAdmin
from panels.admin.correction import CorrectionAdmin
from panels.admin.event import EventAdmin
from panels.admin.kept import (
    CommentAdmin,
    EditionAdmin,
    FormerSlugAdmin,
    FormerWordingAdmin,
    IntakeAdmin,
    PreviewLinkAdmin,
    RetiredAnchorAdmin,
    RevisionAdmin,
    ScheduleAdmin,
    SittingAdmin,
)
from panels.admin.merging import MergerAdmin
from panels.admin.panelist import PanelistAdmin
from panels.admin.question import QuestionAdmin
from panels.admin.row_history import RowRevisionAdmin
from panels.admin.speaker import SpeakerAdmin
from panels.admin.tag import TagAdmin
from panels.models import (
    Answer,
    Comment,
    Correction,
    Edition,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    FormerWording,
    Intake,
    Merger,
    Panelist,
    PreviewLink,
    Question,
    RetiredAnchor,
    Revision,
    RowRevision,
    Schedule,
    Sitting,
    Speaker,
    Tag,
)

admin.site.unregister(taggit_admin.Tag)  # Panels has tags of its own
admin.site.unregister([User, Group])  # registered by Django's own, which `accounts` imports
admin.site.register(User, UserAdmin)
admin.site.register(Group, GroupAdmin)
admin.site.register(Event, EventAdmin)
admin.site.register(Question, QuestionAdmin)
admin.site.register(Answer, AnswerAdmin)
admin.site.register(Panelist, PanelistAdmin)
admin.site.register(Speaker, SpeakerAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(Correction, CorrectionAdmin)
admin.site.register(Intake, IntakeAdmin)
admin.site.register(RetiredAnchor, RetiredAnchorAdmin)
admin.site.register(Edition, EditionAdmin)
admin.site.register(Revision, RevisionAdmin)
admin.site.register(RowRevision, RowRevisionAdmin)
admin.site.register(Sitting, SittingAdmin)
admin.site.register(Merger, MergerAdmin)
admin.site.register(Schedule, ScheduleAdmin)
admin.site.register(PreviewLink, PreviewLinkAdmin)
admin.site.register(Comment, CommentAdmin)
admin.site.register(FormerWording, FormerWordingAdmin)
admin.site.register([FormerEventSlug, FormerSpeakerSlug, FormerTagSlug], FormerSlugAdmin)
