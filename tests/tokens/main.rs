//! Which tokens a pool and an assembly take, and that the token program makes no difference to anybody.

mod life;
mod refused;
