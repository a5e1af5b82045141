"""Tests of Panels as an operator meets it: the demo, settings, disks, servers, dependencies."""
