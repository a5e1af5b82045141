"""Tests of an event's own pages: details, publication, history, versions, conflicts."""
