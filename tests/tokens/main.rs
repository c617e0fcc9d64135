//! Which tokens a pool and an assembly take, and that the token program makes no difference to anybody; what shares are.

mod life;
mod refused;
mod shares;
