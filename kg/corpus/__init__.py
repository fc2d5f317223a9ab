"""Readers: from files in many formats to papers."""
