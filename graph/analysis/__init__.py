"""What many reports say together: each analysis a function from a store, or a table read from one, to a result."""
