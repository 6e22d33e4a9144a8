//! The page of limits says what the constants say.

use super::support::root;
use jalon::limits::ALL;
use std::fs;

/// `4194304` → `4,194,304`
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    groups.iter().map(|g| std::str::from_utf8(g).unwrap()).collect::<Vec<_>>().join(",")
}

#[test]
fn the_page_lists_the_limits() {
    let page = root().join("docs/limits.md");
    let text = fs::read_to_string(&page).unwrap();
    let rows: Vec<String> =
        ALL.iter().map(|l| format!("| {} | {} | {} | `{}` |", grouped(l.value), l.unit, l.reason, l.name)).collect();
    let table = format!("| at most | of what | why | constant |\n| ---: | --- | --- | --- |\n{}\n", rows.join("\n"));
    if std::env::var_os("JALON_BLESS").is_some() {
        let (before, rest) = text.split_once("| at most").unwrap();
        let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
        fs::write(&page, format!("{before}{table}\n{after}")).unwrap();
        return;
    }
    assert!(text.contains(&table), "docs/limits.md and src/limits.rs differ; the table is\n{table}");
}
