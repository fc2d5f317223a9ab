"""The page: the graph in one HTML file that opens anywhere, with the network off."""

from kg.export.html.page import frame, page, write

__all__ = ["frame", "page", "write"]
