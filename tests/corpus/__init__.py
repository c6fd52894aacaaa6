"""Tests of the corpus room: from any file to articles."""
