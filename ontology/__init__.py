"""What the words mean, as data: terms, shapes, schemes and divisions, and the little code that reads them."""
