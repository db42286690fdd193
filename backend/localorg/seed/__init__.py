"""First people and records of an org, from a JSON file."""

from localorg.seed.loader import DEMO_SEED, SeedError, load_seed

__all__ = ["DEMO_SEED", "SeedError", "load_seed"]
