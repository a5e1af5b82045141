"""One screen for a session: all its questions and answers in reading order, each edited where it stands.

Works as plain pages: `?edit=q3-a2` shows the form of a passage in its place, and every button of a form first saves
what was typed. With scripts the same address answers in JSON with the parts of the page that changed, for requests
that ask for JSON.
"""

from panels.admin.session_editor.views import autosave_view, session_editor_view

__all__ = ["autosave_view", "session_editor_view"]
