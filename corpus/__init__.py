"""Made disclosures with what must be found in them, and ``corpus.make``, which makes more."""
