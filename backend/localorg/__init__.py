"""A stand-in for a Salesforce org on localhost. It knows nothing of the product that is tested against it."""
