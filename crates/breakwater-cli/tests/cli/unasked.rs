//! What the keeper does without being asked: a depeg that nobody reports is claimed and paid, changes are applied.

use crate::net::{Net, text};
use breakwater_localnet::{cheat, demo, key};
use coverage_client::{
    constants::DAY,
    pyth::{PriceUpdate, RECEIVER},
};
use serde_json::Value;
use solana_address::Address;
use solana_signer::Signer;

/// What the story of a challenged and a refuted depeg runs.
pub const DEPEGS: &[&str] = &[
    "claim breach",
    "incident challenge",
    "incident observe",
    "incident refute",
    "keeper",
    "product refute",
    "vote against",
];

/// What the story of changes and a pause runs.
pub const CHANGES: &[&str] = &[
    "change accept",
    "change apply",
    "change list",
    "change mark",
    "change petition arbiter",
    "change petition assessor-fee",
    "change petition assessors-limit",
    "change petition authority",
    "change petition bonds",
    "change petition cancel-fee",
    "change petition court",
    "change petition cover-per-stake",
    "change petition curve",
    "change petition delist",
    "change petition exit-delay",
    "change petition group-cap",
    "change petition guardian",
    "change petition leverage",
    "change petition list",
    "change petition min-premium",
    "change petition protocol-fee",
    "change petition season",
    "change petition share-words",
    "change petition stake-floor",
    "change petition timelock",
    "change petition treasury",
    "change petition vote-reward",
    "change petition weight",
    "change propose arbiter",
    "change propose assessor-fee",
    "change propose assessors-limit",
    "change propose authority",
    "change propose bonds",
    "change propose cancel-fee",
    "change propose court",
    "change propose cover-per-stake",
    "change propose curve",
    "change propose delist",
    "change propose exit-delay",
    "change propose group-cap",
    "change propose guardian",
    "change propose leverage",
    "change propose list",
    "change propose min-premium",
    "change propose protocol-fee",
    "change propose season",
    "change propose share-words",
    "change propose stake-floor",
    "change propose timelock",
    "change propose treasury",
    "change propose vote-reward",
    "change propose weight",
    "change withdraw",
    "pause",
];

const FEED: Address = Address::new_from_array([7; 32]);

/// Lets the keeper take every step that is due and returns their names.
fn keep(net: &Net) -> Vec<String> {
    let steps = net.json("walt", &["keeper", "--once"]);
    steps.as_array().expect("a list").iter().map(|step| text(step, "step").to_owned()).collect()
}

fn assert_taken(net: &Net, steps: &[&str]) {
    let taken = keep(net);
    for step in steps {
        assert!(taken.iter().any(|taken| taken == step), "{step} is not among {taken:?}");
    }
}

/// Has a price posted that was published `ago` seconds ago, in hundredths of a cent; returns its account.
fn post(net: &Net, price: i64, ago: u64) -> String {
    let client = net.client();
    let now = client.now().expect("the time");
    let update = PriceUpdate {
        feed: FEED,
        price: price * 10_000,
        confidence: 0,
        exponent: -8,
        publish_time: (now - ago).try_into().expect("a time"),
        signatures: None,
    };
    let (account, data) = (key("price").pubkey(), update.data());
    let rent = client.rpc.get_minimum_balance_for_rent_exemption(data.len()).expect("the rent");
    cheat::write(&client, &account, &RECEIVER, rent, &data).expect("the price is written");
    account.to_string()
}

/// Lets time pass.
fn pass(net: &Net, seconds: u64) {
    let client = net.client();
    let now = client.now().expect("the time");
    cheat::travel(&client, now + seconds).expect("time travels");
}

/// Lets time pass and shows the price product that the dollar is at 74 cents.
fn show(net: &Net, seconds: u64) -> Value {
    pass(net, seconds);
    net.json("otto", &["incident", "observe", "dollar", &post(net, 7_400, 0)])
}

fn list_dollar(net: &Net) {
    let feed = FEED.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let list = ["product", "create", "Dollar", "--terms", "https://example.org/dollar", "--risk", "depeg"];
    let terms = ["--waiting-days", "0", "--trigger", "price", "--source", &feed, "--prices", "0.98", "0.50"];
    let listed = net.json("founder", &[&list[..], &terms].concat());
    assert_eq!(listed["number"], 3);
    let shown = net.json("ada", &["product", "show", "dollar"]);
    assert_eq!((text(&shown, "decides"), text(&shown, "strike"), text(&shown, "floor")), ("price", "0.98", "0.5"));
    assert_eq!((text(&shown, "feed"), text(&shown, "status")), (&*FEED.to_string(), "not for sale yet"));
    // A pool that is open sells a new product only after everybody could leave.
    net.json("founder", &["change", "propose", "list", "dollar"]);
    net.json("founder", &["time", "travel", "9d"]);
    assert_taken(net, &["apply_change"]);
    assert_eq!(status(net), "for sale");
}

#[test]
fn the_insured_of_a_depeg_are_paid_without_doing_anything() {
    let net = Net::start();
    net.json("ada", &["lp", "deposit", "400000"]);
    list_dollar(&net);
    net.json("vera", &["stake", "add", "60000"]);
    net.json("dora", &["cover", "buy", "dollar", "10000", "90"]);
    net.json("ben", &["cover", "buy", "dollar", "2000", "90"]);
    net.json("dora", &["time", "travel", "2d"]);
    let early = net.refused("otto", &["incident", "open", "dollar"]);
    assert_eq!(early["name"], "NoBreach");
    assert_eq!(show(&net, 500)["breach_measured"], 0);
    for _ in 0..8 {
        let seen = show(&net, 500);
        assert!(seen["breach_measured"].as_u64().is_some_and(|seconds| seconds >= 500), "{seen}");
    }
    assert_eq!(text(&net.json("ada", &["product", "show", "dollar"]), "status"), "price below the strike");
    assert_eq!(net.refused("otto", &["cover", "buy", "dollar", "10", "9"])["name"], "BreachRunning");

    assert_taken(&net, &["open_price_incident", "claim_breach", "collect_fees"]);
    let incidents = net.json("ada", &["incident", "list"]);
    assert_eq!((&incidents[0]["claims"], text(&incidents[0], "ballot")), (&2.into(), "none, prices decided"));
    net.run(&["verify", "--history"]);

    // It can be challenged for two days. Then it counts, and nobody can dispute what prices have decided: they are paid at once, though
    // claims are filed for a fortnight more.
    net.json("dora", &["time", "travel", "2d"]);
    assert_taken(&net, &["decide_incident", "payout"]);
    for (who, paid) in [("dora", "5000"), ("ben", "1000")] {
        assert_eq!(text(&net.json(who, &["cover", "list"])[0], "paid"), paid);
    }
    net.json("dora", &["time", "travel", "15d"]);
    assert_taken(&net, &["end_filing", "settle_incident", "close_claim", "close_incident"]);
    net.run(&["verify", "--history"]);
}

#[test]
fn what_a_price_opened_can_be_claimed_by_hand_and_challenged() {
    let net = Net::start();
    net.json("ada", &["lp", "deposit", "400000"]);
    list_dollar(&net);
    net.json("vera", &["stake", "add", "60000"]);
    let bought = net.json("dora", &["cover", "buy", "dollar", "10000", "90"]);
    net.json("dora", &["time", "travel", "2d"]);
    for _ in 0..9 {
        show(&net, 500);
    }
    let opened = net.json("otto", &["incident", "open", "dollar"]);
    let incident = text(&opened, "incident");
    assert_eq!((text(&opened, "bond"), text(&opened, "lien")), ("0", "10000"));
    let filed = net.json("otto", &["claim", "breach", text(&bought, "policy")]);
    assert_eq!(text(&filed, "amount"), "5000");
    assert_eq!(text(&filed, "claimant"), key("dora").pubkey().to_string());
    let challenged = net.json("ben", &["incident", "challenge", incident, "--evidence", "https://example.org/wrong"]);
    assert_eq!(text(&challenged, "bond"), "500");
    net.run(&["verify", "--history"]);

    // The jury finds that it did not count: the challenger has the bond back.
    net.json("vera", &["vote", "against", incident]);
    net.json("vera", &["time", "travel", "6d"]);
    assert_taken(&net, &["close_ballot"]);
    net.json("vera", &["time", "travel", "3d"]);
    assert_taken(&net, &["decide_incident", "settle_incident", "collect_incident_bond", "payout", "close_incident"]);
    assert_eq!(text(&net.json("dora", &["cover", "list"])[0], "paid"), "0");
    net.run(&["verify", "--history"]);
    prices_refute(&net);
    keepers_watch_prices(&net);
    net.run(&["verify", "--history"]);
    net.ran(DEPEGS);
}

fn status(net: &Net) -> String {
    text(&net.json("ada", &["product", "show", "dollar"]), "status").to_owned()
}

/// A price from inside a breach voids it, before an incident was opened for it and after.
fn prices_refute(net: &Net) {
    assert_eq!(status(net), "price below the strike", "one breach opens one incident");
    net.json("otto", &["incident", "observe", "dollar", &post(net, 9_900, 0)]);
    for _ in 0..3 {
        show(net, 500);
    }
    assert_eq!(status(net), "price below the strike");
    let error = net.refused("ben", &["product", "refute", "dollar", &post(net, 9_900, 5_000)]);
    assert_eq!(error["name"], "PriceOutsideBreach");
    assert!(text(&error, "hint").contains("while the breach was measured"), "{error}");
    let error = net.refused("ben", &["product", "refute", "dollar", &post(net, 9_700, 250)]);
    assert_eq!(error["name"], "PriceBelowStrike");
    let refuted = net.json("ben", &["product", "refute", "dollar", &post(net, 9_900, 250)]);
    assert_eq!(text(&refuted, "price"), "0.99");
    assert_eq!(status(net), "for sale");

    for _ in 0..9 {
        show(net, 500);
    }
    let opened = net.json("otto", &["incident", "open", "dollar"]);
    let incident = text(&opened, "incident");
    let refuted = net.json("ben", &["incident", "refute", incident, &post(net, 9_900, 1_250)]);
    assert_eq!((text(&refuted, "incident"), text(&refuted, "price")), (incident, "0.99"));
    let shown = net.json("ada", &["incident", "show", incident]);
    assert_eq!(text(&shown, "ballot"), "none, a price refutes it");
    assert_taken(net, &["decide_incident", "settle_incident", "close_incident"]);
    assert_eq!(net.json("ada", &["incident", "list"]).as_array().map(Vec::len), Some(0));
}

/// A keeper that is told of a price account shows its prices, and refutes by them.
fn keepers_watch_prices(net: &Net) {
    let watch = |price: &str| -> Vec<String> {
        let steps = net.json("walt", &["keeper", "--once", "--price", price]);
        steps.as_array().expect("a list").iter().map(|step| text(step, "step").to_owned()).collect()
    };
    pass(net, 500);
    assert_eq!(watch(&post(net, 9_900, 0)), Vec::<String>::new(), "a price at peg says nothing");
    for _ in 0..2 {
        pass(net, 500);
        assert_eq!(watch(&post(net, 7_400, 0)), ["observe_price"]);
    }
    assert_eq!(status(net), "price below the strike");
    assert_eq!(watch(&post(net, 9_900, 250)), ["refute_breach"]);
    assert_eq!(status(net), "for sale");
    for _ in 0..9 {
        show(net, 500);
    }
    let steps = watch(&post(net, 9_900, 1_250));
    assert_eq!(steps, ["refute_breach"], "it is void before an incident is opened");
    for _ in 0..9 {
        show(net, 500);
    }
    net.json("otto", &["incident", "open", "dollar"]);
    let steps = watch(&post(net, 9_900, 1_250));
    assert_eq!(steps, ["close_incident", "decide_incident", "refute_incident", "settle_incident"]);
}

#[test]
fn changes_are_proposed_voted_on_and_applied_and_sales_paused() {
    let net = Net::start();
    net.json("ada", &["lp", "deposit", "400000"]);
    net.json("vera", &["stake", "add", "60000"]);
    net.json("vera", &["time", "travel", "2d"]);

    let queued = net.json("founder", &["change", "propose", "protocol-fee", "700"]);
    assert_eq!(text(&queued, "proposal"), "protocol fee 700 bps");
    assert_eq!(text(&queued, "waits_for"), "its time, and those who asked in time to leave");
    assert_eq!(net.refused("walt", &["change", "apply", "0"])["name"], "ChangeNotDue");
    let petition = net.json("vera", &["change", "petition", "weight", "0", "5000"]);
    assert_eq!(text(&petition, "bond"), "60");
    net.json("vera", &["vote", "for", text(&petition, "change")]);
    net.json("founder", &["change", "propose", "guardian"]);
    net.json("founder", &["change", "withdraw", "2"]);
    net.json("founder", &["change", "propose", "authority", &key("ben").pubkey().to_string()]);
    net.run(&["verify"]);
    let changes = net.json("ada", &["change", "list"]);
    let states: Vec<_> = changes.as_array().expect("a list").iter().map(|change| text(change, "state")).collect();
    assert!(states[0].starts_with("can be applied from"), "{states:?}");
    assert_eq!(states[1..3], ["a ballot decides", "withdrawn"]);
    // A fee waits for those who ask to leave within a day here, the authority for nobody.
    let now = net.client().now().expect("the time");
    assert!(changes[0]["exits_until"].as_u64().is_some_and(|until| (now..now + DAY + 1).contains(&until)), "{changes}");
    assert!(changes[3]["exits_until"].is_null(), "{changes}");

    assert_taken(&net, &["close_ballot", "close_change"]);
    net.json("vera", &["time", "travel", "10d"]);
    assert_taken(&net, &["apply_change", "queue_change", "collect_change_bond", "collect_vote_reward", "close_change"]);
    // Ben takes the authority over by the change that names him, and what the one before queued falls.
    assert_eq!(net.refused("walt", &["change", "apply", "3"])["name"], "NotNewAuthority");
    let error = net.refused("walt", &["change", "accept", "3"]);
    assert!(text(&error, "error").contains("does not give the authority"), "{error}");
    net.json("founder", &["change", "propose", "season", "9"]);
    net.json("ben", &["change", "accept", "3"]);
    let fallen = net.json("ada", &["change", "list"]);
    let fallen = fallen.as_array().expect("a list").iter().find(|change| change["number"] == 4);
    assert_eq!(fallen.map(|change| text(change, "state")), Some("withdrawn"));
    assert_eq!(text(&net.json("ada", &["pool", "show"]), "authority"), key("ben").pubkey().to_string());
    net.json("vera", &["time", "travel", "10d"]);
    assert_taken(&net, &["apply_change", "close_change"]);
    assert_eq!(net.json("ada", &["product", "show", "0"])["weight"], 5_000);
    assert_eq!(net.json("ada", &["change", "list"]).as_array().map(Vec::len), Some(0));

    let paused = net.json("founder", &["pause", "2d"]);
    let now = net.client().now().expect("the time");
    assert!(paused["paused_until"].as_u64().is_some_and(|until| until > now + DAY), "{paused}");
    assert_eq!(net.refused("ada", &["lp", "deposit", "1"])["name"], "Paused");
    assert_eq!(net.refused("ada", &["cover", "quote", "0", "10", "9"])["name"], "Paused");
    net.json("founder", &["pause", "0"]);
    net.json("ada", &["lp", "deposit", "1"]);
    net.run(&["verify", "--history"]);
    every_kind_of_change(&net);
    net.ran(CHANGES);
    // What was changed can be read from the events.
    let events = net.run(&["events", "--pool", &demo::pool_address().to_string()]);
    assert!(events.contains(r#""before":{"weight":{"weight_bps":10000}}"#), "{events}");
}

/// Each can be queued by the authority, which is ben by now, and put to a ballot by a staker.
fn every_kind_of_change(net: &Net) {
    let ben = key("ben").pubkey().to_string();
    let vera = key("vera").pubkey().to_string();
    // A product that can be put on sale.
    net.json("ben", &["product", "create", "Draft", "--terms", "https://example.org/draft", "--risk", "exploit"]);
    let kinds: [(&[&str], &str); 23] = [
        (&["min-premium", "3"], "least premium 3000000 atoms"),
        (&["vote-reward", "1"], "voters' reward 1000000 atoms"),
        (&["assessors-limit", "7"], "limit of the voters' fund 7000000 atoms"),
        (&["timelock", "20d"], "timelock 20 days"),
        (&["exit-delay", "5"], "exit delay 5 days"),
        (&["season", "9"], "season 9 days"),
        (&["group-cap", "3", "5000"], "cap of group 3 5000 bps"),
        (&["protocol-fee", "800"], "protocol fee 800 bps"),
        (&["assessor-fee", "300"], "voters' fee 300 bps"),
        (&["cancel-fee", "400"], "cancellation fee 400 bps"),
        (&["court", &ben], "assembly "),
        (&["stake-floor", "250"], "floor of the court's stake 250000000 atoms"),
        (
            &["cover-per-stake", "5"],
            "at most 5000000000 atoms of cover for each 1,000,000,000 atoms of the court's stake",
        ),
        (&["bonds", "1", "--claim-bond-bps", "200"], "bond of an incident "),
        (&["list", "3"], "on sale"),
        (&["delist", "2"], "off sale"),
        (&["weight", "1", "9000"], "weight 9000 bps"),
        (&["curve", "1", "--kink-bps", "7000"], "rates 15000, 40000 and 150000 ppm, kink 7000 bps"),
        (&["authority", &vera], "authority "),
        (&["guardian"], "guardian nobody"),
        (&["arbiter", &ben], "arbiter "),
        (&["treasury", &ben], "treasury "),
        (&["share-words", "--symbol", "BW2"], "shares: Breakwater demo shares (BW2), https://example.org/shares"),
    ];
    for (kind, words) in kinds {
        for (who, way) in [("ben", "propose"), ("vera", "petition")] {
            let change = net.json(who, &[&["change", way], kind].concat());
            assert!(text(&change, "proposal").starts_with(words), "{change}");
        }
    }
    let number = |words: &str| {
        let changes = net.json("ada", &["change", "list"]);
        let of_authority = |change: &&Value| {
            text(change, "proposal").starts_with(words) && text(change, "state").starts_with("can be applied")
        };
        changes.as_array().expect("a list").iter().find(of_authority).expect("it is listed")["number"].to_string()
    };
    let fee = number("cancellation fee");
    assert_eq!(net.refused("ben", &["change", "propose", "cancel-fee", "500"])["name"], "NothingChanges");
    let again = net.json("ben", &["change", "propose", "cancel-fee", "300"]);
    let beside = format!("queued before it, of the same: [{fee}]; the one that was queued last holds in the end");
    assert_eq!(text(&again, "beside"), beside);
    let error = net.refused("ada", &["change", "withdraw", &fee]);
    assert!(text(&error, "error").contains("may do this"), "{error}");
    net.json("vera", &["time", "travel", "9d"]);
    net.json("walt", &["change", "mark", &fee]);
    assert_eq!(net.refused("walt", &["change", "mark", &fee])["name"], "ChangeMarked");
    let applied = net.json("walt", &["change", "apply", &fee]);
    assert_eq!(text(&applied, "after"), "cancellation fee 400 bps");
    assert_eq!(text(&net.json("ada", &["pool", "show"]), "share_symbol"), "BWD");
    net.json("walt", &["change", "apply", &number("shares")]);
    assert_eq!(text(&net.json("ada", &["pool", "show"]), "share_symbol"), "BW2");
    // The leverage only falls, and the local network's is the least: another pool has more.
    let (asset, assembly) =
        (demo::asset().to_string(), text(&net.json("ada", &["assembly", "show"]), "assembly").to_owned());
    let levered =
        ["pool", "create", "--asset", &asset, "--assembly", &assembly, "--leverage-bps", "20000", "--id", "7"];
    let levered = text(&net.json("ben", &levered), "pool").to_owned();
    for (who, way) in [("ben", "propose"), ("vera", "petition")] {
        let change = net.json(who, &["change", way, "leverage", "15000", "--pool", &levered]);
        assert_eq!(text(&change, "proposal"), "leverage 15000 bps");
    }
}
