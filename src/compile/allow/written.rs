//! How an allow is written, and what a hand makes of it.

use crate::diagnostics::{Code, Diagnostic, FileId, Severity, Span, closest};
use crate::syntax::Comment;
use crate::words;

/// What a comment is.
pub(super) enum Written {
    /// Nothing of ours.
    Other,
    /// An allow of that code.
    Allow(Code),
    /// Meant as one, but it allows nothing.
    Wrong(Box<Diagnostic>),
}

/// Other words for `allow` in other tools, and in French.
const SYNONYMS: &[&str] = &["ignore", "disable", "suppress", "permit", "autorise", "autoriser"];

/// Reads a comment.
pub(super) fn look_at(file: FileId, text: &str, comment: &Comment) -> Written {
    let written = &text[comment.range.clone()];
    let Some(meant) = Meant::read(written) else { return Written::Other };
    let start = comment.range.start;
    let place = Span::new(file, start, comment.range.end);
    let code_at = start + meant.code_at;
    let code_span = Span::new(file, code_at, code_at + meant.code.len());
    let wrong = |finding: Diagnostic| Written::Wrong(Box::new(finding));
    let bad = |span, message| Diagnostic::new(Code::BadAllow, span, message);
    let shown = meant.code;
    let form = || words!("for instance `{EXAMPLE}`", "par exemple `{EXAMPLE}`");
    if shown.is_empty() {
        return wrong(bad(place, words!("this allow names no code", "cette autorisation ne nomme aucun code")).help(form()));
    }
    if shown.contains(',') {
        let message = words!("an allow names one code", "une autorisation nomme un seul code");
        let help = words!("write a line for each", "écrivez une ligne pour chacun");
        return wrong(bad(code_span, message).help(help).help(form()));
    }
    let Some(code) = Code::from_number(shown) else {
        let finding = bad(code_span, words!("there is no code `{shown}`", "il n'y a pas de code `{shown}`"));
        return wrong(match closest(shown, Code::ALL.iter().map(|c| c.number())) {
            Some(near) => finding.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), code_span, near, false),
            None => finding.help(words!("`jalon explain` lists them", "`jalon explain` en donne la liste")),
        });
    };
    let number = code.number();
    if code.severity() == Severity::Error {
        let message =
            words!("{number} is an error and cannot be allowed", "{number} est une erreur et ne peut pas être autorisé");
        let help = words!("mend what it is about, and remove this line", "corrigez ce dont il s'agit, et retirez cette ligne");
        return wrong(bad(code_span, message).help(help));
    }
    if code == Code::AllowNotNeeded {
        let message = words!("{number} cannot be allowed in the text", "{number} ne peut pas être autorisé dans le texte");
        let help = words!("remove the allow that is not needed", "retirez l'autorisation qui ne sert plus");
        return wrong(bad(code_span, message).help(help));
    }
    if meant.reason.is_empty() {
        let message = words!("this allow does not say why", "cette autorisation ne dit pas pourquoi");
        return wrong(bad(place, message).help(form()));
    }
    let right = format!("// jalon: allow({number}) because {}", meant.reason);
    if written.split_whitespace().eq(right.split_whitespace()) {
        return Written::Allow(code);
    }
    let message = words!(
        "an allow has one spelling, and this is another: it allows nothing",
        "une autorisation s'écrit d'une seule façon, et ceci en est une autre : elle n'autorise rien"
    );
    wrong(bad(place, message).mend(words!("write `{right}`", "écrivez `{right}`"), place, right.clone(), true))
}

const EXAMPLE: &str = "// jalon: allow(J0301) because it opens in May";

/// The parts of a comment that is, or was probably meant as, an allow.
struct Meant<'t> {
    /// What stands for the code; may be empty.
    code: &'t str,
    /// Where that starts in the comment.
    code_at: usize,
    /// What follows `because`.
    reason: &'t str,
}

impl<'t> Meant<'t> {
    /// Prose that happens to speak of jalon is none: the word that allows must be there, and a code or a parenthesis behind it.
    fn read(comment: &'t str) -> Option<Self> {
        let body = comment.trim_start_matches('/').trim_start();
        let rest = strip_prefix_in_any_case(body, "jalon")?;
        let signs = rest.trim_start_matches([':', '-', '=', ' ', '\t']);
        let has_colon = rest[..rest.len() - signs.len()].contains(':');
        if signs.len() == rest.len() {
            return None;
        }
        let word = &signs[..signs.find(|c: char| !c.is_alphabetic()).unwrap_or(signs.len())];
        let is_allow = word.eq_ignore_ascii_case("allow");
        let is_near =
            || closest(word, std::iter::once("allow")).is_some() || SYNONYMS.iter().any(|s| s.eq_ignore_ascii_case(word));
        if !is_allow && !is_near() {
            return None;
        }
        let behind = signs[word.len()..].trim_start();
        let opens = behind.starts_with(['(', '[']);
        if !(opens || starts_with_code(behind) || is_allow && has_colon) {
            return None;
        }
        let inner = behind.trim_start_matches(['(', '[', ' ']);
        let end = match opens {
            true => inner.find([')', ']']).unwrap_or_else(|| word_end(inner)),
            false if starts_with_code(behind) => word_end(inner),
            false => 0,
        };
        let code = inner[..end].trim();
        let behind = inner[end..].trim_start_matches([')', ']', ':', ',', ' ', '\t']);
        let reason = strip_prefix_in_any_case(behind, "because").unwrap_or_default().trim_start_matches([':', ' ']).trim();
        Some(Self { code, code_at: comment.len() - inner.len() + (inner[..end].len() - inner[..end].trim_start().len()), reason })
    }
}

fn word_end(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

fn starts_with_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.eq_ignore_ascii_case(&b'J')) && bytes.next().is_some_and(|b| b.is_ascii_digit())
}

fn strip_prefix_in_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::comments;

    fn read(text: &str) -> Written {
        look_at(FileId(0), text, &comments(text).next().unwrap())
    }

    #[test]
    fn the_right_spelling_allows() {
        for text in ["// jalon: allow(J0301) because it opens in May", "end x  //  jalon: allow(J0301)  because  là"] {
            assert!(matches!(read(text), Written::Allow(Code::Unreachable)), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_found_and_mended() {
        for text in [
            "//jalon:allow(J0301) because x y",
            "// jalon allow(J0301) because x y",
            "// JALON: ALLOW(J0301) BECAUSE x y",
            "// jalon: allow J0301 because x y",
            "// jalon: allow[j0301]: because x y",
            "// jalon: alow(J0301) because x y",
            "// jalon: ignore(J0301) because x y",
            "/// jalon: allow(J0301) because x y",
        ] {
            let Written::Wrong(found) = read(text) else { panic!("{text}") };
            let edit = found.help[0].edit.as_ref().unwrap_or_else(|| panic!("{text}: {found:?}"));
            assert_eq!(edit.replacement, "// jalon: allow(J0301) because x y", "{text}");
            assert!(edit.safe);
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_where_it_stands() {
        for (text, place) in [
            ("// jalon: allow(J0399) because x", "J0399"),
            ("// jalon: allow( J0203 ) because x", "J0203"),
            ("// jalon: allow(J0301, J0305) because x", "J0301, J0305"),
            ("// jalon: allow(J0020) because x", "J0020"),
            ("// jalon: allow(J0301)", "// jalon: allow(J0301)"),
            ("// jalon: allow(J0301) because", "// jalon: allow(J0301) because"),
            ("// jalon: allow(J0301) it opens in May", "// jalon: allow(J0301) it opens in May"),
            ("// jalon: allow because x", "// jalon: allow because x"),
        ] {
            let Written::Wrong(found) = read(text) else { panic!("{text}") };
            assert_eq!(&text[found.span().range()], place, "{text}");
        }
    }

    #[test]
    fn prose_is_left_alone() {
        for text in [
            "// jalon: the tool that checks this",
            "// jalon allows us to see this",
            "// jalon allow",
            "// jalonner le parcours (J0301)",
            "// allow(J0301) because",
            "// see jalon: allow(J0301) because x",
            "//~ J0301",
            "//",
        ] {
            assert!(matches!(read(text), Written::Other), "{text}");
        }
    }
}
