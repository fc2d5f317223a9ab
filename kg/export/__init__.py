"""Writers: from the graph to files."""
