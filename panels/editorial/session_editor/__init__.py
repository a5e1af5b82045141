"""Edit a stored session passage by passage, by several editors at once, without losing changes.

An editor's change is a list of steps (`steps`, pure), each for the passage at an anchor, made for the version that the
editor saw. `saving.save` applies them to the current version: changes that others made elsewhere are kept, and if they
changed the same words, nothing is saved and the editor sees all three wordings. `editing_sessions` records who has an
event open, and their unsaved changes.
"""
