//! Before the story: mints, first tokens, the assembly, the pool and its products.

use crate::{actors, network::LAMPORTS, play::Play};
use anyhow::{Context, Result};
use coverage_client::{CreateAssembly, CreatePool, ListProduct, ShareWords, stake_vault_address};
use coverage_model::Token;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_program_pack::Pack;
use solana_signer::Signer;
use spl_token_interface::{instruction as token, state::Mint};

/// Actors that get their tokens in one transaction: more would not fit.
const GIFTS: usize = 4;

impl Play<'_> {
    /// Does everything that the steps take for granted.
    pub fn found(&mut self) -> Result<()> {
        self.timeline.head();
        self.create_mints().context("creating the mints")?;
        let scenario = self.scenario;
        for actors in scenario.actors.chunks(GIFTS) {
            let mut instructions = Vec::new();
            for actor in actors {
                let (asset, governance) = (actor.asset, actor.governance);
                let asset = asset.map_or(Ok(0), |amount| amount.atoms(&scenario.asset))?;
                let governance = governance.map_or(Ok(0), |amount| amount.atoms(&scenario.governance))?;
                // Everybody can be paid; only who begins with governance tokens has an account of them.
                self.gift(&mut instructions, &actor.name, self.places.asset, asset)?;
                if governance > 0 {
                    self.gift(&mut instructions, &actor.name, self.places.governance, governance)?;
                }
                for (token, amount) in
                    [(Token::Asset, asset), (Token::Governance, governance), (Token::Lamports, LAMPORTS)]
                {
                    self.model.give(&actor.name, token, amount.into());
                }
            }
            let names: Vec<_> = actors.iter().map(|actor| actor.name.as_str()).collect();
            let receipt = self.send(&scenario.founder, &instructions).context("minting the first tokens")?;
            self.tell(&scenario.founder, &format!("gives first tokens to {}", names.join(", ")), &receipt);
        }
        self.create_assembly_and_pool()?;
        for index in 0..self.terms.products.len() {
            self.list_product(index)?;
        }
        Ok(())
    }

    fn create_mints(&mut self) -> Result<()> {
        let founder = actors::actor(&self.scenario.founder);
        let rent = self.network.rent(Mint::LEN)?;
        let mut instructions = Vec::new();
        for (mint, decimals) in [
            (self.places.asset, self.scenario.asset.decimals),
            (self.places.governance, self.scenario.governance.decimals),
        ] {
            let (size, owner) = (Mint::LEN as u64, &spl_token_interface::ID);
            instructions.push(solana_system_interface::instruction::create_account(
                &founder.pubkey(),
                &mint,
                rent,
                size,
                owner,
            ));
            instructions.push(token::initialize_mint2(owner, &mint, &founder.pubkey(), None, decimals)?);
        }
        let keys = [founder, actors::actor("asset mint"), actors::actor("governance mint")];
        let receipt = self.network.send(&instructions, &keys.each_ref())?;
        let (asset, governance) = (&self.scenario.asset.symbol, &self.scenario.governance.symbol);
        self.tell(&self.scenario.founder, &format!("creates the mints of {asset} and {governance}"), &receipt);
        Ok(())
    }

    /// Opens an actor's token account and mints `amount` to it.
    fn gift(&self, instructions: &mut Vec<Instruction>, who: &str, mint: Address, amount: u64) -> Result<()> {
        let founder = actors::address(&self.scenario.founder);
        instructions.push(open_account(&founder, who, &mint));
        if amount > 0 {
            let (program, account) = (&spl_token_interface::ID, self.places.tokens(who, &mint));
            instructions.push(token::mint_to(program, &mint, &account, &founder, &[], amount)?);
        }
        Ok(())
    }

    fn create_assembly_and_pool(&mut self) -> Result<()> {
        let (founder, places, token_program) = (&self.scenario.founder, &self.places, spl_token_interface::ID);
        let create = CreateAssembly {
            creator: actors::address(founder),
            payer: actors::address(founder),
            assembly: places.assembly,
            governance_mint: places.governance,
            stake_vault: stake_vault_address(&places.assembly),
            token_program,
        };
        let create = create.instruction(&self.terms.assembly);
        let receipt = self.send(founder, &[create]).context("creating the assembly")?;
        let text = format!("creates the assembly of the stakers of {}", self.scenario.governance.symbol);
        self.tell(founder, &text, &receipt);

        let places = &self.places;
        let create = CreatePool {
            creator: actors::address(founder),
            payer: actors::address(founder),
            pool: places.pool,
            assembly: places.assembly,
            asset_mint: places.asset,
            vault: places.vault(),
            share_mint: places.share_mint,
            exit_escrow: places.exit_escrow(),
            token_program,
            share_token_program: token_program,
        };
        let create = create.instruction(0, &self.terms.pool, &ShareWords::NONE);
        let receipt = self.send(founder, &[create]).context("creating the pool")?;
        let (leverage, symbol) = (f64::from(self.terms.pool.leverage_bps) / 10_000.0, &self.scenario.asset.symbol);
        self.tell(founder, &format!("creates a pool of {symbol} with leverage {leverage}"), &receipt);
        Ok(())
    }

    fn list_product(&mut self, index: usize) -> Result<()> {
        let (founder, number) = (&self.scenario.founder, u16::try_from(index)?);
        let params = self.terms.products.get(index).context("no such product")?.clone();
        let key = actors::address(founder);
        let list =
            ListProduct { authority: key, payer: key, pool: self.places.pool, product: self.places.product(number) };
        let list = list.instruction(&params);
        let receipt = self.send(founder, &[list]).with_context(|| format!("listing {}", params.name))?;
        let rate = |ppm: u32| format!("{}%", f64::from(ppm) / 10_000.0);
        let rates = [params.r0_ppm, params.r1_ppm, params.r2_ppm].map(rate).join(" to ");
        self.tell(founder, &format!("lists {} at {rates} a year", params.name), &receipt);
        Ok(())
    }
}

/// Opens an actor's token account of a mint, unless it is open.
pub fn open_account(payer: &Address, who: &str, mint: &Address) -> Instruction {
    spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent(
        payer,
        &actors::address(who),
        mint,
        &spl_token_interface::ID,
    )
}
