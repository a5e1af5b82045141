"""Editing a stored session passage by passage, by several editors at once, with nothing lost.

An editor's change is a few steps (`steps`, pure), each at an anchor, on the edition of the event that they looked at.
`saving.save` takes them on what is stored now: what others changed elsewhere meanwhile stays, and where they changed
the same words nothing is stored, but the editor is told and shown all three wordings. `sittings` keeps who is at an
event and what they typed and have not saved.
"""
