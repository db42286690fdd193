"""Platform events: what Accord tells the org about plans, and what the org asks of Accord."""
