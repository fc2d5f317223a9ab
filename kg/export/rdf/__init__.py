"""The graph as RDF."""
