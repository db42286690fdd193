"""How many of the org's API calls Accord may use, as an admin sets it (D67, D68)."""
