"""Charts of the analyses' results, as SVG."""
