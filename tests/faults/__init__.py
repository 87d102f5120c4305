"""Kill -9 at named points of a scene, restart, go on: nothing lost, nothing doubled."""
