//! The one integration binary; each module is one promise of `docs/architecture.md`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read what it needs fails where it stands")]

mod suite {
    mod agreement;
    mod architecture;
    mod cli;
    mod coverage;
    mod determinism;
    mod diagnostics;
    mod difference;
    mod docs;
    mod exact;
    mod exam;
    mod export;
    mod extremes;
    mod felt;
    mod fix;
    mod fmt;
    mod format;
    mod formats;
    mod forms;
    mod gate;
    mod hostile;
    mod includes;
    mod languages;
    mod levers;
    mod limits;
    mod mutants;
    mod only;
    mod page;
    mod peers;
    mod planted;
    mod popular;
    mod properties;
    mod random;
    mod random_journeys;
    mod rational;
    mod regressions;
    mod repository;
    mod soundness;
    mod specs;
    mod story;
    mod support;
    mod templates;
}
