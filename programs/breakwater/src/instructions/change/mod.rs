//! Instructions: changes of parameters, the authority, pauses and fees.

mod accept_authority;
mod apply_change;
mod close_change;
mod collect_change_bond;
mod collect_fees;
mod mark_change;
mod pause;
mod petition_change;
mod propose_change;
mod queue_change;
mod withdraw_change;

pub use accept_authority::*;
pub use apply_change::*;
pub use close_change::*;
pub use collect_change_bond::*;
pub use collect_fees::*;
pub use mark_change::*;
pub use pause::*;
pub use petition_change::*;
pub use propose_change::*;
pub use queue_change::*;
pub use withdraw_change::*;
