"""Tests of rules that hold in every module: layers, patterns, words, documents, translations."""
