//! The configuration of the Solana tools, `~/.config/solana/cli/config.yml`.

use crate::Global;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The fields of the file that matter here.
#[derive(Default, Deserialize, Serialize)]
pub struct Config {
    /// The cluster.
    #[serde(default)]
    pub json_rpc_url: Option<String>,
    /// Its websocket.
    #[serde(default)]
    pub websocket_url: Option<String>,
    /// Who signs.
    #[serde(default)]
    pub keypair_path: Option<PathBuf>,
}

impl Config {
    /// The configuration that the options name, or the usual one if there is any; without one, the local network.
    pub fn read(global: &Global) -> Result<Self> {
        let usual = home().map(|home| home.join(".config/solana/cli/config.yml"));
        let Some(path) = global.config.clone().or_else(|| usual.filter(|path| path.exists())) else {
            return Ok(Self::default());
        };
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}; --config names another file", path.display()))?;
        serde_yaml::from_str(&text).with_context(|| format!("{} is no configuration", path.display()))
    }

    /// Writes the configuration to a file.
    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, serde_yaml::to_string(self)?).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The cluster's URL.
    pub fn url(&self, global: &Global) -> String {
        let url = global.url.clone().or_else(|| self.json_rpc_url.clone());
        match url.as_deref().unwrap_or("localhost") {
            "l" | "localhost" => "http://127.0.0.1:8899".into(),
            "d" | "devnet" => "https://api.devnet.solana.com".into(),
            "t" | "testnet" => "https://api.testnet.solana.com".into(),
            "m" | "mainnet-beta" => "https://api.mainnet-beta.solana.com".into(),
            url => url.into(),
        }
    }

    /// The keypair file.
    pub fn keypair(&self, global: &Global) -> Option<PathBuf> {
        let usual = || home().map(|home| home.join(".config/solana/id.json"));
        global.keypair.clone().or_else(|| self.keypair_path.clone()).or_else(usual)
    }
}

fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home != Path::new(""))
}
