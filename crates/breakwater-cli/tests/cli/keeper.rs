//! `breakwater keeper` on two hundred policies and twenty-five incidents of random age: two at once, one of which loses the
//! network for a while.

use crate::net::{Net, text};
use breakwater_localnet::{cheat, demo, key};
use coverage_client::{
    At, ClaimRequest, CoverRequest, DrawParams, Evidence, ID, IncidentReport, IncidentState, NOBODY, Policy, Pool,
    PriceParams, Product, ProductParams, Proposal, Side, Trigger, build,
    constants::DAY,
    crank,
    rpc::{Client, Result},
    snapshot::Snapshot,
    verify,
};
use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha8Rng};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

const PRODUCTS: u16 = 20;
const POLICIES: u64 = 200;
/// Of how many products one is reported on again.
const IN_LINE: usize = 4;
/// Policies that are bought in one transaction.
const TOGETHER: usize = 5;
const DOLLAR: u64 = 1_000_000;
/// How long the keepers may take for each wave.
const PATIENCE: Duration = Duration::from_secs(150);

/// A pool in which much has happened and nobody has cranked.
struct Stage {
    client: Client,
    rng: ChaCha8Rng,
}

impl Stage {
    fn send(&self, instructions: &[Instruction], who: &Keypair) {
        self.client.send(instructions, &[who]).unwrap_or_else(|error| panic!("{error}\n{:#?}", error.logs()));
    }

    fn pool(&self) -> At<Pool> {
        self.client.fetch(&demo::pool_address()).expect("the pool")
    }

    fn product(&self, index: u16) -> At<Product> {
        self.client.fetch(&coverage_client::product_address(&demo::pool_address(), index)).expect("a product")
    }

    fn pass(&mut self, hours: u64) {
        let hours = self.rng.random_range(1..=hours);
        let now = self.client.now().expect("the time");
        cheat::travel(&self.client, now + hours * 3_600).expect("time travels");
    }

    fn found(&mut self) {
        let founder = key("founder");
        let mut pool = self.pool();
        let mut listings = Vec::new();
        for index in 3..PRODUCTS {
            let params = ProductParams {
                name: format!("Product {index}"),
                terms_uri: "https://example.org".into(),
                terms_hash: [1; 32],
                risk_kind: 7,
                group: (index % 16) as u8,
                weight_bps: 10_000,
                r0_ppm: 10_000,
                r1_ppm: 20_000,
                r2_ppm: 30_000,
                kink_bps: 8_000,
                min_term_days: 1,
                max_term_days: 365,
                waiting_days: 0,
                grace_days: 30,
                deductible_bps: 0,
                report_window_days: 30,
                filing_window_days: 3,
                claim_bond_bps: 100,
                dispute_window: 2 * DAY,
                appeal_window: DAY,
                min_amount: 1,
                max_amount: 1_000_000 * DOLLAR,
                incident_bond: 100 * DOLLAR,
                trigger: Trigger::Jury.byte(),
                trigger_source: NOBODY,
                price: PriceParams::NONE,
                draws: DrawParams::NONE,
            };
            pool.account.product_count = index;
            listings.push(build::list_product(&pool, &founder.pubkey(), &params));
        }
        for listings in listings.chunks(3) {
            self.send(listings, &founder);
        }
        let ada = key("ada");
        let seen = self.pool().seen().expect("what it is");
        self.send(&build::deposit(&self.pool(), &ada.pubkey(), 900_000 * DOLLAR, 0, &seen), &ada);
        // A pool that is open sells new products once everybody could leave.
        let mut pool = self.pool();
        let mut changes = Vec::new();
        for index in 3..PRODUCTS {
            let product = coverage_client::product_address(&pool.address, index);
            changes.push(build::propose_change(&pool, Some(&product), &founder.pubkey(), &Proposal::List));
            pool.account.change_count += 1;
        }
        for changes in changes.chunks(3) {
            self.send(changes, &founder);
        }
        self.travel(9);
        for crank in crank::due(&self.snapshot(), &founder.pubkey()) {
            self.send(&crank.instructions, &founder);
        }
        for (name, tokens) in [("vera", 60_000), ("walt", 30_000)] {
            let assembly = self.client.fetch(&self.pool().assembly).expect("the assembly");
            let who = key(name).pubkey();
            self.send(&[build::stake(&assembly, &who, &who, tokens * DOLLAR)], &key(name));
        }
    }

    fn sell(&mut self) {
        let (dora, pool) = (key("dora"), self.pool());
        for first in (0..POLICIES).step_by(TOGETHER) {
            let index = self.rng.random_range(0..PRODUCTS);
            let product = coverage_client::product_address(&pool.address, index);
            let mut purchases = Vec::new();
            for id in first..first + TOGETHER as u64 {
                let request = CoverRequest {
                    amount: 500 * DOLLAR,
                    max_premium: 1_000 * DOLLAR,
                    holder: dora.pubkey(),
                    term_days: self.rng.random_range(20..80),
                    commission_bps: 0,
                    terms: 0,
                };
                purchases.extend(build::buy_cover(
                    &pool,
                    (&product, &pool.assembly),
                    &dora.pubkey(),
                    id,
                    &request,
                    None,
                ));
            }
            self.send(&purchases, &dora);
            self.pass(12);
        }
        // Whatever was drawn, there is something to report of each product.
        for index in 0..PRODUCTS {
            let request = CoverRequest {
                amount: 500 * DOLLAR,
                max_premium: 1_000 * DOLLAR,
                holder: dora.pubkey(),
                term_days: 90,
                commission_bps: 0,
                terms: 0,
            };
            let product = coverage_client::product_address(&pool.address, index);
            self.send(
                &build::buy_cover(&pool, (&product, &pool.assembly), &dora.pubkey(), POLICIES, &request, None),
                &dora,
            );
        }
        self.travel(2);
    }

    /// A report on each product, exits between them, and more reports in line on some.
    fn strike(&mut self) {
        for index in 0..PRODUCTS {
            self.report(index, 0);
            if index % 5 == 0 {
                self.leave(index.into());
            }
        }
        for index in (0..PRODUCTS).step_by(IN_LINE) {
            self.report(index, 1);
        }
    }

    fn leave(&mut self, id: u64) {
        let (ada, now) = (key("ada"), self.client.now().expect("the time"));
        let (who, shares) = (ada.pubkey(), 10_000_000_000_000);
        let exit = build::request_exit(&self.pool(), (&who, &who), id, shares, None, now);
        self.send(&exit.expect("an epoch"), &ada);
    }

    /// The `nth` report on a product, with claims and a vote.
    fn report(&mut self, index: u16, nth: u32) {
        let (dora, otto) = (key("dora"), key("otto"));
        self.pass(24);
        let (pool, product) = (self.pool(), self.product(index));
        let occurred_at = self.client.now().expect("the time") - 1;
        let report = IncidentReport { occurred_at, evidence_hash: [2; 32], evidence_uri: String::new() };
        self.send(&[build::open_incident(&pool, &product, &otto.pubkey(), &otto.pubkey(), &report)], &otto);
        let incident = coverage_client::incident_address(&product.address, nth);
        let policies: Vec<At<Policy>> = self.client.list(&[]).expect("policies");
        let hit = policies.into_iter().filter(|policy| {
            let covered = policy.cover_from <= occurred_at && occurred_at <= policy.end;
            policy.product == product.address && covered && policy.bought_at < occurred_at
        });
        // Those that claim in the second did not in the first.
        for policy in hit.skip(2 * nth as usize).take(2) {
            let loss = self.rng.random_range(100..400) * DOLLAR;
            let request = ClaimRequest { loss, evidence_hash: [3; 32], evidence_uri: String::new() };
            let dora_key = dora.pubkey();
            let submit = build::submit_claim(&pool, &incident, &policy, (&dora_key, &dora_key), &request, None);
            self.send(&[submit], &dora);
        }
        // Some pass, some fail, and in some too few vote.
        let ballot = self.client.fetch(&coverage_client::ballot_address(&incident)).expect("the ballot");
        match self.rng.random_range(0..4) {
            0 => {}
            roll => {
                let (vera, side) = (key("vera"), if roll == 1 { Side::Against } else { Side::For });
                self.send(
                    &[build::vote(&ballot, &vera.pubkey(), (&vera.pubkey(), &vera.pubkey()), side.level())],
                    &vera,
                );
            }
        }
    }

    /// Reads the verdicts there are, and disputes claims of what counts; on some of them too few vote.
    fn dispute(&mut self) {
        let (otto, vera, founder) = (key("otto"), key("vera"), key("founder"));
        self.travel(3);
        for (step, days) in [("close_ballot", 2), ("decide_incident", 0)] {
            for crank in crank::due(&self.snapshot(), &founder.pubkey()).iter().filter(|crank| crank.name == step) {
                self.send(&crank.instructions, &founder);
            }
            self.travel(days);
        }
        let snapshot = self.snapshot();
        let mut level = 0;
        for claim in &snapshot.claims {
            let incident = snapshot.incident(&claim.incident).expect("its incident");
            let is_accepted = incident.state() == Ok(IncidentState::Accepted);
            if !is_accepted || claim.check_disputable(incident, snapshot.time).is_err() || self.rng.random_ratio(1, 3) {
                continue;
            }
            let evidence = Evidence { evidence_hash: [4; 32], evidence_uri: String::new() };
            let who = otto.pubkey();
            self.send(&[build::dispute_claim(&self.pool(), incident, claim, &who, &who, &evidence)], &otto);
            let ballot = self.client.fetch(&coverage_client::ballot_address(&claim.address)).expect("the ballot");
            if !self.rng.random_ratio(1, 4) {
                self.send(&[build::vote(&ballot, &vera.pubkey(), (&vera.pubkey(), &vera.pubkey()), level % 17)], &vera);
                level += 3;
            }
        }
    }

    fn snapshot(&self) -> Snapshot {
        self.client.snapshot(&demo::pool_address()).expect("the pool's accounts")
    }

    /// Waits until nothing is due.
    fn wait(&self) {
        let started = Instant::now();
        loop {
            let mut due = crank::due(&self.snapshot(), &key("ben").pubkey());
            // Keepers leave less than a token of fees alone.
            due.retain(|crank| crank.name != "collect_fees");
            if due.is_empty() {
                return;
            }
            let names: Vec<_> = due.iter().map(|crank| crank.name).collect();
            assert!(started.elapsed() < PATIENCE, "still due: {names:?}");
            thread::sleep(Duration::from_millis(300));
        }
    }

    fn travel(&self, days: u64) {
        let now = self.client.now().expect("the time");
        cheat::travel(&self.client, now + days * DAY).expect("time travels");
    }
}

/// A port that passes on to another one, until it is taken down.
struct Relay {
    port: u16,
    to: u16,
    up: Arc<Mutex<bool>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Relay {
    fn start(to: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let relay = Self { port, to, up: Arc::new(Mutex::new(true)), open: Arc::default() };
        let (up, open, to) = (relay.up.clone(), relay.open.clone(), relay.to);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if !*up.lock().expect("a flag") {
                    let _ = near.shutdown(Shutdown::Both);
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", to)) else { continue };
                let both = [near.try_clone(), far.try_clone()].map(|stream| stream.expect("a second handle"));
                open.lock().expect("a list").extend(both);
                for (mut from, mut to) in
                    [(near.try_clone().expect("a handle"), far.try_clone().expect("a handle")), (far, near)]
                {
                    thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        relay
    }

    fn down(&self) {
        *self.up.lock().expect("a flag") = false;
        for stream in self.open.lock().expect("a list").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn up(&self) {
        *self.up.lock().expect("a flag") = true;
    }
}

/// A keeper in another process, until this is dropped.
struct Keeper {
    child: Child,
    metrics: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Keeper {
    fn start(net: &Net, wallet: &str, url: &str) -> Self {
        let wallet = net.wallet(wallet);
        let mut command =
            net.command(&["keeper", "--interval", "1s", "--metrics", "127.0.0.1:0", "--keypair", &wallet]);
        let mut child = command.args(["--url", url]).stderr(Stdio::piped()).spawn().expect("the keeper starts");
        let mut log = BufReader::new(child.stderr.take().expect("its log is piped")).lines();
        let first = log.next().expect("a line").expect("text");
        let metrics =
            first.split("http://").nth(1).and_then(|url| url.split('/').next()).expect("its address").to_owned();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = lines.clone();
        thread::spawn(move || {
            log.map_while(std::io::Result::ok).for_each(|line| sink.lock().expect("a list").push(line))
        });
        Self { child, metrics, lines }
    }

    /// A number out of its metrics: the sum over all labels.
    fn metric(&self, name: &str) -> f64 {
        let mut stream = TcpStream::connect(&self.metrics).expect("its metrics");
        stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").expect("it takes a request");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        let lines = text.lines().filter(|line| line.starts_with(&format!("breakwater_keeper_{name}")));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            eprintln!("the keeper said:\n{}", self.lines.lock().expect("a list").join("\n"));
        }
    }
}

/// Every statement about the books holds.
fn prove(snapshot: &Snapshot) {
    let broken: Vec<_> = verify::check(snapshot).into_iter().filter(|statement| !statement.holds).collect();
    assert_eq!(broken, []);
}

#[test]
fn keepers_bring_everything_that_is_due_to_its_end() -> Result<()> {
    let net = Net::start();
    let mut client = net.client();
    client.sending.simulate = false;
    let mut stage = Stage { client, rng: ChaCha8Rng::seed_from_u64(7) };
    let started = Instant::now();
    stage.found();
    stage.sell();
    stage.strike();
    stage.dispute();
    println!("staged in {:?}", started.elapsed());
    let before = stage.snapshot();
    assert_eq!(
        (before.policies.len(), before.incidents.len()),
        (POLICIES as usize + usize::from(PRODUCTS), usize::from(PRODUCTS) + usize::from(PRODUCTS).div_ceil(IN_LINE))
    );
    prove(&before);
    let leaving = before.epochs.len();
    assert!(leaving > 1, "{leaving} epochs wait only");
    let disputes = before.claims.iter().filter(|claim| claim.check_disputed().is_ok()).count();
    assert!(before.claims.len() > 20 && disputes > 3, "too little has happened");

    // Two at once, and one of them loses the network for a while.
    let port = net.url().rsplit(':').next().and_then(|port| port.parse().ok()).expect("its port");
    let relay = Relay::start(port);
    stage.travel(10);
    let started = Instant::now();
    let far = Keeper::start(&net, "walt", &format!("http://127.0.0.1:{}", relay.port));
    let near = Keeper::start(&net, "ben", net.url());
    // In the midst of it.
    thread::sleep(Duration::from_millis(400));
    relay.down();
    thread::sleep(Duration::from_secs(2));
    relay.up();
    stage.wait();
    println!("first wave in {:?}", started.elapsed());
    prove(&stage.snapshot());
    drop(near);

    // Long enough for ballots that went on, exits that waited, and grace: the one that lost the network does it all. Exits
    // that nobody paid in time are called, and paid a day later.
    for days in [1, 40, 1, 40, 40, 40] {
        let started = Instant::now();
        stage.travel(days);
        stage.wait();
        prove(&stage.snapshot());
        println!("another wave in {:?}", started.elapsed());
    }
    assert!(far.metric("outages_total") >= 1.0, "it did not notice the outage");
    let taken = far.metric("steps_taken_total");
    assert!(taken > 200.0, "it took {taken} steps only");

    let after = stage.snapshot();
    let left = [
        after.policies.len(),
        after.incidents.len(),
        after.claims.len(),
        after.ballots.len(),
        after.records.len(),
        after.tickets.len(),
        after.epochs.len(),
    ];
    assert_eq!(left, [0; 7], "policies, incidents, claims, ballots, votes, tickets and epochs are left");
    assert_eq!(after.pool.payable + after.pool.exits_due + after.pool.bonds + after.pool.rewards_reserved, 0);
    prove(&after);

    // Nothing is left to do, and saying so changes nothing.
    drop(far);
    let none = net.json("walt", &["keeper", "--once"]);
    assert_eq!(none.as_array().map(Vec::len), Some(0));
    net.run(&["verify", "--history"]);
    assert_eq!(text(&net.about, "program"), ID.to_string());
    Ok(())
}
