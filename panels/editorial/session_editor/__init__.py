"""Editing a stored session passage by passage, by several editors at once, with nothing lost.

An editor's change is a list of steps (`steps`, pure), each at an anchor, for the version that the editor saw.
`saving.save` takes them on what is stored now: what others changed elsewhere meanwhile stays, and where they changed
the same words nothing is saved and the editor sees all three wordings. `editing_sessions` records who has an event
open, with their unsaved changes.
"""
