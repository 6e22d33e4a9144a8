//! The one integration binary; each module is one promise of `docs/architecture.md`.

mod suite {
    mod agreement;
    mod architecture;
    mod cli;
    mod determinism;
    mod diagnostics;
    mod docs;
    mod exact;
    mod includes;
    mod specs;
    mod support;
}
