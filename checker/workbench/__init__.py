"""For those who write rules: examples, proofs, audits, documentation. A check never imports it."""
