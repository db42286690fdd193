"""First people and records of an org, from a JSON file."""

from localorg.seed.loader import COMPANY_SOURCE, DEMO_SEED, SeedError, load_seed

__all__ = ["COMPANY_SOURCE", "DEMO_SEED", "SeedError", "load_seed"]
