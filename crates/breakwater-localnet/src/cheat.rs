//! What a local network does on request and no other network would: money from nowhere, time that jumps, programs
//! without an upgrade authority.

use anyhow::{Context, Result, bail};
use coverage_client::rpc::Client;
use serde_json::{Value, json};
use solana_address::Address;
use solana_rpc_client_api::request::RpcRequest;

fn call(client: &Client, method: &'static str, params: Value) -> Result<Value> {
    let answer = client.rpc.send::<Value>(RpcRequest::Custom { method }, params);
    answer.with_context(|| format!("{method} failed; only a local network knows it"))
}

/// Puts a program's bytecode at its address.
pub fn deploy(client: &Client, program: &Address, bytecode: &[u8]) -> Result<()> {
    call(client, "surfnet_writeProgram", json!([program.to_string(), hex::encode(bytecode), 0]))?;
    Ok(())
}

/// Gives somebody this many lamports, whatever they had.
pub fn fund(client: &Client, who: &Address, lamports: u64) -> Result<()> {
    call(client, "surfnet_setAccount", json!([who.to_string(), { "lamports": lamports }]))?;
    Ok(())
}

/// Lets the chain's time jump to `time`, unix seconds. It goes forward only.
pub fn travel(client: &Client, time: u64) -> Result<()> {
    call(client, "surfnet_timeTravel", json!([{ "absoluteTimestamp": time.saturating_mul(1_000) }]))?;
    let now = client.now()?;
    if now < time {
        bail!("the chain's time is {now} after travelling to {time}");
    }
    Ok(())
}
