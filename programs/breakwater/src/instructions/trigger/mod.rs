//! Instructions: what a price or the covered program decides.

mod challenge_incident;
mod claim_breach;
mod draw;
mod observe_price;
mod open_price_incident;
mod pay_booking;
mod refute_breach;
mod refute_incident;

pub use challenge_incident::*;
pub use claim_breach::*;
pub use draw::*;
pub use observe_price::*;
pub use open_price_incident::*;
pub use pay_booking::*;
pub use refute_breach::*;
pub use refute_incident::*;
