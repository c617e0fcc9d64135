//! Instructions: cover.

mod buy_cover;
mod cancel_cover;
mod close_policy;
mod extend_cover;
mod premium;
mod quote_cover;
mod reduce_cover;
mod transfer_cover;

pub use buy_cover::*;
pub use cancel_cover::*;
pub use close_policy::*;
pub use extend_cover::*;
pub use quote_cover::*;
pub use reduce_cover::*;
pub use transfer_cover::*;
