"""The composition root of a window: what opens it, connects it, and closes it. Only here is `ui` imported."""
