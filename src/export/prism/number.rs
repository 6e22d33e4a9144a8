//! Numbers as PRISM and Storm read them.

use super::super::mean::Mean;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use std::fmt::{self, Write};

/// A fraction, exactly: `9/100`, or `12345678901.0/20000000000.0` where a whole number would not fit.
pub(super) fn write_fraction(out: &mut dyn Write, value: &BigRational) -> fmt::Result {
    let (above, below) = (value.numer(), value.denom());
    let short = above.to_i32().is_some() && below.to_i32().is_some();
    let point = if short { "" } else { ".0" };
    write!(out, "{above}{point}")?;
    if below.is_one() { Ok(()) } else { write!(out, "/{below}{point}") }
}

/// A mean: the fraction that it is, else the decimal that names its float.
pub(super) fn write_mean(out: &mut dyn Write, mean: &Mean) -> fmt::Result {
    match &mean.exact {
        Some(exact) => write_fraction(out, exact),
        None => {
            let text = format!("{:e}", mean.value);
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let point = if digits.contains('.') { "" } else { ".0" };
            write!(out, "{digits}{point}e{exponent}")
        }
    }
}
