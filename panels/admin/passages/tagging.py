"""Tags given to, or taken from, many questions or answers at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panels.admin.shared.base import TagSelect, editor_of
from panels.admin.shared.list_only import PassageListAdmin
from panels.editorial.speakers_and_tags.tagging import tag
from panels.models import Tag


class TaggingAdmin(PassageListAdmin):
    """Of questions and answers."""

    actions = ("tag_selected",)

    @admin.action(description=_("Add or remove tags"), permissions=["change"])
    def tag_selected(self, request: HttpRequest, chosen: "QuerySet[Any]") -> HttpResponse | None:
        """Asks for the tags first; selected passages that the user may not change stay as they are."""
        rows = list(chosen.select_related("event"))
        mine = [row for row in rows if self.has_change_permission(request, row)]
        form = self._tags_form(request)
        if "do" not in request.POST or not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Tags"),
                "form": form,
                "rows": mine,
                "others": len(rows) - len(mine),
                "media": self.media + form.media,
            }
            return render(request, "admin/panels/rows/tag_selected.html", context)
        tags = {"remove" if request.POST["do"] == "remove" else "add": form.cleaned_data["tags"]}
        count = tag(mine, **tags, by=editor_of(request))
        message = ngettext("%(count)s passage was changed.", "%(count)s passages were changed.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
        return None

    def _tags_form(self, request: HttpRequest) -> forms.Form:
        tag_of = self.model.tags.through._meta.get_field("tag")
        field = forms.ModelMultipleChoiceField(
            Tag.objects.all(), label=_("Tags"), widget=TagSelect(tag_of, self.admin_site)
        )
        form = forms.Form(request.POST if "do" in request.POST else None, label_suffix="")
        form.fields["tags"] = field
        return form
