"""Speakers: labels, names, attendee lists, and the resolution of labels to people."""
