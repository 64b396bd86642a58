"""Charts of the results of analyses."""
