//! The tables of docs/leaving.md, each between two comments with its name.

/// Asserts that the page shows `table` under this name; `UPDATE_DOCS=1` writes it.
#[track_caller]
pub fn shows(name: &str, table: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/leaving.md");
    let page = std::fs::read_to_string(path).expect("docs/leaving.md");
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let from = page.find(&begin).unwrap_or_else(|| panic!("docs/leaving.md has no table {name}")) + begin.len();
    let to = page.find(&end).unwrap_or_else(|| panic!("the table {name} has no end"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{}{table}{}", &page[..from], &page[to..])).expect("docs/leaving.md is written");
    } else {
        let command = "UPDATE_DOCS=1 cargo test -p breakwater-tests --test scenarios -- --test-threads=1";
        assert!(page[from..to] == *table, "docs/leaving.md is out of date: run `{command}` and commit it\n{table}");
    }
}
