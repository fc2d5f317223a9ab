"""spaCy finds the terms of a paper, their roles and relations."""
