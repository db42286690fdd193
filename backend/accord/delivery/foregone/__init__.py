"""What parts of Accord that are off would have written: so that their cost is known before they are on."""
