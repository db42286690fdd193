"""What every feature stands on: database, HTTP edge, encryption, logs."""
