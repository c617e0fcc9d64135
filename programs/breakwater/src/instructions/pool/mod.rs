//! Instructions: pool.

mod close_pool;
mod close_product;
mod create_pool;
mod list_product;
mod open_pool;
mod roll_product;

pub use close_pool::*;
pub use close_product::*;
pub use create_pool::*;
pub use list_product::*;
pub use open_pool::*;
pub use roll_product::*;
