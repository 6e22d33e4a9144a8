//! `1e6`: numbers with a power of ten, which the language writes out.

use crate::limits::MOST_DIGITS;
use crate::locale::Words;
use crate::words;

/// `1.5` and `6` → `1_500_000`, unless that has decimals or too many digits.
pub(super) fn written_out(digits: &str, power: &str) -> Option<String> {
    let digits = digits.replace('_', "");
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let zeros = power.parse::<usize>().ok()?.checked_sub(decimals.len())?;
    if zeros.checked_add(digits.len())? > MOST_DIGITS {
        return None;
    }
    let full = format!("{whole}{decimals}{}", "0".repeat(zeros));
    let full = full.trim_start_matches('0');
    let mut out = String::new();
    for (i, digit) in full.chars().enumerate() {
        if i > 0 && (full.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    Some(if out.is_empty() { "0".to_owned() } else { out })
}

/// What is wrong with one.
pub(super) fn message() -> Words {
    words!("a number is written out in full, without a power of ten", "un nombre s'écrit en entier, sans puissance de dix")
}

/// What is wrong with one that cannot be written out.
pub(super) fn too_long() -> Words {
    words!(
        "a number is written out in full, with at most {MOST_DIGITS} digits",
        "un nombre s'écrit en entier, avec au plus {MOST_DIGITS} chiffres"
    )
}

/// Whether a text holds digits and nothing else.
pub(super) fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_written_out() {
        let out = |digits, power| written_out(digits, power);
        assert_eq!(out("1", "6").as_deref(), Some("1_000_000"));
        assert_eq!(out("1.25", "3").as_deref(), Some("1_250"));
        assert_eq!(out("0.05", "2").as_deref(), Some("5"));
        assert_eq!(out("0", "9").as_deref(), Some("0"));
        assert_eq!((out("1.25", "1"), out("1", "40"), out("1", ""), out("1", "99999999999999999999")), (None, None, None, None));
    }
}
