"""Outside vocabularies: their names find and join concepts, their IRIs go with them."""

from kg.concepts.vocabulary.finding import with_names
from kg.concepts.vocabulary.index import Vocabulary, read_vocabulary
from kg.concepts.vocabulary.linking import broader_pairs, linked, vocabulary_joins

__all__ = ["Vocabulary", "broader_pairs", "linked", "read_vocabulary", "vocabulary_joins", "with_names"]
