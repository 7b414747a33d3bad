"""总览.html: how every unit stands, on one page that needs nothing else."""
