-- Papers as the graph shows them.
SELECT paper AS id, title, abstract, date, year, date_inferred, authors, author_count, venue, doi, arxiv, url,
  identifiers, upvotes, organisation, keywords, sources, sentences
FROM found WHERE kind = 'paper'
ORDER BY id
