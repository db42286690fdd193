"""What the product does, a folder a feature. Features do not import each other; the roots join them."""
