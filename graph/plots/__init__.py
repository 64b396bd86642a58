"""Results of the analyses as charts."""
