"""What a person puts between Accord and an org: stopped, observed at first, quiet for a while."""
