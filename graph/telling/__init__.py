"""Results of the analyses as text for a reader."""
