"""Tests of the session screen: saving, steps, typed text, two windows, two editors."""
