"""The explorer: the graph in a browser, and its SPARQL endpoint. Begin with `app`."""
