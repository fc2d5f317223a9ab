"""The graph, its store on disk, look-ups and analysis."""
