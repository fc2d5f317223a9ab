"""The page: the graph in one HTML file."""
