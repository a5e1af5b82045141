"""Everything that writes: importing, editing, publishing, correcting, merging, history."""
