"""Charts of the results of analyses, as SVG."""
