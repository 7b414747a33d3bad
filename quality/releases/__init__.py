"""`make compare-releases`: every outcome that another version gives otherwise, for a person to explain.

Both versions check the same documents; what they say is compared report by report and told rule by rule.
"""
