"""What people type, made comparable and usable; what was typed is always kept beside it."""
