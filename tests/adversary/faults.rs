//! Planted faults are found.
