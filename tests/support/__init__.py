"""Builders and running parts that the tests share."""
