"""Captions and subtitles, with times: WebVTT, SubRip and others."""
