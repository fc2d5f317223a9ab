"""Which terms of different papers are the same concept."""
