"""`make chaos`: a large check whose processes are killed while it works. Nothing may be lost or left behind.

Needs Linux: processes are found and told apart through /proc.
"""
