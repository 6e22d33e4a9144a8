//! (in work)

pub mod map;
