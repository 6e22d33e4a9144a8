//! jalon: a compiler and simulator for customer journeys.
//!
//! ```text
//! journey text ─▶ syntax ─▶ resolve ─▶ model ─▶ check ─▶ chain ─▶ plan ─┬▶ simulate ─┐
//!                                                                       └▶ solve ────┴▶ campaign ─▶ measure ─▶ levers, gate, difference, exam, story, export, report
//! ```
//!
//! The modules below stand in the order in which data passes through them. No module imports a later one, and the two
//! engines never call each other (`tests/architecture.rs` keeps this true). `docs/architecture.md` tells the same in prose.

pub mod locale;
pub mod limits;
pub mod diagnostics;
pub mod syntax;
pub mod model;
pub mod resolve;
pub mod check;
pub mod chain;
pub mod compile;
pub mod plan;
pub mod simulate;
pub mod solve;
pub mod campaign;
pub mod measure;
pub mod levers;
pub mod gate;
pub mod difference;
pub mod exam;
pub mod story;
pub mod export;
pub mod report;
pub mod cli;
