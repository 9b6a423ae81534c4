"""What a web site has beside the text of its pages: assets, font, feed, social cards and more."""
