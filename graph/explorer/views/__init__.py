"""The explorer's pages, a module a kind: each a function from the knowledge, the language and the choice to a page."""
