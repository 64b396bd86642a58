"""Who reports, and when: `jurisdictions` gives the division, department and issuer, `dates` the year and the date."""
