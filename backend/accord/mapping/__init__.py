"""What is to be written where, decided from values alone: no database, no network, no clock."""
