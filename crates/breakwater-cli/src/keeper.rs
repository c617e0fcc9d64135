//! The keeper: takes every step that is due, again and again.
//!
//! It keeps nothing between two looks but how long to leave alone what failed. So it can be stopped at any time, and a
//! second one beside it only finds some steps taken.

use crate::context::{Context, asset};
use anyhow::{Context as _, Result, anyhow};
use coverage_client::{
    At,
    amount::Amount,
    crank::{self, Crank},
    pyth::{PriceUpdate, RECEIVER},
    rpc::{Client, Error, fits},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use solana_address::Address;
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// What is left alone after the first failure, and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// How long is waited at most for a cluster that does not answer.
const LONGEST_OUTAGE_PAUSE: Duration = Duration::from_secs(30);
/// Steps in one transaction at most: one that fails holds up few others.
const MOST_TOGETHER: usize = 8;
/// How often `--once` asks again while the cluster does not answer.
const TRIES: u32 = 6;

/// What Prometheus wants its text to be called.
const CONTENT_TYPE: &str = "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8";

/// A step and the account it is about.
type Step = (&'static str, Address);

/// Takes every step that is due.
pub struct Keeper<'a> {
    context: &'a Context,
    signer: Keypair,
    metrics: Arc<Metrics>,
    duties: Duties,
    failed: Mutex<HashMap<Step, Failure>>,
}

/// What a keeper is told to do.
pub struct Duties {
    /// Transactions that are under way at once.
    pub workers: usize,
    /// Accounts of Pyth's pull oracle to watch.
    pub prices: Vec<Address>,
    /// Protocol fees that are worth a transaction, which nobody pays for.
    pub min_fees: Amount,
}

/// How often a step of a pool failed and why, and when it is tried again.
struct Failure {
    pool: Address,
    times: u32,
    again: Instant,
    reason: String,
}

impl<'a> Keeper<'a> {
    /// A keeper that pays with the context's signer, and is paid to it.
    pub fn new(context: &'a Context, metrics: Arc<Metrics>, duties: Duties) -> Result<Self> {
        Ok(Self { context, signer: context.signer()?, metrics, duties, failed: Mutex::default() })
    }

    /// Looks and acts, for ever.
    pub fn run(&self, interval: Duration) -> Result<()> {
        let mut outages = 0;
        loop {
            let pause = match self.pass(&mut BTreeMap::new()) {
                // What one step made due is taken at once.
                Ok(taken) if taken > 0 => Duration::ZERO,
                Ok(_) => interval,
                Err(error) => {
                    outages += 1;
                    let pause = backoff(Duration::from_millis(500), outages, LONGEST_OUTAGE_PAUSE);
                    log(&format!("the cluster does not answer, again in {pause:?}: {error:#}"));
                    self.metrics.outages.inc();
                    thread::sleep(pause);
                    continue;
                }
            };
            outages = 0;
            thread::sleep(pause);
        }
    }

    /// What was refused and not taken since: the step, what it is about, and why.
    pub fn refused(&self) -> Vec<(&'static str, Address, String)> {
        let failed = lock(&self.failed);
        let mut refused: Vec<_> =
            failed.iter().map(|((name, subject), failure)| (*name, *subject, failure.reason.clone())).collect();
        refused.sort();
        refused
    }

    /// Takes what is due until nothing is; returns how many steps of each kind were taken.
    pub fn once(&self) -> Result<BTreeMap<&'static str, u64>> {
        let mut taken = BTreeMap::new();
        let mut outages = 0;
        loop {
            match self.pass(&mut taken) {
                Ok(0) => return Ok(taken),
                Ok(_) => outages = 0,
                Err(error) if outages == TRIES => return Err(error),
                Err(_) => {
                    outages += 1;
                    thread::sleep(backoff(Duration::from_millis(500), outages, LONGEST_OUTAGE_PAUSE));
                }
            }
        }
    }

    /// Looks at every pool once, and takes what is due; returns how many steps were taken.
    fn pass(&self, taken: &mut BTreeMap<&'static str, u64>) -> Result<u64> {
        let mut count = 0;
        let prices = self.prices()?;
        for pool in self.context.pools()? {
            let snapshot = self.context.client.snapshot(&pool)?;
            let mut due = crank::due_by_prices(&snapshot, &prices);
            let by_prices = due.len();
            due.extend(crank::due(&snapshot, &self.signer.pubkey()));
            due.retain(|crank| crank.name != "collect_fees" || self.is_worth_it(&snapshot.pool));
            let labels = Pool { pool: pool.to_string() };
            self.metrics.due.get_or_create(&labels).set(i64::try_from(due.len()).unwrap_or(i64::MAX));
            self.forget(&pool, &due);
            // What prices refute is neither opened nor claimed: after them everything is looked at anew.
            let (by_prices, others) = due.split_at(by_prices);
            for cranks in [by_prices, others] {
                let ready: Vec<_> = cranks.iter().filter(|crank| self.is_ready(crank)).cloned().collect();
                let names = self.take(&pool, &ready)?;
                for name in &names {
                    *taken.entry(*name).or_default() += 1;
                    count += 1;
                }
                if !names.is_empty() {
                    break;
                }
            }
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.metrics.last_look.set(i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
        Ok(count)
    }

    /// The accounts that are watched, and what they hold now.
    fn prices(&self) -> Result<Vec<At<PriceUpdate>>> {
        let mut prices = Vec::new();
        for address in &self.duties.prices {
            let account = self.context.client.account(address)?.filter(|account| account.owner == RECEIVER);
            // Anyone who posts prices may close the account, and open it again.
            let Some(account) = account.and_then(|account| PriceUpdate::decode(&account.data)) else {
                log(&format!("there is no price of Pyth's at {address}"));
                continue;
            };
            prices.push(At { address: *address, account });
        }
        Ok(prices)
    }

    /// Whether a pool's protocol fees are worth a transaction.
    fn is_worth_it(&self, pool: &At<coverage_client::Pool>) -> bool {
        // Of a token that cannot be divided that far, any.
        pool.treasury_due >= self.duties.min_fees.atoms(&asset(pool)).unwrap_or(1)
    }

    /// Takes steps, several in each transaction and several transactions at once; returns the names of those that
    /// worked.
    fn take(&self, pool: &Address, cranks: &[Crank]) -> Result<Vec<&'static str>> {
        let batches = self.batches(cranks);
        let (next, outage) = (AtomicUsize::new(0), Mutex::new(None));
        let taken = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..self.duties.workers.min(batches.len()) {
                scope.spawn(|| {
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if lock(&outage).is_some() {
                            return;
                        }
                        match self.steps(pool, batch) {
                            Ok(names) => lock(&taken).extend(names),
                            Err(error) => *lock(&outage) = Some(error),
                        }
                    }
                });
            }
        });
        match lock(&outage).take() {
            Some(error) => Err(anyhow!(error)),
            None => Ok(std::mem::take(&mut *lock(&taken))),
        }
    }

    /// As many steps together as fit a transaction: each costs a part of the fee only.
    fn batches<'c>(&self, cranks: &'c [Crank]) -> Vec<&'c [Crank]> {
        let together = |cranks: &[Crank]| -> Vec<_> {
            cranks.iter().flat_map(|crank| crank.instructions.iter().cloned()).collect()
        };
        let (mut batches, mut rest) = (Vec::new(), cranks);
        while !rest.is_empty() {
            let sizes = 2..=rest.len().min(MOST_TOGETHER);
            let size = sizes.take_while(|size| fits(&together(&rest[..*size]), &self.signer.pubkey())).last();
            let (batch, others) = rest.split_at(size.unwrap_or(1));
            batches.push(batch);
            rest = others;
        }
        batches
    }

    /// Takes steps in one transaction, or one by one when it is refused; returns the names of those that worked, or an
    /// error when the cluster does not answer.
    fn steps(&self, pool: &Address, cranks: &[Crank]) -> Result<Vec<&'static str>, Error> {
        let client: &Client = &self.context.client;
        let instructions: Vec<_> = cranks.iter().flat_map(|crank| crank.instructions.iter().cloned()).collect();
        let outcome = if self.context.dry_run {
            client.simulate(&instructions, &[&self.signer])
        } else {
            client.send(&instructions, &[&self.signer])
        };
        match (outcome, cranks) {
            (Ok(_), cranks) => {
                for crank in cranks {
                    lock(&self.failed).remove(&(crank.name, crank.subject));
                    self.metrics.taken.get_or_create(&Kind { step: crank.name }).inc();
                    log(&format!("{} {}", crank.name, crank.subject));
                }
                // What was only simulated is still due.
                let sent = cranks.iter().filter(|_| !self.context.dry_run);
                Ok(sent.map(|crank| crank.name).collect())
            }
            // Another keeper was faster, or the one who is paid has no account: the next look will tell.
            (Err(error), [crank]) if error.is_refusal() => {
                self.metrics.refused.get_or_create(&Kind { step: crank.name }).inc();
                self.postpone(pool, crank, &error);
                crank.otherwise.as_ref().map_or(Ok(Vec::new()), |other| self.steps(pool, std::slice::from_ref(other)))
            }
            (Err(error), cranks) if error.is_refusal() => {
                let mut taken = Vec::new();
                for crank in cranks {
                    taken.extend(self.steps(pool, std::slice::from_ref(crank))?);
                }
                Ok(taken)
            }
            (Err(error), _) => Err(error),
        }
    }

    fn postpone(&self, pool: &Address, crank: &Crank, error: &Error) {
        let mut failed = lock(&self.failed);
        let step = (crank.name, crank.subject);
        let times = failed.get(&step).map_or(1, |failure| failure.times.saturating_add(1));
        let pause = backoff(FIRST_PAUSE, times, LONGEST_PAUSE);
        // The first refusal is mostly another keeper's success, unless it is about the keeper's own wallet.
        if times > 1 || error.wants_sol() {
            log(&format!("{} {} was refused {times} times, again in {pause:?}: {error}", crank.name, crank.subject));
        }
        failed.insert(step, Failure { pool: *pool, times, again: Instant::now() + pause, reason: error.to_string() });
    }

    fn is_ready(&self, crank: &Crank) -> bool {
        let failed = lock(&self.failed);
        failed.get(&(crank.name, crank.subject)).is_none_or(|failure| Instant::now() >= failure.again)
    }

    /// Forgets the failures of a pool's steps that are not due any more.
    fn forget(&self, pool: &Address, due: &[Crank]) {
        let is_due = |step: &Step| due.iter().any(|crank| (crank.name, crank.subject) == *step);
        lock(&self.failed).retain(|step, failure| failure.pool != *pool || is_due(step));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A list of names or failures is whole whatever a panicking thread left undone.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Twice as long each time.
fn backoff(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(2u32.saturating_pow(times.saturating_sub(1))).min(longest)
}

fn log(text: &str) {
    eprintln!("{} {text}", humantime::format_rfc3339_seconds(SystemTime::now()));
}

/// What Prometheus can ask for.
pub struct Metrics {
    registry: Registry,
    taken: Family<Kind, Counter>,
    refused: Family<Kind, Counter>,
    due: Family<Pool, Gauge>,
    outages: Counter,
    last_look: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    step: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    pool: String,
}

impl Metrics {
    /// All zero.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("breakwater_keeper");
        let (taken, refused, due) = (Family::default(), Family::default(), Family::default());
        let (outages, last_look) = (Counter::default(), Gauge::default());
        registry.register("steps_taken", "Steps that were taken", taken.clone());
        registry.register("steps_refused", "Steps that the program refused", refused.clone());
        registry.register("steps_due", "Steps that were due at the last look", due.clone());
        registry.register("outages", "Looks at which the cluster did not answer", outages.clone());
        registry.register("last_look_seconds", "When everything was last looked at, unix seconds", last_look.clone());
        Self { registry, taken, refused, due, outages, last_look }
    }

    /// Serves them over HTTP from a thread.
    pub fn serve(self: Arc<Self>, address: SocketAddr) -> Result<()> {
        let server = tiny_http::Server::http(address).map_err(|error| anyhow!(error));
        let server = server.with_context(|| format!("cannot serve metrics on {address}"))?;
        log(&format!("metrics on http://{}/metrics", server.server_addr()));
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let mut text = String::new();
                // Writing into a string cannot fail.
                let _ = encode(&mut text, &self.registry);
                let mut response = tiny_http::Response::from_string(text);
                if let Ok(header) = CONTENT_TYPE.parse::<tiny_http::Header>() {
                    response.add_header(header);
                }
                // The one who asked may be gone.
                let _ = request.respond(response);
            }
        });
        Ok(())
    }
}
