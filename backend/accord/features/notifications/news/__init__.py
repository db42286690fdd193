"""What becomes of plans rings for those who follow them."""
