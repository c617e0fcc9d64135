//! Explorers find in the bytecode how to report a weakness.

/// The parser of the crate whose macro wrote it.
#[test]
fn the_bytecode_says_how_to_report_a_weakness() {
    let found = solana_security_txt::find_and_parse(&harness::bytecode());
    let text = found.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(text.name, "Breakwater");
    assert_eq!(text.policy, "SECURITY.md of the source");
    assert_eq!(text.contacts.len(), 1);
    assert_eq!(text.auditors, ["None"]);
}
