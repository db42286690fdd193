"""What processes that share one database know of each other: which workers are there, whose turn a chore is, and that
there is something to deliver.
"""
