//! Every subcommand is run by a story, through the binary itself on a local network, and its JSON is known.

use crate::{commands, draws, net::binary, shape, unasked};

/// The commands that the stories run, as they assert themselves at their end.
const STORIES: [&[&str]; 4] = [commands::RUNS, draws::RUNS, unasked::DEPEGS, unasked::CHANGES];

/// Run by tests without a network, or print no JSON.
const NO_JSON: [&str; 2] = ["events", "completions"];

/// The commands below `words` that have no commands below them, as the help shows them.
fn leaves(words: &[String]) -> Vec<String> {
    let output = binary().args(words).arg("--help").output().expect("it runs");
    assert!(output.status.success(), "{words:?} has no help");
    let help = String::from_utf8(output.stdout).expect("text");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // What a command's line goes on with is indented further.
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<_> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    if names.is_empty() {
        return vec![words.join(" ")];
    }
    names.into_iter().flat_map(|name| leaves(&[words, &[name.to_owned()]].concat())).collect()
}

#[test]
fn every_subcommand_is_run_and_its_json_known() {
    let leaves = leaves(&[]);
    assert!(leaves.len() > 60, "the help shows too few commands: {leaves:?}");
    let run: Vec<&str> = STORIES.into_iter().flatten().copied().collect();
    let missing: Vec<_> = leaves.iter().filter(|leaf| !run.contains(&leaf.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "no story runs these");
    let unknown: Vec<_> = run.iter().filter(|command| !leaves.iter().any(|leaf| leaf == *command)).collect();
    assert_eq!(unknown, Vec::<&&str>::new(), "there are no such commands");
    let with_json = leaves.iter().filter(|leaf| !NO_JSON.contains(&leaf.as_str()));
    let unshaped: Vec<_> =
        with_json.filter(|leaf| shape::command(&leaf.split(' ').collect::<Vec<_>>()).is_none()).collect();
    assert_eq!(unshaped, Vec::<&String>::new(), "shapes.json has no row for these");
}
