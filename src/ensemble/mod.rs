//! Strategies times draws through the program; trajectories; runs that went wrong.
