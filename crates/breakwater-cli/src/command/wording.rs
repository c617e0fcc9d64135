//! `breakwater wording`

use crate::{
    context::Context,
    output::{Output, Record, line},
    parse,
};
use anyhow::{Result, ensure};
use coverage_client::{Product, RiskKind, Trigger, text};
use coverage_wordings::{Wording, all, of_hash, subject};
use std::path::PathBuf;

/// Cover terms.
#[derive(clap::Subcommand)]
pub enum Command {
    /// List the cover terms that this tool has, with their SHA-256
    List,
    /// Print cover terms, byte for byte
    Show {
        /// Their name, as `exploit@1`
        #[arg(value_parser = parse::wording)]
        name: &'static Wording,
    },
    /// Say which cover terms a product goes by; fail if it is none that this tool has, nor the file
    Check {
        /// The product's number, name or address
        product: String,
        /// Words of the operator's own, which should have the product's SHA-256
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

/// What a hash is called that no wording has.
const UNKNOWN: &str = "unknown wording";

/// The name of the wording with a hash.
pub fn name_of(sha256: &[u8; 32]) -> &'static str {
    of_hash(sha256).map_or(UNKNOWN, |wording| wording.name)
}

/// What a product covers, as its address of terms says it.
pub fn covered_by(product: &Product) -> String {
    subject(&text(&product.terms_uri)).unwrap_or("what its name says").into()
}

/// Lists, prints or checks.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::List => list(context),
        Command::Show { name } => show(name, context),
        Command::Check { product, file } => {
            let product = context.product(&context.pool()?, product)?;
            let (name, uri) = (text(&product.name), text(&product.terms_uri));
            let file_sha256 = file.as_deref().map(|file| parse::hash(Some(file), "")).transpose()?;
            let known = of_hash(&product.terms_hash);
            let same = file_sha256.is_none_or(|hash| hash == product.terms_hash);
            ensure!(same, "these are not the words of {name}: their SHA-256 is another");
            ensure!(
                known.is_some() || file_sha256.is_some(),
                "the words of {name} are none that this tool has; get them from {uri} and compare them with --file"
            );
            let record = Record::new()
                .address("product", &product.address)
                .text("name", name)
                .text("wording", known.map_or(UNKNOWN, |wording| wording.name))
                .text("covers", covered_by(&product))
                .text("terms", uri)
                .hash("terms_sha256", &product.terms_hash);
            context.output.record(&record);
        }
    }
    Ok(())
}

fn record(wording: &Wording) -> Record {
    Record::new()
        .text("wording", wording.name)
        .text("title", wording.title())
        .text("risk", RiskKind::word_of(wording.risk.byte()))
        .text("decides", Trigger::word_of(wording.trigger.byte()))
        .hash("sha256", &wording.sha256)
}

fn list(context: &Context) {
    context.output.list("There are none.", &all().iter().map(record).collect::<Vec<_>>());
}

fn show(wording: &Wording, context: &Context) {
    if context.output == Output::Json {
        context.output.record(&record(wording).text("text", wording.text));
    } else {
        // What is piped into a file has the SHA-256: the line ends by itself.
        line(wording.text.strip_suffix('\n').unwrap_or(wording.text));
    }
}
