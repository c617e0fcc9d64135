//! `cargo xtask mutants`: changes the program's rules one place at a time, and says which suite notices.
//!
//! One build holds all mutants. A number in the bytecode selects one of them, so that trying the next is to write eight
//! bytes and to run the suites. The suites themselves, and the clients they use, keep the rules as they are.

mod page;
mod rewrite;
mod suites;

use crate::{cargo, sbf, setup, verify};
use anyhow::{Context, Result, bail, ensure};
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::SliceRandom};
use rewrite::{Kind, Site};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};
use suites::{FORMULAS, Suite, Tests, Verdict};

/// Where the rules are.
const RULES: [&str; 3] = ["crates/coverage-math/src", "programs/state/src", "programs/breakwater/src"];
/// The mutants that change nothing, each with its reason.
const EQUIVALENTS: &str = "xtask/src/mutants/equivalent.toml";
/// Of a hundred mutants, how many are to be noticed or shown to change nothing.
const WANTED: usize = 98;

/// Which mutants to try.
pub struct Choice {
    /// How many.
    pub count: usize,
    /// Seed of the choice.
    pub seed: u64,
    /// Only those whose line contains this, all of them.
    pub only: Option<String>,
}

/// What became of a mutant.
pub enum Fate {
    /// A suite noticed, by this test.
    Killed { suite: String, test: String },
    /// It changes nothing, for this reason.
    Equivalent(String),
    /// Nobody noticed.
    Survived,
    /// Not tried yet, or only by the tests that are near.
    Open,
}

/// How much is run on a mutant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// The tests that noticed it or another of its file before, and those that are called like its file.
    Near,
    /// Every suite.
    All,
}

/// A mutant that changes nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalent {
    file: String,
    place: String,
    source: String,
    mutant: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalents {
    equivalent: Vec<Equivalent>,
}

impl Equivalent {
    fn is(&self, site: &Site) -> bool {
        self.file == site.file && self.place == site.place && self.source == site.source && self.mutant == site.mutant
    }
}

/// Tries mutants, prints what became of each, and writes docs/mutants.md unless only some were asked for.
pub fn run(choice: &Choice) -> Result<()> {
    let folder = cargo::root()?.join("target/mutants");
    let (source, deploy) = (folder.join("source"), folder.join("deploy"));
    let sites = write_source(&source)?;
    let equivalents = equivalents(&sites)?;

    sbf::run()?;
    let bytecode = build(&folder, &source, &deploy)?;
    let present = present(&sites, &bytecode)?;
    let chosen = choose(&sites, &present, choice);
    ensure!(!chosen.is_empty(), "no mutant is called that");
    println!("{} mutants in the source, {} in the bytecode, {} chosen", sites.len() - 1, present.len(), chosen.len());

    let suites = suites::on_bytecode()?;
    let formulas = suites::of_formulas(&source, &folder.join("host"))?;
    let hints = Hints::read(folder.join("noticed.json"));
    let mut bench = Bench { deploy, bytecode, suites, formulas, hints, kin: page::noticed()?, sound: BTreeSet::new() };

    // What is noticed soon first: by the tests that are near. Who comes to the end of a run that is cut short knows most of it.
    let mut tried: Vec<_> = chosen.iter().map(|number| (&sites[*number], Fate::Open)).collect();
    for depth in [Depth::Near, Depth::All] {
        for at in 0..chosen.len() {
            let (site, fate) = &tried[at];
            if !matches!(fate, Fate::Open) {
                continue;
            }
            let start = Instant::now();
            println!("[{}/{}] {site}", at + 1, chosen.len());
            let fate = match equivalents.iter().find(|equivalent| equivalent.is(site)) {
                Some(equivalent) => Fate::Equivalent(equivalent.reason.clone()),
                None => bench.try_out(chosen[at], site, depth)?,
            };
            let seconds = start.elapsed().as_secs_f64();
            match &fate {
                Fate::Killed { suite, test } => println!("    noticed by {suite}: {test} ({seconds:.1} s)"),
                Fate::Equivalent(reason) => println!("    changes nothing: {reason}"),
                Fate::Survived => println!("    SURVIVED ({seconds:.1} s)"),
                Fate::Open => println!("    not noticed by what is near ({seconds:.1} s)"),
            }
            tried[at].1 = fate;
            if choice.only.is_none() {
                page::write(choice, present.iter().map(|number| &sites[*number]), &tried)?;
            }
        }
    }
    let survivors = tried.iter().filter(|(_, fate)| matches!(fate, Fate::Survived)).count();
    println!("{survivors} of {} survived", tried.len());
    ensure!(
        (tried.len() - survivors) * 100 >= tried.len() * WANTED,
        "{survivors} of {} mutants survived: each wants a test, or a reason in {EQUIVALENTS}",
        tried.len()
    );
    Ok(())
}

/// Copies the repository's source, with every mutant written into its rules. Mutant `n` is item `n`, from 1 on.
fn write_source(to: &Path) -> Result<Vec<Site>> {
    let next = to.with_extension("next");
    if next.exists() {
        fs::remove_dir_all(&next).context("remove what is left of the last time")?;
    }
    let sites = write_mutants(&next)?;
    // What has not changed keeps its time, so that it is not built again.
    for file in files(&next)? {
        let (text, target) = (fs::read(&file)?, to.join(file.strip_prefix(&next)?));
        if fs::read(&target).ok().as_ref() != Some(&text) {
            fs::create_dir_all(target.parent().context("a file has a folder")?)?;
            fs::copy(&file, &target)?; // with its permissions: one is a script
        }
    }
    fs::remove_dir_all(&next)?;
    Ok(sites)
}

fn write_mutants(to: &Path) -> Result<Vec<Site>> {
    verify::copy_source(&cargo::root()?, to)?;
    let nothing = Site {
        file: String::new(),
        line: 0,
        place: String::new(),
        kind: Kind::Check,
        source: String::new(),
        mutant: String::new(),
    };
    let mut sites = vec![nothing];
    for (folder, library) in RULES.iter().map(|folder| (folder, to.join(folder).join("lib.rs"))) {
        for file in files(&to.join(folder))? {
            let name = file.strip_prefix(to)?.to_string_lossy().into_owned();
            let (text, found) = rewrite::rewrite(&name, &fs::read_to_string(&file)?, sites.len())?;
            fs::write(&file, text)?;
            sites.extend(found);
        }
        // Parentheses too many, for a start.
        fs::write(&library, "#![allow(warnings)]\n".to_owned() + &fs::read_to_string(&library)?)?;
    }
    let home = to.join("crates/coverage-math");
    let manifest = fs::read_to_string(home.join("Cargo.toml"))?;
    fs::write(home.join("Cargo.toml"), manifest.replace("unsafe_code = \"forbid\"", "unsafe_code = \"deny\""))?;
    let library = home.join("src/lib.rs");
    fs::write(&library, fs::read_to_string(&library)? + rewrite::SELECTOR)?;
    Ok(sites)
}

/// The files below a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// The mutants that change nothing; fails if one of them is no longer in the source.
fn equivalents(sites: &[Site]) -> Result<Vec<Equivalent>> {
    let text = fs::read_to_string(cargo::root()?.join(EQUIVALENTS)).with_context(|| format!("read {EQUIVALENTS}"))?;
    let listed = toml::from_str::<Equivalents>(&text).with_context(|| format!("parse {EQUIVALENTS}"))?.equivalent;
    for equivalent in &listed {
        ensure!(
            sites.iter().any(|site| equivalent.is(site)),
            "{EQUIVALENTS} lists what is not in the source: {} `{}` → `{}`",
            equivalent.place,
            equivalent.source,
            equivalent.mutant
        );
    }
    Ok(listed)
}

/// The numbers of the mutants that the program can run into.
fn present(sites: &[Site], bytecode: &[u8]) -> Result<Vec<usize>> {
    let mut numbers = vec![];
    for number in 1..sites.len() {
        if rewrite::is_in(bytecode, u16::try_from(number)?) {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// The numbers of the mutants to try, in the order of trying.
fn choose(sites: &[Site], present: &[usize], choice: &Choice) -> Vec<usize> {
    let mut numbers: Vec<_> = (1..sites.len()).collect();
    if choice.only.is_none() {
        numbers.shuffle(&mut ChaCha8Rng::seed_from_u64(choice.seed));
    }
    numbers.retain(|number| present.binary_search(number).is_ok());
    match &choice.only {
        Some(only) => numbers.retain(|number| sites[*number].to_string().contains(only)),
        None => numbers.truncate(choice.count),
    }
    numbers
}

/// Builds the program with all mutants, and puts what the suites need beside it into `deploy`.
fn build(folder: &Path, source: &Path, deploy: &Path) -> Result<Vec<u8>> {
    let place = sbf::Place {
        root: source.to_owned(),
        target: folder.join("sbf"),
        deploy: deploy.to_owned(),
        cargo_home: cargo::home()?,
    };
    fs::create_dir_all(deploy)?;
    for entry in fs::read_dir(cargo::deploy()?)? {
        let entry = entry?;
        fs::copy(entry.path(), deploy.join(entry.file_name()))?;
    }
    let programs = cargo::programs()?;
    let program = programs.iter().find(|program| program.name == "breakwater").context("there is no breakwater")?;
    sbf::build_one(&setup::run()?, &place, program)
}

fn select(deploy: &Path, bytecode: &[u8], number: usize) -> Result<()> {
    Ok(fs::write(deploy.join("breakwater.so"), rewrite::select(bytecode, u16::try_from(number)?)?)?)
}

/// What it takes to try mutants.
struct Bench {
    deploy: PathBuf,
    bytecode: Vec<u8>,
    suites: Vec<Suite>,
    formulas: Suite,
    hints: Hints,
    /// Tests that noticed something, by the file in which it was, with their suites.
    kin: BTreeMap<String, BTreeSet<(String, String)>>,
    /// What is known to pass without a mutant.
    sound: BTreeSet<(String, String)>,
}

impl Bench {
    /// Runs tests on a mutant until one notices.
    fn try_out(&mut self, number: usize, site: &Site, depth: Depth) -> Result<Fate> {
        select(&self.deploy, &self.bytecode, number)?;
        let file = page::short(&site.file);
        let suites = self.suites(site);
        let stem = Path::new(&site.file).file_stem().and_then(|stem| stem.to_str()).context("a file without a name")?;
        let hint: Vec<_> = self.hints.of(site).into_iter().collect();
        let kin: Vec<_> = self.kin.get(&file).into_iter().flatten().cloned().collect();
        let named = |known: &[(String, String)]| {
            let names = suites.iter().map(|suite| {
                let of_suite = known.iter().filter(|(name, _)| *name == suite.name);
                (*suite, of_suite.map(|(_, test)| test.clone()).collect::<Vec<_>>())
            });
            names.filter(|(_, names)| !names.is_empty()).collect::<Vec<_>>()
        };
        let (hint, kin) = (named(&hint), named(&kin));
        let runs: Vec<_> = match depth {
            Depth::Near => {
                let known = hint.iter().chain(&kin).map(|(suite, names)| (*suite, Tests::Named(names)));
                known.chain(suites.iter().map(|suite| (*suite, Tests::Like(stem)))).collect()
            }
            Depth::All => suites.iter().map(|suite| (*suite, Tests::All)).collect(),
        };
        for (suite, tests) in runs {
            if let Verdict::Failed(test) = self.run(suite, number, tests)? {
                let suite = suite.name.clone();
                self.check_sound(&suite, &test)?;
                self.hints.keep(site, &suite, &test)?;
                self.kin.entry(file).or_default().insert((suite.clone(), test.clone()));
                return Ok(Fate::Killed { suite, test });
            }
        }
        Ok(if depth == Depth::All { Fate::Survived } else { Fate::Open })
    }

    /// Fails if a test that noticed a mutant fails without one, too: once for each test, which takes less than to run every
    /// suite beforehand.
    fn check_sound(&mut self, name: &str, test: &str) -> Result<()> {
        let key = (name.to_owned(), test.to_owned());
        if self.sound.contains(&key) {
            return Ok(());
        }
        select(&self.deploy, &self.bytecode, 0)?;
        let suite = self.suites.iter().chain([&self.formulas]).find(|suite| suite.name == name);
        let suite = suite.context("a suite that noticed")?;
        let names = [test.to_owned()];
        let tests =
            if test == suites::TOO_LONG || test.starts_with(suites::ENDED) { Tests::All } else { Tests::Named(&names) };
        if let Verdict::Failed(test) = self.run(suite, 0, tests)? {
            bail!("the suite `{name}` fails without a mutant: {test}");
        }
        self.sound.insert(key);
        Ok(())
    }

    fn run(&self, suite: &Suite, number: usize, tests: Tests) -> Result<Verdict> {
        if suite.name != FORMULAS {
            return suite.run(&self.deploy, tests);
        }
        suite.run_selected(&self.deploy, tests, |binary| rewrite::select(binary, u16::try_from(number)?))
    }

    /// The suites in the order in which they probably notice: those of the place first.
    fn suites(&self, site: &Site) -> Vec<&Suite> {
        let near = near(site);
        let mut suites: Vec<_> = self.suites.iter().collect();
        suites.sort_by_key(|suite| suite.name != near);
        if site.file.starts_with(RULES[0]) {
            suites.insert(0, &self.formulas);
        }
        suites
    }
}

/// The suite of the area that a mutant is in.
fn near(site: &Site) -> &'static str {
    let is_in = |names: &[&str]| names.iter().any(|name| site.file.contains(name));
    if site.kind == Kind::Constraint {
        "accounts"
    } else if is_in(&["/assembly", "/ballot", "/vote", "/dispute", "/stake", "claim.rs", "redirect"]) {
        "jury"
    } else if is_in(&["/change", "/proposal"]) {
        "changes"
    } else if is_in(&["/trigger", "/price", "/draw", "/oracle"]) {
        "triggers"
    } else if is_in(&["/line", "/liens", "/books", "/exits", "/contested", "/rewards", "/season", "/settlement"]) {
        "invariants"
    } else {
        "instructions"
    }
}

/// Which test noticed a mutant the last time: asked first, for speed alone.
struct Hints {
    file: PathBuf,
    known: BTreeMap<String, (String, String)>,
}

impl Hints {
    fn read(file: PathBuf) -> Self {
        let known = fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { file, known }
    }

    fn of(&self, site: &Site) -> Option<(String, String)> {
        self.known.get(&site.to_string()).cloned()
    }

    fn keep(&mut self, site: &Site, suite: &str, test: &str) -> Result<()> {
        self.known.insert(site.to_string(), (suite.to_owned(), test.to_owned()));
        Ok(fs::write(&self.file, serde_json::to_vec_pretty(&self.known)?)?)
    }
}
