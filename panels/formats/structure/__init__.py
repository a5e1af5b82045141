"""The structure of a transcript: turns, questions with their answers, and the text above and below."""
