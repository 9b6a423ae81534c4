"""What a release is: its commit and date, its manifest, the headers its files are served with."""
