//! The network itself.

use crate::cheat;
use anyhow::{Context, Result, anyhow, bail};
use coverage_client::{ID, rpc::Client};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};
use surfpool_core::{
    runloops::start_local_surfnet_runloop,
    surfnet::{
        locker::SurfnetSvmLocker,
        svm::{SurfnetSvm, SurfnetSvmConfig},
    },
};
use surfpool_types::{BlockProductionMode, RpcConfig, SimnetCommand, SimnetConfig, SimnetEvent, SurfpoolConfig};

/// Milliseconds of a slot. The default of one would make a day of time travel 86 million slots.
const SLOT_MILLISECONDS: u64 = 400;
/// How long the network may take to start, or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the network listens, on this machine only.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// JSON-RPC over HTTP.
    pub rpc: u16,
    /// JSON-RPC over websocket.
    pub websocket: u16,
}

impl Ports {
    /// Two that nobody listens on now.
    pub fn free() -> Result<Self> {
        let listeners = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let [rpc, websocket] = listeners.map(|listener| listener.local_addr().map(|address| address.port()));
        Ok(Self { rpc: rpc?, websocket: websocket? })
    }
}

/// How time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// As on other networks: a slot every 400 milliseconds.
    Runs,
    /// A block follows each transaction at once, and time stands still between them, except for the blocks that
    /// finalize it: 31 slots, about twelve seconds.
    Stands,
}

/// A running network with the program deployed. It ends when it is dropped.
pub struct Localnet {
    ports: Ports,
    commands: Sender<SimnetCommand>,
    stopped: Receiver<()>,
}

impl Localnet {
    /// Starts a network and deploys the program's bytecode.
    pub fn start(ports: Ports, clock: Clock, bytecode: &[u8]) -> Result<Self> {
        for port in [ports.rpc, ports.websocket] {
            TcpListener::bind(("127.0.0.1", port)).with_context(|| format!("port {port} of this machine is taken"))?;
        }
        let config = SurfpoolConfig {
            simnets: vec![SimnetConfig {
                offline_mode: true,
                remote_rpc_url: None,
                slot_time: SLOT_MILLISECONDS,
                block_production_mode: mode(clock),
                // It would run every transaction once more for each of its instructions.
                instruction_profiling_enabled: false,
                ..Default::default()
            }],
            rpc: RpcConfig {
                bind_host: "127.0.0.1".into(),
                bind_port: ports.rpc,
                ws_port: ports.websocket,
                ..Default::default()
            },
            ..Default::default()
        };
        let simnet = config.simnets.first().context("a network has a configuration")?;
        let svm = SurfnetSvmConfig {
            surfnet_id: simnet.surfnet_id.clone(),
            slot_time: simnet.slot_time,
            instruction_profiling_enabled: simnet.instruction_profiling_enabled,
            max_profiles: simnet.max_profiles,
            log_bytes_limit: simnet.log_bytes_limit,
            feature_config: Default::default(),
            skip_blockhash_check: false,
        };
        let (svm, events, geyser) = SurfnetSvm::new(svm).map_err(|error| anyhow!("the SVM does not start: {error}"))?;
        let (commands, orders) = unbounded();
        let (locker, sender) = (SurfnetSvmLocker::new(svm), commands.clone());
        thread::Builder::new().name("localnet".into()).spawn(move || {
            // It ends with an error only while it starts; then no event says that it has started.
            let _ =
                hiro_system_kit::nestable_block_on(start_local_surfnet_runloop(locker, config, sender, orders, geyser));
        })?;
        wait_until_up(&events)?;
        let stopped = drain(events);
        let network = Self { ports, commands, stopped };
        cheat::deploy(&network.client(), &ID, bytecode).context("cannot deploy the program")?;
        Ok(network)
    }

    /// Where JSON-RPC is spoken over HTTP.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.rpc)
    }

    /// Where JSON-RPC is spoken over websocket.
    #[must_use]
    pub fn websocket_url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.ports.websocket)
    }

    /// A connection to it.
    #[must_use]
    pub fn client(&self) -> Client {
        let mut client = Client::new(self.url());
        // It answers at once.
        client.sending.poll = Duration::from_millis(4);
        client
    }

    /// Changes how time passes.
    pub fn set_clock(&self, clock: Clock) -> Result<()> {
        let command = SimnetCommand::UpdateBlockProductionMode(mode(clock));
        self.commands.send(command).map_err(|_| anyhow!("the network has ended"))
    }

    /// Ends the network and waits until its ports are free.
    pub fn stop(self) {
        let _ = self.commands.send(SimnetCommand::Terminate(None));
        for _server in ["RPC", "websocket"] {
            let _ = self.stopped.recv_timeout(PATIENCE);
        }
    }
}

impl Drop for Localnet {
    fn drop(&mut self) {
        let _ = self.commands.send(SimnetCommand::Terminate(None));
    }
}

fn mode(clock: Clock) -> BlockProductionMode {
    match clock {
        Clock::Runs => BlockProductionMode::Clock,
        Clock::Stands => BlockProductionMode::Transaction,
    }
}

fn wait_until_up(events: &Receiver<SimnetEvent>) -> Result<()> {
    loop {
        match events.recv_timeout(PATIENCE).context("the network did not start")? {
            SimnetEvent::CoreStarted(_) => return Ok(()),
            SimnetEvent::Aborted(reason) => bail!("the network did not start: {reason}"),
            SimnetEvent::Shutdown => bail!("the network ended while it started"),
            _ => {}
        }
    }
}

/// Takes the network's own messages off their queue for as long as it runs, and passes on that its servers ended.
fn drain(events: Receiver<SimnetEvent>) -> Receiver<()> {
    let (ended, stopped) = unbounded();
    thread::spawn(move || {
        for event in events {
            if matches!(event, SimnetEvent::Shutdown) {
                let _ = ended.send(());
            }
        }
    });
    stopped
}

/// The program's bytecode: out of a file, or else of the folder that `SBF_OUT_DIR` names, or of `target/deploy`.
pub fn bytecode(file: Option<&Path>) -> Result<Vec<u8>> {
    let folder = || PathBuf::from(env::var_os("SBF_OUT_DIR").unwrap_or_else(|| "target/deploy".into()));
    let path = file.map_or_else(|| folder().join("breakwater.so"), Path::to_owned);
    fs::read(&path).with_context(|| {
        let path = path.display();
        format!("cannot read {path}; `cargo xtask build` makes it in the repository; start there, or name the file or its folder")
    })
}
