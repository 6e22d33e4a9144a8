//! Other programs check us: Storm solves what we export.

use super::random::{Shape, make};
use super::support::{files, root};
use std::process::Command;

/// Journeys drawn for Storm.
const JOURNEYS: u64 = 200;

/// All of `specs/` and random journeys, solved by Storm's own engines: `scripts/peers` installs it, and says so where it cannot.
#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn storm_solves_what_we_export_to_the_same_figures() {
    let folder = root().join("target/peers/journeys");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for spec in files("specs", "journey") {
        std::fs::copy(&spec, folder.join(spec.file_name().unwrap())).unwrap();
    }
    for seed in 0..JOURNEYS {
        let shape = Shape { endless: seed % 4 == 3, ..Shape::USUAL };
        std::fs::write(folder.join(format!("random_{seed}.journey")), make(seed, shape).text()).unwrap();
    }
    let mut peers = Command::new(root().join("scripts/peers"));
    let status = peers.arg(env!("CARGO_BIN_EXE_jalon")).arg(&folder).current_dir(root()).status().unwrap();
    // 77: Storm cannot be had on this machine, which the script has said.
    assert!(matches!(status.code(), Some(0 | 77)), "{status}");
}
