"""Tests of signing in and of who may do what."""
