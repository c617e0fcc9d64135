//! Deployments through the loader of a local network, over JSON-RPC.

use breakwater_deploy::{Deployed, Deployment, Plan};
use coverage_client::{AssemblyParams, CreateAssembly, ID, assembly, stake_vault};
use serde_json::json;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::{client_error::Error, request::RpcRequest};
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_error::TransactionError;
use spl_token_interface::{ID as TOKEN_PROGRAM, instruction::initialize_mint2};
use std::{env, fs, path::PathBuf, thread};
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

    /// Has the payer found an assembly by the program at `program`.
    fn found_assembly(&self, program: Address) -> Result<(), Error> {
        let (mint, creator) = (Keypair::new(), self.payer.pubkey());
        let rent = self.rpc.get_minimum_balance_for_rent_exemption(82)?;
        let mint_address = mint.pubkey();
        let create =
            solana_system_interface::instruction::create_account(&creator, &mint_address, rent, 82, &TOKEN_PROGRAM);
        let init = initialize_mint2(&TOKEN_PROGRAM, &mint_address, &creator, None, 6).expect("an instruction");
        self.send(&[create, init], &[&mint])?;
        let address = assembly(&mint_address, &creator);
        let accounts = CreateAssembly {
            creator,
            assembly: address,
            governance_mint: mint_address,
            stake_vault: stake_vault(&address),
            token_program: TOKEN_PROGRAM,
        };
        let params = AssemblyParams {
            authority: creator,
            voting_period: 259_200,
            min_stake_age: 86_400,
            unstake_delay: 40 * 86_400,
            quorum_bps: 2_000,
            threshold_bps: 5_000,
            overturn_slash_bps: 500,
        };
        let mut call = accounts.instruction(&params);
        call.program_id = program;
        self.send(&[call], &[])
    }

    /// Puts bytecode at an address without the loader, and says who may replace it.
    fn put(&self, program: &Address, bytecode: Vec<u8>, authority: &Address) {
        let at = Pubkey::new_from_array(program.to_bytes());
        self.surfnet.cheatcodes().deploy(DeployProgram::new(at).so_bytes(bytecode)).expect("it is put there");
        let request = RpcRequest::Custom { method: "surfnet_setProgramAuthority" };
        let params = json!([program.to_string(), authority.to_string()]);
        self.rpc.send::<serde_json::Value>(request, params).expect("the authority is set");
    }
}

fn bytecode(library: &str) -> Vec<u8> {
    let folder = env::var("SBF_OUT_DIR").unwrap_or_else(|_| "target/deploy".into());
    let path = PathBuf::from(folder).join(format!("{library}.so"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build` first", path.display()))
}

#[test]
fn a_first_deployment_runs_at_its_address() {
    let network = Network::start();
    let (key, buffer, authority, bytecode) = (Keypair::new(), Keypair::new(), Keypair::new(), bytecode("breakwater"));
    let program = key.pubkey();
    let deployment = Deployment {
        rpc: &network.rpc,
        payer: &network.payer,
        authority: &authority,
        program,
        program_key: Some(&key),
        buffer: &buffer,
        bytecode: &bytecode,
    };
    let found = deployment.run().expect("it is deployed");
    assert_eq!(found.authority, Some(authority.pubkey()));
    assert!(found.runs(&bytecode));
    assert_eq!(network.rpc.get_account(&buffer.pubkey()).ok(), None);
    // The loader runs it; the program sees that this is not the address that it was built for, and says so.
    let refused = network.found_assembly(program).expect_err("another address").get_transaction_error();
    assert_eq!(refused, Some(TransactionError::InstructionError(0, InstructionError::IncorrectProgramId)));
    let plan = Plan::of(&network.rpc, &program, &authority.pubkey(), &bytecode).expect("a plan");
    assert_eq!(plan, Plan::Nothing);
}

#[test]
fn an_upgrade_replaces_what_was_there() {
    let network = Network::start();
    let (authority, buffer, old, new) =
        (Keypair::new(), Keypair::new(), bytecode("breakwater_floor"), bytecode("breakwater"));
    network.put(&ID, old.clone(), &authority.pubkey());
    assert!(Deployed::read(&network.rpc, &ID).expect("it is read").expect("it is there").runs(&old));

    let stranger = Plan::of(&network.rpc, &ID, &network.payer.pubkey(), &new).expect_err("a stranger").to_string();
    assert!(stranger.contains(&format!("only {} can replace", authority.pubkey())), "{stranger}");

    let deployment = Deployment {
        rpc: &network.rpc,
        payer: &network.payer,
        authority: &authority,
        program: ID,
        program_key: None,
        buffer: &buffer,
        bytecode: &new,
    };
    assert!(deployment.run().expect("it is replaced").runs(&new));
    network.found_assembly(ID).expect("the program does its work");
}
