//! Input that is no journey's text: too large, or not text at all.

use super::files::Unfit;
use crate::compile::{Allowances, Compiled};
use crate::diagnostics::{Code, Diagnostic, Sources, Span};
use crate::limits::LARGEST_TEXT;
use crate::locale::Words;
use crate::words;

/// What is said instead of compiling it.
pub(super) fn refused(name: &str, unfit: &Unfit) -> Compiled {
    let mut sources = Sources::default();
    let finding = finding(name, unfit, &mut sources);
    Compiled { sources, diagnostics: vec![finding], journey: None, text: None, allowances: Allowances::default() }
}

/// What is wrong with it; its name, and what can be shown of it, are added to the texts.
pub(super) fn finding(name: &str, unfit: &Unfit, sources: &mut Sources) -> Diagnostic {
    match unfit {
        Unfit::TooLarge => {
            let (file, most) = (sources.add(name, ""), LARGEST_TEXT >> 20);
            Diagnostic::new(
                Code::TooLarge,
                Span::new(file, 0, 0),
                words!("this file is larger than {most} MB", "ce fichier dépasse {most} Mo"),
            )
            .help(words!(
                "check that it is the right file; a journey that is really so long can be cut into several, read by `include`",
                "vérifiez que c'est le bon fichier ; un parcours vraiment si long se découpe en plusieurs fichiers, lus par `include`"
            ))
        }
        Unfit::NotText { bytes, at } => not_text(name, bytes, *at, sources),
    }
}

fn not_text(name: &str, bytes: &[u8], at: usize, sources: &mut Sources) -> Diagnostic {
    if let Some(kind) = kind(bytes) {
        let file = sources.add(name, "");
        let (en, fr) = (kind.en, kind.fr);
        let message = words!("this is {en}, not a text", "ceci est {fr}, pas un texte");
        return Diagnostic::new(Code::InvalidUtf8, Span::new(file, 0, 0), message).help(words!(
            "name a `.journey` file, or save this one as plain text in UTF-8",
            "indiquez un fichier `.journey`, ou enregistrez celui-ci en texte brut, en UTF-8"
        ));
    }
    // What stands before the bad byte is as long as in the file; what stands there is shown as a mark of replacement.
    let file = sources.add(name, String::from_utf8_lossy(bytes));
    let (line, byte) = (sources.get(file).position(at as u32).line, bytes[at]);
    let found = Diagnostic::new(
        Code::InvalidUtf8,
        Span::new(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
        words!("line {line} is not UTF-8 text (byte {at})", "la ligne {line} n'est pas du texte UTF-8 (octet {at})"),
    );
    let old = char::from(byte);
    let found = if old.is_alphabetic() {
        found.here(words!("`{old}` in an old encoding?", "`{old}` dans un ancien encodage ?"))
    } else {
        found
    };
    found.help(words!("save the file as UTF-8", "enregistrez le fichier en UTF-8"))
}

/// What some well-known first bytes say that a file is.
fn kind(bytes: &[u8]) -> Option<Words> {
    let kinds: [(&[u8], Words); 6] = [
        (
            b"PK\x03\x04",
            words!("a packed file such as those of Word and Excel", "un fichier compressé, comme ceux de Word et Excel"),
        ),
        (b"\xd0\xcf\x11\xe0", words!("a file of an old Word or Excel", "un fichier d'un ancien Word ou Excel")),
        (b"%PDF", words!("a PDF", "un PDF")),
        (b"\x89PNG", words!("a picture", "une image")),
        (b"\xff\xd8\xff", words!("a picture", "une image")),
        (b"\x1f\x8b", words!("a packed file", "un fichier compressé")),
    ];
    let utf16 =
        || words!("text in UTF-16 (“Unicode” in some editors)", "du texte en UTF-16 (« Unicode » dans certains éditeurs)");
    let known = kinds.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| kind);
    known.or_else(|| (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")).then(utf16))
}

/// Where a text that cannot be read as UTF-8 goes wrong: the line, from 1, and the byte.
pub(super) fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let mut sources = Sources::default();
    let file = sources.add("", String::from_utf8_lossy(&bytes[..at]));
    (sources.get(file).position(at as u32).line as usize, at)
}
