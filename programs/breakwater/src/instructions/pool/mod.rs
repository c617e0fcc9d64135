//! Instructions: pool.

mod create_pool;
mod list_product;
mod roll_product;

pub use create_pool::*;
pub use list_product::*;
pub use roll_product::*;
