"""What a Flow asks of deliveries: how a record stands, and to have it delivered now."""
