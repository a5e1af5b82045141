"""How a transcript is put together: turns, questions with their answers, what stands above and below."""
