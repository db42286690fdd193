"""The product's own records: what the customer's plans and people are, apart from any org."""
