"""What a Flow asks of the plan of a deal: how it stands, and to have one."""
