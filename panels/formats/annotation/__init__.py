"""Files of transcription programs, with speakers and times."""
