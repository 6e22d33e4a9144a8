//! Names as other programs take them: letters of ASCII, digits and `_`.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Gives each name an identifier of its own.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// `prefix_name`, with accents dropped; a number is added where two names would come out alike.
    pub(super) fn identifier(&mut self, prefix: &str, name: &str) -> String {
        let plain = format!("{prefix}_{}", ascii(name));
        let mut identifier = plain.clone();
        let mut next = 2;
        while !self.taken.insert(identifier.clone()) {
            identifier = format!("{plain}_{next}");
            next += 1;
        }
        identifier
    }
}

/// A name without accents; letters of other scripts become their number.
pub(super) fn ascii(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let plain = match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => {
                out.push(c);
                continue;
            }
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "A",
            'Ç' => "C",
            'È' | 'É' | 'Ê' | 'Ë' => "E",
            'Ì' | 'Í' | 'Î' | 'Ï' => "I",
            'Ñ' => "N",
            'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "O",
            'Ù' | 'Ú' | 'Û' | 'Ü' => "U",
            'Ý' => "Y",
            'æ' => "ae",
            'Æ' => "AE",
            'œ' => "oe",
            'Œ' => "OE",
            'ß' => "ss",
            _ => {
                let _ = write!(out, "u{:04x}", c as u32);
                continue;
            }
        };
        out.push_str(plain);
    }
    out
}
