//! The one integration binary; each module is one promise of `docs/architecture.md`.

mod suite {
    mod architecture;
    mod support;
}
