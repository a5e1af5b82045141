"""Interviews printed as articles: bold or slanted questions, and answers that often name nobody."""
