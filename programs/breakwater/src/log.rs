//! The only file that logs.

use anchor_lang::{bytemuck, prelude::*};

/// What is logged of an event.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C, packed)]
struct Line<E> {
    discriminator: [u8; 8],
    event: E,
}

/// Logs an event as Anchor's `emit!` does, without its two vectors.
#[inline(always)] // so that the event is built where it is logged from
pub fn log<E: Discriminator + bytemuck::Pod>(event: &E) {
    let mut discriminator = [0; 8];
    discriminator.copy_from_slice(E::DISCRIMINATOR);
    sol_log_data(&[bytemuck::bytes_of(&Line { discriminator, event: *event })]);
}
