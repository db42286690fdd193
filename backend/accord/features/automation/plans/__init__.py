"""What a Flow changes of a plan: its steps, its members, its criteria."""
