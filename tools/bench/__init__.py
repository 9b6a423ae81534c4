"""What the project promises about speed and size, measured in one run, as medians and ratios. Run
by `make bench`."""
