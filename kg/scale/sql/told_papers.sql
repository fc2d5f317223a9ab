-- What the N-Triples say of papers: a row a paper, and a row a link.
SELECT id, 'paper' AS kind, title, abstract, date, date_inferred, authors, author_count, venue, doi, arxiv, url,
  identifiers, upvotes, organisation, keywords, sources, NULL AS concept, NULL AS role
FROM papers
UNION ALL
SELECT paper AS id, 'link' AS kind, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, concept, role
FROM links
