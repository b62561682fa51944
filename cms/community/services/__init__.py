"""What can be done in the community; each module is one matter."""
