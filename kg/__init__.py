"""From papers to a knowledge graph that people trust."""
