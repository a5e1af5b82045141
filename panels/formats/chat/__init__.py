"""Chats: Zoom, IRC and others."""
