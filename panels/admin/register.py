"""Which model has which admin class. `panels.apps.PanelsAdminConfig` imports it when Django is ready."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from taggit import admin as taggit_admin

from panels.admin.accounts.audit_log import AuditEntryAdmin
from panels.admin.accounts.sign_in import SignInAttemptAdmin, SignInForm, SignInView
from panels.admin.accounts.two_factor import ask_for_factor
from panels.admin.accounts.users_and_groups import GroupAdmin, UserAdmin
from panels.admin.events.correction import CorrectionAdmin
from panels.admin.events.event import EventAdmin
from panels.admin.events.panelist import PanelistAdmin
from panels.admin.passages.answer import AnswerAdmin
from panels.admin.passages.question import QuestionAdmin
from panels.admin.row_history import RowRevisionAdmin
from panels.admin.shared.read_only import (
    CommentAdmin,
    EditingSessionAdmin,
    FormerSlugAdmin,
    FormerWordingAdmin,
    ImportDraftAdmin,
    PreviewLinkAdmin,
    RetiredAnchorAdmin,
    RevisionAdmin,
    ScheduleAdmin,
    VersionAdmin,
)
from panels.admin.speakers_and_tags.merge import MergeAdmin
from panels.admin.speakers_and_tags.speaker import SpeakerAdmin
from panels.admin.speakers_and_tags.split import SplitAdmin
from panels.admin.speakers_and_tags.tag import TagAdmin
from panels.models import (
    Answer,
    AuditEntry,
    Comment,
    Correction,
    EditingSession,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    FormerWording,
    ImportDraft,
    Merge,
    Panelist,
    PreviewLink,
    Question,
    RetiredAnchor,
    Revision,
    RowRevision,
    Schedule,
    SharedSpeakerSlug,
    SignInAttempt,
    Speaker,
    Split,
    Tag,
    Version,
)

admin.site.login_form = SignInForm
admin.site.login_view = SignInView  # type: ignore[attr-defined]
admin.site.ask_for_factor = ask_for_factor  # type: ignore[attr-defined]
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
admin.site.register(ImportDraft, ImportDraftAdmin)
admin.site.register(RetiredAnchor, RetiredAnchorAdmin)
admin.site.register(Version, VersionAdmin)
admin.site.register(Revision, RevisionAdmin)
admin.site.register(RowRevision, RowRevisionAdmin)
admin.site.register(EditingSession, EditingSessionAdmin)
admin.site.register(Merge, MergeAdmin)
admin.site.register(Split, SplitAdmin)
admin.site.register(Schedule, ScheduleAdmin)
admin.site.register(PreviewLink, PreviewLinkAdmin)
admin.site.register(Comment, CommentAdmin)
admin.site.register(SignInAttempt, SignInAttemptAdmin)
admin.site.register(AuditEntry, AuditEntryAdmin)
admin.site.register(FormerWording, FormerWordingAdmin)
admin.site.register([FormerEventSlug, FormerSpeakerSlug, FormerTagSlug, SharedSpeakerSlug], FormerSlugAdmin)
