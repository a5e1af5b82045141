"""The session editor: all questions and answers of a session on one page, each edited in place.

It works without scripts: `?edit=q3-a2` opens the form of a passage, and every button of a form first saves the input.
For requests that ask for JSON, the same URL returns the parts of the page that changed.
"""

from panels.admin.session_editor.views import autosave_view, session_editor_view

__all__ = ["autosave_view", "session_editor_view"]
