"""The trained tagger: finds the typed terms (Method, Task, Dataset, Metric, Concept) of a paper."""
