//! What a local network does on request and no other network would: money from nowhere, time that jumps, programs
//! without an upgrade authority.

use anyhow::{Context, Result, bail};
use coverage_client::rpc::Client;
use serde_json::{Value, json};
use solana_address::Address;
use solana_rpc_client_api::request::RpcRequest;
use std::{
    thread,
    time::{Duration, Instant},
};

/// How long the clock may take to jump.
const PATIENCE: Duration = Duration::from_secs(10);

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
    let asked = call(client, "surfnet_timeTravel", json!([{ "absoluteTimestamp": time.saturating_mul(1_000) }]));
    // A busy network takes the order and says that it failed because it could not follow it within two seconds.
    let deadline = Instant::now() + PATIENCE;
    while client.now()? < time {
        if Instant::now() >= deadline {
            return asked.and_then(|_| bail!("the chain's time is not {time} after travelling there"));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Writes an account as its owner, another program, would have.
pub fn write(client: &Client, address: &Address, owner: &Address, lamports: u64, data: &[u8]) -> Result<()> {
    let account = json!({ "lamports": lamports, "owner": owner.to_string(), "data": hex::encode(data) });
    call(client, "surfnet_setAccount", json!([address.to_string(), account]))?;
    Ok(())
}
