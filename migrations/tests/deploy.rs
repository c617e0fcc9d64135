//! Deployments through the loader of a local network, over JSON-RPC.

use breakwater_deploy::{Deployed, Deployment, Plan, sha256};
use coverage_client::{AssemblyParams, CreateAssembly, ID, assembly_address, stake_vault_address};
use serde_json::json;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_instruction::Instruction;
use solana_keypair::{Keypair, write_keypair_file};
use solana_loader_v3_interface::state::UpgradeableLoaderState;
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::{client_error::Error, request::RpcRequest};
use solana_sdk_ids::bpf_loader_upgradeable;
use solana_signer::Signer;
use solana_transaction::Transaction;
use spl_token_interface::{ID as TOKEN_PROGRAM, instruction::initialize_mint2};
use std::{env, fs, path::PathBuf, process::Command, thread};
use surfpool_sdk::{BlockProductionMode, Pubkey, Surfnet, cheatcodes::builders::DeployProgram};
use tokio::runtime::Runtime;

/// A network and the key that pays on it.
struct Network {
    // Dropped in this order: the network ends before the runtime.
    surfnet: Surfnet,
    _runtime: Runtime,
    rpc: RpcClient,
    payer: Keypair,
}

impl Network {
    fn start() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let payer = Keypair::new();
        let builder = Surfnet::builder()
            .offline(true)
            .block_production_mode(BlockProductionMode::Transaction)
            .payer(payer.insecure_clone())
            .airdrop_sol(100_000_000_000);
        let surfnet = runtime.block_on(builder.start()).expect("the network starts");
        let messages = surfnet.events().clone();
        thread::spawn(move || messages.iter().for_each(drop));
        let rpc = RpcClient::new_with_commitment(surfnet.rpc_url().to_owned(), CommitmentConfig::confirmed());
        Self { surfnet, _runtime: runtime, rpc, payer }
    }

    fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<(), Error> {
        let blockhash = self.rpc.get_latest_blockhash()?;
        let keys: Vec<_> = std::iter::once(&self.payer).chain(signers.iter().copied()).collect();
        let transaction =
            Transaction::new_signed_with_payer(instructions, Some(&self.payer.pubkey()), &keys, blockhash);
        self.rpc.send_and_confirm_transaction(&transaction).map(drop)
    }

    /// Has the payer found an assembly.
    fn found_assembly(&self) -> Result<(), Error> {
        let (mint, creator) = (Keypair::new(), self.payer.pubkey());
        let rent = self.rpc.get_minimum_balance_for_rent_exemption(82)?;
        let mint_address = mint.pubkey();
        let create =
            solana_system_interface::instruction::create_account(&creator, &mint_address, rent, 82, &TOKEN_PROGRAM);
        let init = initialize_mint2(&TOKEN_PROGRAM, &mint_address, &creator, None, 6).expect("an instruction");
        self.send(&[create, init], &[&mint])?;
        let address = assembly_address(&mint_address, &creator);
        let accounts = CreateAssembly {
            creator,
            payer: creator,
            assembly: address,
            governance_mint: mint_address,
            stake_vault: stake_vault_address(&address),
            token_program: TOKEN_PROGRAM,
        };
        let params = AssemblyParams {
            voting_period: 259_200,
            min_stake_age: 86_400,
            unstake_delay: 60 * 86_400,
            quorum_bps: 2_000,
            threshold_bps: 5_000,
            overturn_slash_bps: 500,
        };
        self.send(&[accounts.instruction(&params)], &[])
    }

    /// Puts a buffer at an address that has all of the bytecode but two pieces, as a deployment that broke off leaves it.
    fn put_buffer(&self, buffer: &Address, bytecode: &[u8], authority: &Address) {
        let state = UpgradeableLoaderState::Buffer { authority_address: Some(*authority) };
        let mut data = bincode::serialize(&state).expect("bytes");
        data.extend_from_slice(bytecode);
        for missing in [100_000, 200_000] {
            data[missing..missing + 10].fill(0xab);
        }
        let rent = self.rpc.get_minimum_balance_for_rent_exemption(data.len()).expect("the rent");
        let [address, loader] = [*buffer, bpf_loader_upgradeable::ID].map(|it| Pubkey::new_from_array(it.to_bytes()));
        self.surfnet.cheatcodes().set_account(&address, rent, &data, &loader).expect("it is put there");
    }

    /// What `cargo xtask deploy` runs says, and complains about.
    fn command(&self, authority: &Keypair, more: &[&str]) -> (String, String) {
        let folder = tempfile::tempdir().expect("a folder");
        let [payer, authority] = [("payer", &self.payer), ("authority", authority)].map(|(name, key)| {
            let file = folder.path().join(name);
            write_keypair_file(key, &file).expect("a key file");
            file
        });
        let mut command = Command::new(env!("CARGO_BIN_EXE_breakwater-deploy"));
        command.args(["--url", self.surfnet.rpc_url()]).arg("--keypair").arg(payer).arg("--authority").arg(authority);
        // Tests run in their package's folder.
        let output = command.current_dir("..").args(more).output().expect("it starts");
        let [said, complaint] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("a text"));
        (said, complaint)
    }

    /// Puts bytecode at an address without the loader, and says who may replace it.
    fn put(&self, program: &Address, bytecode: Vec<u8>, authority: &Address) {
        let at = Pubkey::new_from_array(program.to_bytes());
        self.surfnet.cheatcodes().deploy(DeployProgram::new(at).so_bytes(bytecode)).expect("it is put there");
        let request = RpcRequest::Custom { method: "surfnet_setProgramAuthority" };
        let params = json!([program.to_string(), authority.to_string()]);
        self.rpc.send::<serde_json::Value>(request, params).expect("the authority is set");
        // A block later: the loader takes a program up once in each.
        let payer = self.payer.pubkey();
        let transfer = solana_system_interface::instruction::transfer(&payer, &payer, 1);
        self.send(&[transfer], &[]).expect("a block");
    }
}

fn bytecode(library: &str) -> Vec<u8> {
    let folder = env::var("SBF_OUT_DIR").unwrap_or_else(|_| "target/deploy".into());
    let path = PathBuf::from(folder).join(format!("{library}.so"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build` first", path.display()))
}

#[test]
fn a_first_deployment_runs_and_is_its_authoritys() {
    let network = Network::start();
    // A short program, so that little has to be written.
    let (key, buffer, authority, bytecode) =
        (Keypair::new(), Keypair::new(), Keypair::new(), bytecode("breakwater_floor"));
    let (rpc, payer, program) = (&network.rpc, &network.payer, key.pubkey());
    let first = Deployment {
        rpc,
        payer,
        authority: &authority,
        program,
        program_key: Some(&key),
        buffer: &buffer,
        bytecode: &bytecode,
    };
    let keyless = Deployment { program_key: None, ..first }.run().expect_err("no key").to_string();
    assert_eq!(keyless, "the first deployment needs the key of the program's address");

    let found = first.run().expect("it is deployed");
    assert_eq!(found.authority, Some(authority.pubkey()));
    assert!(found.runs(&bytecode));
    let left = network.rpc.get_account_with_commitment(&buffer.pubkey(), CommitmentConfig::confirmed());
    assert_eq!(left.expect("an answer").value, None, "the buffer is gone, its rent with the program");

    let plan = |by: &Keypair, bytecode: &[u8]| Plan::of(rpc, &program, &by.pubkey(), bytecode);
    assert_eq!(plan(&authority, &bytecode).expect("a plan"), Plan::Nothing);
    let longer = [&bytecode[..], &[1]].concat();
    assert_eq!(plan(&authority, &longer).expect("a plan"), Plan::Upgrade { growth: 10_240 });
    let stranger = plan(payer, &longer).expect_err("a stranger").to_string();
    assert_eq!(stranger, format!("only {} can replace {program}, not {}", authority.pubkey(), payer.pubkey()));
    assert_eq!(plan(&authority, b"text").expect_err("no program").to_string(), "the bytecode is no ELF file");
}

#[test]
fn an_upgrade_goes_on_where_it_broke_off_grows_and_replaces_what_was_there() {
    let network = Network::start();
    let (authority, buffer) = (Keypair::new(), Keypair::new());
    let (old, new) = (bytecode("breakwater_floor"), bytecode("breakwater"));
    network.put(&ID, old.clone(), &authority.pubkey());
    network.put_buffer(&buffer.pubkey(), &new, &authority.pubkey());
    let before = Deployed::read(&network.rpc, &ID).expect("it is read").expect("it is there");
    assert!(before.runs(&old) && !before.runs(&new));

    let upgrade = Deployment {
        rpc: &network.rpc,
        payer: &network.payer,
        authority: &authority,
        program: ID,
        program_key: None,
        buffer: &buffer,
        bytecode: &new,
    };
    let hash = sha256(&new);
    let growth = new.len() - old.len();
    let (said, _) = network.command(&authority, &["--expect", &hash, "--dry-run"]);
    assert!(said.contains(&format!("plan       let it grow by {growth} bytes, and replace what is there")), "{said}");
    let (_, complaint) = network.command(&authority, &["--expect", "ab12"]);
    assert_eq!(complaint, format!("error: the bytecode is {hash}, not ab12\n"));

    let after = upgrade.run().expect("it is replaced");
    assert!(after.runs(&new));
    assert_eq!(after.authority, Some(authority.pubkey()));
    network.found_assembly().expect("the program does its work");
    let (said, _) = network.command(&authority, &[]);
    assert!(said.contains("plan       nothing: it runs already"), "{said}");
    assert!(said.ends_with(&format!("can be replaced by {}\n", authority.pubkey())), "{said}");
}
