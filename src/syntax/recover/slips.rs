//! Slips of the hand that are slips wherever they stand: a decimal comma, `==`, quotes that a word processor bent.

use super::{Context, quoted};
use crate::diagnostics::{Code, Diagnostic};
use crate::limits::{LONGEST_MENDED, MOST_SLIPS};
use crate::locale::Words;
use crate::syntax::draft::Draft;
use crate::syntax::invisible::is_invisible;
use crate::syntax::powers;
use crate::syntax::words::is_letter;
use crate::words;
use std::ops::Range;

/// A slip: where, what should stand there, and what to say.
struct Slip {
    range: Range<usize>,
    replacement: String,
    code: Code,
    /// Nothing for what has been told already.
    message: Option<Words>,
    /// Whether nothing else can have been meant, if the line can be read without its slips.
    certain: bool,
}

/// Signs that mean another sign, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("==", "="),
    ("-->", "->"),
    ("=>", ">="),
    ("=<", "<="),
    ("<>", "!="),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    ("→", "->"),
    ("−", "-"),
    ("–", "-"),
    ("×", "*"),
    ("÷", "/"),
    ("…", ".."),
    ("€", "EUR"),
    ("£", "GBP"),
    ("$", "USD"),
    ("&&", "and"),
    ("||", "or"),
    (";", ""),
];

/// The line without its slips, what there is to say about them, and whether a text was left open in a way that leaves
/// nothing to be read.
pub(super) fn mend<'d>(draft: &Draft<'d>, context: Context) -> (Draft<'d>, Vec<Diagnostic>, bool) {
    let mut mended = draft.clone();
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..MOST_SLIPS {
        let Some(slip) = next_slip(&mended.text, from) else { break };
        let span = mended.at(slip.range.clone());
        let (written, meant) = (quoted(&mended.text[slip.range.clone()]), slip.replacement.clone());
        let help = if meant.is_empty() {
            words!("remove {written}", "retirez {written}")
        } else {
            words!("write `{meant}`", "écrivez `{meant}`")
        };
        from = slip.range.start + slip.replacement.len();
        mended = mended.with(slip.range, &slip.replacement);
        let certain = slip.certain;
        let said = slip.message.map(|message| Diagnostic::new(slip.code, span, message));
        let is_told = slip.code == Code::NumberTooLarge;
        found.extend(said.map(|said| if is_told { said } else { said.mend(help, span, meant, certain) }));
    }
    if !found.is_empty() && !context.reads(&mended.text) {
        // Something else is wrong with the line: what was meant is a guess.
        let edits = found.iter_mut().flat_map(|d| &mut d.help).filter_map(|h| h.edit.as_mut());
        edits.for_each(|edit| edit.safe = false);
    }
    let Some(quote) = open_quote(&mended.text) else { return (mended, found, false) };
    let closed = closed_where_readable(&mended, quote, context);
    let spoilt = closed.is_none();
    let closed = closed.unwrap_or(mended);
    let place = draft.whole().after();
    found.push(
        Diagnostic::new(
            Code::UnclosedText,
            closed.at(quote..closed.text.len()),
            words!("this text is not closed: `\"` is missing", "ce texte n'est pas fermé : il manque `\"`"),
        )
        .mend(words!("close it on its line", "fermez-le sur sa ligne"), place, "\"", false),
    );
    (closed, found, spoilt)
}

/// Where a text starts that the line does not close.
fn open_quote(text: &str) -> Option<usize> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some(_), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(_), '"') if !escaped => open = None,
            (None, '"') => open = Some(at),
            _ => {}
        }
        escaped = false;
    }
    open
}

/// The line with its open text closed: before a word that goes on with the line, or else at the end.
fn closed_where_readable<'d>(draft: &Draft<'d>, quote: usize, context: Context) -> Option<Draft<'d>> {
    const GOES_ON: &[&str] = &[
        " on ",
        " with ",
        " moment ",
        " push",
        " pull",
        " = ",
        " key ",
        " digital",
        " physical",
        " paid",
        " owned",
        " earned",
        " success",
        " failure",
        " url ",
        " for ",
        " from ",
        " when ",
        " after ",
        "  ",
    ];
    if draft.text.len() > LONGEST_MENDED {
        return None;
    }
    let rest = &draft.text[quote + 1..];
    let places = GOES_ON.iter().filter_map(|word| rest.find(word)).map(|at| quote + 1 + at);
    let places = places.chain([draft.text.len()]).filter(|place| *place > quote + 1);
    places.map(|place| draft.with(place..place, "\"")).find(|closed| context.reads(&closed.text))
}

/// The first slip at or after a byte, outside texts.
fn next_slip(text: &str, from: usize) -> Option<Slip> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(content) = rest.strip_prefix('"') {
            at += 1 + closing(content)?;
            continue;
        }
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if at >= from
            && let Some(slip) = slip_at(text, at)
        {
            return Some(slip);
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Bytes up to and with the quote that ends a text.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some(at + 1),
            _ => escaped = false,
        }
    }
    None
}

fn slip_at(text: &str, at: usize) -> Option<Slip> {
    let kinds = [unseen, bent_quotes, power_of_ten, decimal_comma, bare_decimal, sign];
    kinds.iter().find_map(|kind| kind(text, at))
}

/// A character that nobody sees.
fn unseen(text: &str, at: usize) -> Option<Slip> {
    let rest = &text[at..];
    let length = rest.find(|c: char| !is_invisible(c)).unwrap_or(rest.len());
    (length > 0).then(|| Slip {
        range: at..at + length,
        replacement: String::new(),
        code: Code::Invisible,
        message: None,
        certain: true,
    })
}

/// “…”, «…», „…“, '…': the quotes of other hands.
fn bent_quotes(text: &str, at: usize) -> Option<Slip> {
    let rest = &text[at..];
    let open = rest.chars().next()?;
    let closers: &[char] = match open {
        '“' | '”' | '„' => &['”', '“', '"'],
        '«' => &['»'],
        '‘' => &['’'],
        '\'' => &['\''],
        _ => return None,
    };
    let content = &rest[open.len_utf8()..];
    let row = content.find('\n').unwrap_or(content.len());
    let close = content[..row].find(closers);
    let end = close.map_or(row, |end| end + content[end..].chars().next().map_or(0, char::len_utf8));
    let content = content[..close.unwrap_or(row)].trim().replace('"', "\\\"");
    let range = at..at + open.len_utf8() + end;
    let message = words!("a text stands between straight quotes", "un texte se met entre guillemets droits");
    let certain = close.is_some();
    Some(Slip { range, replacement: format!("\"{content}\""), code: Code::UnexpectedText, message: Some(message), certain })
}

/// `1e6` for `1_000_000`; one that cannot be written out is read as 1, so that its line is.
fn power_of_ten(text: &str, at: usize) -> Option<Slip> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| is_letter(c) || c == '.') {
        return None;
    }
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '_' | '.')).filter(|length| *length > 0)?;
    let sign = rest[length..].strip_prefix(['e', 'E'])?;
    let power = sign.strip_prefix(['-', '+']).unwrap_or(sign);
    let digits = power.find(|c: char| !c.is_ascii_digit()).unwrap_or(power.len());
    if digits == 0 || power[digits..].starts_with(is_letter) {
        return None;
    }
    let exponent = sign.len() - power.len() + digits;
    let range = at..at + length + 1 + exponent;
    Some(match powers::written_out(&rest[..length], &sign[..exponent]) {
        Some(full) => {
            Slip { range, replacement: full, code: Code::UnexpectedText, message: Some(powers::message()), certain: true }
        }
        None => Slip {
            range,
            replacement: "1".to_owned(),
            code: Code::NumberTooLarge,
            message: Some(powers::too_long()),
            certain: false,
        },
    })
}

fn decimal_comma(text: &str, at: usize) -> Option<Slip> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = digit(at) && !(at > 0 && (digit(at - 1) || bytes[at - 1] == b'.' || is_name_byte(bytes[at - 1])));
    if !starts {
        return None;
    }
    let whole = (at..).take_while(|i| digit(*i) || bytes.get(*i) == Some(&b'_')).count();
    if bytes.get(at + whole) != Some(&b',') || !digit(at + whole + 1) {
        return None;
    }
    let decimals = (at + whole + 1..).take_while(|i| digit(*i)).count();
    let range = at..at + whole + 1 + decimals;
    let replacement = text[range.clone()].replace(',', ".");
    let message = words!("decimals stand after a point, not a comma", "les décimales suivent un point, pas une virgule");
    let certain = is_decimal(text, at, whole, decimals);
    Some(Slip { range, replacement, code: Code::DecimalComma, message: Some(message), certain })
}

/// Whether the comma of `whole,decimals` can only be a decimal one: `1,000` may be a thousand, `(2,5)` two figures.
fn is_decimal(text: &str, at: usize, whole: usize, decimals: usize) -> bool {
    let starts_with_zero = text[at..].starts_with("0,");
    let may_be_thousands = decimals == 3 && whole <= 3;
    let in_parentheses = text[..at].matches('(').count() > text[..at].matches(')').count();
    let goes_on = text[at + whole + 1 + decimals..].starts_with(',');
    !goes_on && (starts_with_zero || !may_be_thousands && !in_parentheses)
}

/// `.5` for `0.5`.
fn bare_decimal(text: &str, at: usize) -> Option<Slip> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let joined = at > 0 && (bytes[at - 1] == b'.' || bytes[at - 1].is_ascii_digit());
    if bytes.get(at) != Some(&b'.') || !digit(at + 1) || joined {
        return None;
    }
    let message = words!("a number starts with a digit", "un nombre commence par un chiffre");
    Some(Slip {
        range: at..at + 1,
        replacement: "0.".to_owned(),
        code: Code::UnexpectedText,
        message: Some(message),
        certain: true,
    })
}

fn sign(text: &str, at: usize) -> Option<Slip> {
    let rest = &text[at..];
    let &(written, meant) = SIGNS.iter().find(|(written, _)| rest.starts_with(written))?;
    // At the start of a line, `=>` is an arrow.
    let meant = if written == "=>" && text[..at].trim().is_empty() { "->" } else { meant };
    let (code, message) = match written {
        "==" => (Code::DoubleEquals, words!("equality is written with one `=`", "l'égalité s'écrit avec un seul `=`")),
        ";" => (Code::UnexpectedText, words!("the end of the line ends the fact", "la fin de la ligne termine le fait")),
        "€" | "£" | "$" => (
            Code::UnexpectedText,
            words!("a currency is written with its three letters", "une monnaie s'écrit par ses trois lettres"),
        ),
        _ => (Code::UnexpectedText, words!("`{written}` is written `{meant}` here", "`{written}` s'écrit ici `{meant}`")),
    };
    if written == ";" && !rest[1..].trim().is_empty() {
        return None;
    }
    // A dash may be a range, a dollar one of many.
    let certain = !matches!(written, "–" | "$" | "£");
    Some(Slip { range: at..at + written.len(), replacement: meant.to_owned(), code, message: Some(message), certain })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}
