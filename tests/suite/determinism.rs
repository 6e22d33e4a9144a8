//! Same journey, same seed, same figures: to the bit, on any number of threads.

use super::support::{files, run, stdout};

#[test]
fn threads_change_nothing() {
    for spec in files("specs", "journey") {
        let spec = spec.to_str().unwrap();
        let on = |threads: &str| {
            stdout(&run(&["simulate", spec, "--format", "json", "--customers", "30000", "--seed", "5", "--threads", threads]))
        };
        let one = on("1");
        assert!(one.len() > 1000, "{spec}: {one}");
        for threads in ["2", "8"] {
            assert!(on(threads) == one, "{spec}: other figures on {threads} threads");
        }
    }
}

#[test]
fn another_seed_gives_other_figures() {
    let with = |seed: &str| {
        stdout(&run(&[
            "simulate",
            "specs/campaign/sponsored_post.journey",
            "--format",
            "json",
            "--customers",
            "30000",
            "--seed",
            seed,
        ]))
    };
    assert!(with("1") != with("2"));
}
