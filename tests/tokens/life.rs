//! The same whole life under SPL Token and under Token-2022, with mints without extensions and with all that are
//! allowed, and with shares of either program: after every step everybody holds the same, to the atom.

use coverage_client::*;
use coverage_math::{DAY, bps_floor};
use harness::{
    Chain, LiteChain, ProgramTestChain, Receipt, UNIT, World, assembly_params, authority_product, pool_params,
    product_params, trials::TOKEN_2022,
};
use solana_address::Address;
use spl_token_2022_interface::{
    extension::{BaseStateWithExtensions as _, ExtensionType, StateWithExtensions},
    state::Account as TokenAccount,
};

/// Whose balances are compared.
const PEOPLE: [&str; 12] =
    ["ada", "ben", "dora", "emil", "fay", "dist", "opal", "ines", "pia", "venue", "vera", "walt"];
/// What shows amounts otherwise, and says what they are of.
const INTEREST: [ExtensionType; 3] =
    [ExtensionType::InterestBearingConfig, ExtensionType::MetadataPointer, ExtensionType::TokenMetadata];
/// The same with another way to show amounts; Token-2022 takes no mint with both.
const SCALED: [ExtensionType; 3] =
    [ExtensionType::MetadataPointer, ExtensionType::ScaledUiAmount, ExtensionType::TokenMetadata];

/// Bond of the incident, atoms: a leverage of 2 asks for 25 bps of what it sets aside.
const INCIDENT_BOND: u64 = 1_025 * UNIT;

/// What there is after a step, atoms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Holdings {
    /// Assets, shares and governance tokens of each of the people.
    people: [[u64; 3]; 12],
    /// Vault, exit escrow, stake vault.
    kept: [u64; 3],
    /// Supply of assets, shares and governance tokens.
    supply: [u64; 3],
}

/// A life as it goes on.
struct Life<C> {
    world: World<C>,
    steps: Vec<(&'static str, Holdings)>,
    units: Vec<(&'static str, u64)>,
}

impl<C: Chain> Life<C> {
    /// Does something, and notes what it cost and what there is then.
    #[track_caller]
    fn step(&mut self, name: &'static str, act: impl FnOnce(&mut World<C>) -> Receipt) {
        let receipt = act(&mut self.world).ok();
        self.units.push((name, receipt.units()));
        let world = &mut self.world;
        let (pool, mints) = (world.pool(), [world.asset(), world.share_mint(), world.governance()]);
        let people = PEOPLE.map(|name| {
            let [asset, _, governance] = mints.map(|mint| world.tokens(name, &mint));
            [asset, world.share_tokens(name), governance].map(|account| world.balance_of(&account))
        });
        let kept = [vault_address(&pool), exit_escrow_address(&pool, 0), stake_vault_address(&world.assembly())]
            .map(|kept| world.balance_of(&kept));
        let supply = mints.map(|mint| world.supply_of(&mint));
        self.steps.push((name, Holdings { people, kept, supply }));
    }

    /// What there is now.
    fn now(&self) -> &Holdings {
        self.steps.last().map(|(_, holdings)| holdings).expect("a step")
    }

    /// Asserts by how much the last step changed what somebody holds: of the asset (0), shares (1) or governance (2).
    #[track_caller]
    fn changed(&self, name: &str, which: usize, by: i128) {
        let [.., (_, before), (step, after)] = &self.steps[..] else { panic!("two steps") };
        let person = PEOPLE.iter().position(|person| *person == name).expect("one of the people");
        let of = |holdings: &Holdings| i128::from(holdings.people[person][which]);
        assert_eq!(of(after) - of(before), by, "{name} by {step}");
    }

    /// Founds, funds and stakes.
    fn found(world: World<C>) -> Self {
        let mut life = Self { world, steps: Vec::new(), units: Vec::new() };
        let world = &mut life.world;
        world.create_assembly(assembly_params()).ok();
        world.create_pool(0, PoolParams { vote_reward: 10 * UNIT, ..pool_params() }).ok();
        world.list_product(0, product_params("Lending exploit")).ok();
        world.list_product(1, authority_product("Venue shortfall")).ok();
        for name in PEOPLE {
            world.fund(name, 1_000_000 * UNIT);
        }
        life.step("stake", |world| world.stake("vera", 600 * UNIT));
        life.step("stake more", |world| world.stake("walt", 400 * UNIT));
        assert_eq!(life.now().kept[2], 1_000 * UNIT);
        life.step("deposit", |world| world.deposit("ada", 600_000 * UNIT));
        life.changed("ada", 0, -i128::from(600_000 * UNIT));
        life.changed("ada", 1, i128::from(600_000_000 * UNIT));
        life.step("deposit again", |world| world.deposit("ben", 400_001 * UNIT));
        life.step("withdraw", |world| world.withdraw_shares("ben", 1_000 * UNIT));
        life.changed("ben", 0, UNIT.into());
        life.world.begin_sales();
        life
    }

    /// Cover is bought, extended, cancelled and drawn on; a surplus is absorbed.
    fn cover(&mut self) {
        let premium = self.world.quote(0, 300_000 * UNIT, 180).quote().premium;
        self.step("buy_cover", |world| {
            let request = CoverRequest { commission_bps: 500, ..world.request("dora", 300_000 * UNIT, 180) };
            let distributor_token = Some(world.tokens("dist", &world.asset()));
            let accounts = BuyCover { distributor_token, ..world.buy_accounts("dora", 0, 0) };
            world.send(accounts.instruction(0, &request), &["dora"])
        });
        let commission = bps_floor(premium, 500).unwrap();
        self.changed("dist", 0, commission.into());
        self.changed("dora", 0, -i128::from(premium + commission));
        self.step("buy_cover, direct", |world| world.buy("emil", 0, 0, 100_000 * UNIT, 90));
        self.step("buy_cover, to cancel", |world| world.buy("fay", 0, 0, 10_000 * UNIT, 90));
        self.step("buy_cover, to draw", |world| world.buy("venue", 1, 0, 100_000 * UNIT, 180));
        self.world.pass_days(3);
        let (emil, fay, venue) =
            (self.world.policy(0, "emil", 0), self.world.policy(0, "fay", 0), self.world.policy(1, "venue", 0));
        self.step("extend_cover", |world| world.extend("emil", 0, &emil, 30));
        self.step("cancel_cover", |world| world.cancel("fay", 0, &fay));
        // The deductible is 5% of 100,000.
        self.step("draw", |world| world.draw("venue", "venue", 1, &venue, 12_000 * UNIT));
        self.changed("venue", 0, i128::from(7_000 * UNIT));
        let (asset, vault) = (self.world.asset(), vault_address(&self.world.pool()));
        self.world.mint_to(&asset, &vault, 700 * UNIT);
        self.step("absorb_surplus", |world| world.absorb_surplus());
        self.world.check_books();
    }

    /// An LP asks for some shares to be paid.
    fn ask(&mut self, name: &'static str, id: u64, shares: u64) {
        self.step("request_exit", |world| world.request_exit(name, id, shares));
        self.changed(name, 1, -i128::from(shares));
        assert_eq!(self.now().kept[1], shares);
    }

    /// An LP takes some shares out.
    fn leave(&mut self, name: &'static str, id: u64, shares: u64) {
        let (_, day) = self.world.exit_epoch();
        self.ask(name, id, shares);
        self.world.chain.set_now(day * DAY);
        self.step("pay_exits", |world| world.pay_exits());
        assert_eq!(self.now().kept[1], 0, "burned");
        let due = self.world.read_pool().exits_due;
        self.step("collect_exit", |world| world.collect_exit(name, id));
        self.changed(name, 0, due.into());
        self.world.check_books();
    }

    /// An incident that an appeal decides, and a dispute that its disputer wins.
    fn court(&mut self) {
        let (dora, emil, incident) =
            (self.world.policy(0, "dora", 0), self.world.policy(0, "emil", 0), self.world.incident(0, 0));
        let now = self.world.now();
        self.step("open_incident", |world| world.open_incident("opal", 0, 0, now - 3_600));
        // 25 bps of the 410,000 that are covered, with what was cancelled three days ago.
        self.changed("opal", 0, -i128::from(INCIDENT_BOND));
        // 15,000 and 5,000 are deducted; the bond is 1%.
        self.step("submit_claim", |world| world.submit_claim("dora", &dora, &incident, 215_000 * UNIT));
        self.changed("dora", 0, -i128::from(2_000 * UNIT));
        self.step("submit_claim, another", |world| world.submit_claim("emil", &emil, &incident, 100_000 * UNIT));
        for (name, side) in [("walt", 1), ("vera", 0)] {
            self.world.vote(name, &incident, side).ok();
        }
        self.world.pass_days(3);
        self.world.close_ballot(&incident).ok();
        self.step("appeal", |world| world.appeal("pia", &incident));
        self.changed("pia", 0, -i128::from(2 * INCIDENT_BOND));
        let claim = claim_address(&incident, &dora);
        for name in ["vera", "walt"] {
            self.world.vote(name, &incident, 1).ok();
        }
        self.world.close_ballot(&incident).ok();
        self.step("decide_incident", |world| world.decide(0, 0));
        // The fund has less than half of the incident's bond. Vera voted for what the appeal overturned.
        let pot = self.world.chain.read::<Ballot>(&ballot_address(&incident)).reward_pot;
        assert!(0 < pot && pot < INCIDENT_BOND / 2);
        self.step("collect_vote_reward, overturned", |world| world.collect_vote_reward("vera", &incident));
        self.changed("vera", 0, 0);
        self.step("collect_vote_reward", |world| world.collect_vote_reward("walt", &incident));
        self.changed("walt", 0, (u128::from(pot) * 400 / 1_000) as i128);
        self.step("collect_appeal_bond", |world| world.collect_appeal_bond("pia", &incident));
        self.changed("pia", 0, i128::from(2 * INCIDENT_BOND));
        // Dora's claim is cut to three quarters: she loses all of her bond, half of it to ines, a quarter to vera.
        self.step("dispute_claim", |world| world.dispute("ines", &dora, &incident));
        self.changed("ines", 0, -i128::from(1_000 * UNIT));
        self.world.vote_at("vera", &claim, 12).ok();
        self.world.close_ballot(&claim).ok();
        self.world.pass_days(2);
        self.world.resolve_dispute(&dora, &incident).ok();
        self.step("collect_dispute_bond", |world| world.collect_dispute_bond("ines", &dora, &incident));
        self.changed("ines", 0, i128::from(2_000 * UNIT));
        self.step("collect_vote_reward, dispute", |world| world.collect_vote_reward("vera", &claim));
        self.changed("vera", 0, i128::from(500 * UNIT));
        let existed = self.now().supply[2];
        self.step("burn_slashed", |world| world.burn_slashed());
        assert_eq!((self.now().supply[2], self.now().kept[2]), (existed - 30 * UNIT, 970 * UNIT));
    }

    /// The claims are paid, and something comes back. An LP leaves meanwhile, with a part in the incident.
    fn pay(&mut self) {
        let (dora, emil, incident) =
            (self.world.policy(0, "dora", 0), self.world.policy(0, "emil", 0), self.world.incident(0, 0));
        let (number, day) = self.world.exit_epoch();
        self.ask("ada", 7, 100_000_000 * UNIT);
        self.world.chain.set_now(day * DAY);
        self.step("pay_exits, contested", |world| world.pay_exits());
        let contested = self.world.read_pool().contested;
        assert!(contested > 0);
        self.step("collect_exit, in part", |world| world.collect_exit("ada", 7));
        let found: Incident = self.world.chain.read(&incident);
        self.world.chain.set_now(found.disputes_end_at);
        self.world.settle(0, 0).ok();
        self.world.release_contested(&incident, number).ok();
        let pool = self.world.read_pool();
        assert_eq!(pool.contested, 0);
        let due = pool.exits_due;
        assert!(0 < due && due < contested);
        self.step("collect_exit, the rest", |world| world.collect_exit("ada", 7));
        self.changed("ada", 0, due.into());
        self.step("payout", |world| world.payout("dora", &dora, &incident));
        self.changed("dora", 0, i128::from(150_000 * UNIT));
        self.step("payout, with the bond", |world| world.payout("emil", &emil, &incident));
        self.changed("emil", 0, i128::from(95_000 * UNIT + 950 * UNIT));
        self.step("collect_incident_bond", |world| world.collect_bond("opal", &incident));
        self.changed("opal", 0, i128::from(INCIDENT_BOND));
        self.step("recover", |world| world.recover("opal", &incident, 100 * UNIT));
        self.changed("opal", 0, -i128::from(100 * UNIT));
        self.world.check_books();
        let pool = self.world.read_pool();
        assert_eq!((pool.payable, pool.bonds, pool.open_incidents), (0, 0, 0));
        self.step("request_unstake", |world| world.request_unstake("walt", 100 * UNIT));
        self.world.pass_days(60);
        self.step("unstake", |world| world.unstake("walt"));
        self.changed("walt", 2, i128::from(100 * UNIT));
    }

    /// All of it. When the last cover has ended, the LPs take out all there is.
    fn live(world: World<C>) -> Self {
        let mut life = Self::found(world);
        life.cover();
        let half = life.world.shares("ben") / 2;
        life.leave("ben", 0, half);
        life.court();
        life.pay();
        life.world.pass_days(250);
        for (name, id) in [("ada", 0), ("ben", 1)] {
            let shares = life.world.shares(name);
            life.leave(name, id, shares);
        }
        let pool = life.world.read_pool();
        assert_eq!(life.now().supply[1], 0);
        let left = pool.capital + pool.unearned + pool.assessors + pool.treasury_due;
        assert_eq!(life.world.vault_balance(), left);
        life
    }
}

/// Asserts that two lives went the same way.
#[track_caller]
fn same(one: &[(&'static str, Holdings)], other: &[(&'static str, Holdings)]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
}

fn under_spl_token() -> Life<LiteChain> {
    Life::live(World::lite_bare())
}

/// A world with these shares.
fn with_shares<C: Chain>(world: World<C>, share_program: Address) -> World<C> {
    World { share_program, ..world }
}

#[test]
fn token_2022_makes_no_difference() {
    let one = under_spl_token();
    for share_program in [spl_token_interface::ID, TOKEN_2022] {
        for extensions in [&[][..], &INTEREST, &SCALED] {
            let world = World::extended(LiteChain::start(), extensions);
            let other = Life::live(with_shares(world, share_program));
            same(&one.steps, &other.steps);
            // Seen with --nocapture.
            for ((step, units), (_, others)) in one.units.iter().zip(&other.units) {
                println!("{extensions:?}, shares of {share_program}, {step}: {units}, {others}");
            }
        }
    }
    // Shares of Token-2022 beside an asset of SPL Token, as pools are by default.
    same(&one.steps, &Life::live(with_shares(World::lite_bare(), TOKEN_2022)).steps);
}

#[test]
fn nor_on_solana_program_test() {
    let world = World::extended(ProgramTestChain::start(), &INTEREST);
    same(&under_spl_token().steps, &Life::live(with_shares(world, TOKEN_2022)).steps);
}

#[test]
fn all_token_accounts_are_of_the_program_and_owners_are_immutable() {
    let world = with_shares(World::extended(LiteChain::start(), &INTEREST), TOKEN_2022);
    let Life { mut world, .. } = Life::found(world);
    let (pool, assembly) = (world.pool(), world.assembly());
    let [asset, shares, governance] = [world.asset(), world.share_mint(), world.governance()];
    for mint in [asset, governance] {
        let account = world.chain.account(&mint).unwrap();
        let mint = StateWithExtensions::<spl_token_2022_interface::state::Mint>::unpack(&account.data).unwrap();
        assert_eq!(mint.get_extension_types().unwrap(), INTEREST);
    }
    for (name, mint) in [("ada", asset), ("ada", shares), ("vera", governance)] {
        let account = world.chain.account(&world.tokens(name, &mint)).unwrap();
        let found = StateWithExtensions::<TokenAccount>::unpack(&account.data).unwrap();
        assert_eq!((account.owner, found.base.mint), (TOKEN_2022, mint));
        assert_eq!(found.get_extension_types().unwrap(), [ExtensionType::ImmutableOwner]);
    }
    // The pool's and the assembly's have none, since their mints ask for none.
    for address in [vault_address(&pool), exit_escrow_address(&pool, 0), stake_vault_address(&assembly)] {
        let account = world.chain.account(&address).unwrap();
        assert_eq!((account.owner, account.data.len()), (TOKEN_2022, 165));
    }
}

#[test]
fn assets_and_governance_tokens_may_be_of_different_programs() {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.stake("vera", 600 * UNIT).ok();
    let asset_mint = world.key("asset of the other program");
    world.create_extended_mint("asset of the other program", &INTEREST).ok();
    let accounts = CreatePool { asset_mint, token_program: TOKEN_2022, ..world.create_pool_accounts(0) };
    world.send(accounts.instruction(0, &pool_params(), &ShareWords::NONE), &["founder"]).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.token_program = TOKEN_2022;
    world.give_lamports("ada");
    let tokens = world.open_tokens("ada", &asset_mint);
    world.open_shares("ada");
    world.mint_to(&asset_mint, &tokens, 1_000 * UNIT);
    let (deposit, seen) = (Deposit { asset_mint, owner_token: tokens, ..world.deposit_accounts("ada") }, world.seen());
    world.send(deposit.instruction(1_000 * UNIT, 0, &seen), &["ada"]).ok();
    assert_eq!((world.read_pool().capital, world.shares("ada")), (1_000 * UNIT, 1_000_000 * UNIT));
    world.check_books();
    // The pool's own program it must be.
    let wrong = Deposit { token_program: spl_token_interface::ID, ..deposit };
    world.send(wrong.instruction(0, 0, &seen), &["ada"]).fails(BreakwaterError::WrongTokenProgram);
}
