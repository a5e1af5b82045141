"""What holds everywhere on a site, whichever room it comes from."""
